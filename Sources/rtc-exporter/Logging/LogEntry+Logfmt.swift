import Logging
import UsageReports

extension LogEntry {
    /// `key=value` pairs with a space between. A value is bare or a JSON string, which is what logfmt readers expect.
    var logfmtLine: String {
        let own = ["time=\(time)", "level=\(severity.rawValue)", "msg=\(message.jsonQuoted)"]
        let pairs = own + ["component=\(component.logfmtValue)"] + fields.map { "\($0.key)=\($0.value.logfmtText)" }
        return pairs.joined(separator: " ")
    }
}

extension Logger.MetadataValue {
    /// logfmt has no nesting: lists and dictionaries become a text of JSON.
    fileprivate var logfmtText: String {
        switch self {
        case .string(let text): text.logfmtValue
        case .stringConvertible(let value): value.description.logfmtValue
        case .array, .dictionary: json.jsonQuoted
        }
    }
}

extension String {
    /// Bare only where no reader can take a part of it for something else.
    fileprivate var logfmtValue: String {
        let isBare = !isEmpty && unicodeScalars.allSatisfy { $0.value > 0x20 && !"\"=\\".unicodeScalars.contains($0) }
        let quoted = jsonQuoted
        return isBare && quoted.utf8.count == utf8.count + 2 ? self : quoted
    }
}
