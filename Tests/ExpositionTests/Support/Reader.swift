/// A small reader of both formats that shares no code with the encoder: what a page says, line by line.
struct Reader {
    struct Line: Hashable {
        let name: String
        let labels: [[String]]
        let value: String
    }

    enum Entry: Hashable {
        case metadata(keyword: String, name: String, text: String)
        case sample(Line)
        case end
    }

    struct Malformed: Error {
        let line: String
    }

    let entries: [Entry]

    /// Reads a page; throws at the first line that is none of either format.
    init(_ bytes: [UInt8]) throws {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.popLast()?.isEmpty == true else { throw Malformed(line: "no newline at the end") }
        entries = try lines.map { try Self.entry(Array(String(decoding: $0, as: UTF8.self).unicodeScalars)) }
    }

    var samples: [Line] {
        entries.compactMap { entry in
            guard case .sample(let line) = entry else { return nil }
            return line
        }
    }

    private static func entry(_ line: [Unicode.Scalar]) throws -> Entry {
        if line == Array("# EOF".unicodeScalars) { return .end }
        if line.first == "#" { return try metadata(line) }
        var cursor = line[...]
        let name = take(&cursor) { $0 != "{" && $0 != " " }
        var labels: [[String]] = []
        if cursor.first == "{" {
            repeat {
                cursor.removeFirst()
                let label = take(&cursor) { $0 != "=" }
                guard cursor.starts(with: ["=", "\""]) else { throw Malformed(line: text(line)) }
                cursor.removeFirst(2)
                labels.append([label, try quoted(&cursor)])
            } while cursor.first == ","
            guard cursor.popFirst() == "}" else { throw Malformed(line: text(line)) }
        }
        guard cursor.popFirst() == " ", !name.isEmpty, !cursor.isEmpty, !cursor.contains(" ") else {
            throw Malformed(line: text(line))
        }
        return .sample(Line(name: name, labels: labels, value: text(cursor)))
    }

    private static func metadata(_ line: [Unicode.Scalar]) throws -> Entry {
        let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, ["HELP", "TYPE", "UNIT"].contains(text(parts[1])) else {
            throw Malformed(line: text(line))
        }
        return .metadata(keyword: text(parts[1]), name: text(parts[2]), text: unescaped(parts[3]))
    }

    /// Reads up to the closing quote and takes that as well.
    private static func quoted(_ cursor: inout ArraySlice<Unicode.Scalar>) throws -> String {
        var value: [Unicode.Scalar] = []
        while let scalar = cursor.popFirst() {
            if scalar == "\"" { return unescaped(value[...]) }
            value.append(scalar)
            if scalar == "\\", let next = cursor.popFirst() { value.append(next) }
        }
        throw Malformed(line: text(value[...]))
    }

    private static func unescaped(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        var rest = scalars
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let next = rest.popFirst() else {
                result.append(scalar)
                continue
            }
            if next != "\\" && next != "\"" && next != "n" { result.append(scalar) }
            result.append(next == "n" ? "\n" : next)
        }
        return String(result)
    }

    private static func take(_ cursor: inout ArraySlice<Unicode.Scalar>, while wanted: (Unicode.Scalar) -> Bool)
        -> String
    {
        let taken = cursor.prefix(while: wanted)
        cursor = cursor.dropFirst(taken.count)
        return text(taken)
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
