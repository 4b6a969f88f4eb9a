import Logging
import UsageReports

extension LogEntry {
    /// One JSON object. Nested metadata stays nested.
    var jsonLine: String {
        let own = [
            ("time", "\(time)"), ("level", severity.rawValue), ("msg", message), ("component", component),
        ]
        let members =
            own.map { "\($0.jsonQuoted):\($1.jsonQuoted)" } + fields.map { "\($0.key.jsonQuoted):\($0.value.json)" }
        return "{\(members.joined(separator: ","))}"
    }
}

extension Logger.MetadataValue {
    /// The value as JSON.
    var json: String {
        switch self {
        case .string(let text): text.jsonQuoted
        case .stringConvertible(let value): value.description.jsonQuoted
        case .array(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .dictionary(let members): "{\(members.jsonMembers)}"
        }
    }
}

extension Logger.Metadata {
    /// What stands between the braces, by key.
    fileprivate var jsonMembers: String {
        sorted { $0.key < $1.key }.map { "\($0.key.jsonQuoted):\($0.value.json)" }.joined(separator: ",")
    }
}
