import CRevision

/// What was built, and of what.
enum Version {
    /// The release; the changelog says what is in it.
    static let number = "0.1.0"

    /// The commit, or `unknown`.
    static var revision: String { unsafe String(cString: rtc_exporter_revision()) }

    #if compiler(>=6.4)
        static let swift = "6.4 or later"
    #elseif compiler(>=6.3)
        static let swift = "6.3"
    #else
        static let swift = "6.2"
    #endif

    /// What `--version` prints.
    static var line: String { "rtc-exporter \(number) (revision \(revision), Swift \(swift))" }
}
