/// The two forms of a log line: `--log.format`.
enum LogFormat: String, CaseIterable, Sendable {
    /// `time=... level=info msg="..." component=poller app=1400017192`.
    case logfmt
    /// One JSON object a line, with the same keys in the same order.
    case json

    /// The line of an entry, without a line break.
    func line(_ entry: LogEntry) -> String {
        switch self {
        case .logfmt: entry.logfmtLine
        case .json: entry.jsonLine
        }
    }
}
