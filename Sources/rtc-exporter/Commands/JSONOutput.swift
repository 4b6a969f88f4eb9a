import UsageReports

/// JSON for standard output, with keys in the order in which they are given.
indirect enum JSONOutput {
    case object(KeyValuePairs<String, JSONOutput>)
    case list([JSONOutput])
    case text(String)
    case number(Double)
    case whole(Int)
    case bool(Bool)
    case null

    /// Seconds, to the millisecond.
    static func seconds(_ duration: Duration?) -> JSONOutput { duration.map { .number($0 / .seconds(1)) } ?? .null }

    /// The value on several lines, each object's and list's members on their own.
    func text(indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .object(let members):
            let lines = members.map { "\(inner)\($0.jsonQuoted): \($1.text(indent: inner))" }
            return lines.isEmpty ? "{}" : "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        case .list(let elements):
            let lines = elements.map { inner + $0.text(indent: inner) }
            return lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .text(let text): return text.jsonQuoted
        case .number(let number): return Self.text(of: number)
        case .whole(let number): return "\(number)"
        case .bool(let bool): return "\(bool)"
        case .null: return "null"
        }
    }

    /// At most three decimal places, and none for a whole number; JSON knows no infinity.
    private static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        let rounded = (number * 1000).rounded() / 1000
        return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
    }
}
