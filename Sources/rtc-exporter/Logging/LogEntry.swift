import Logging

/// What one line says, before it has a form.
struct LogEntry {
    let time: LogTime
    let severity: LogSeverity
    let message: String
    /// The label of the logger.
    let component: String
    /// In the order of the line; keys are unique and none is one of ``ownKeys``.
    let fields: [(key: String, value: Logger.MetadataValue)]

    static let ownKeys: Set<String> = ["time", "level", "msg", "component"]

    init(time: LogTime, severity: LogSeverity, message: String, component: String, metadata: Logger.Metadata) {
        self.time = time
        self.severity = severity
        self.message = message
        self.component = component
        fields = LogEntry.fields(metadata)
    }

    /// The same keys in both formats, so that a search finds the same lines; a key that is taken gets a `_` more.
    private static func fields(_ metadata: Logger.Metadata) -> [(key: String, value: Logger.MetadataValue)] {
        var taken = ownKeys
        return metadata.sorted { $0.key < $1.key }
            .map { key, value in
                var unique = key.asLogKey
                while !taken.insert(unique).inserted { unique += "_" }
                return (unique, value)
            }
    }
}

extension String {
    /// Every character but ASCII letters, digits, `_`, `-`, `.` and `/` replaced by `_`.
    fileprivate var asLogKey: String {
        let allowed = unicodeScalars.map { scalar in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isPlain || "_-./".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
        }
        return allowed.isEmpty ? "_" : String(allowed)
    }
}
