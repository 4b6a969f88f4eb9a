/// The lines of a table without the line feeds between them, numbered from 1.
struct CSVLines {
    let bytes: [UInt8]
    private var position = 0
    private var number = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> (range: Range<Int>, number: Int)? {
        guard position < bytes.count else { return nil }
        let start = position
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        position = end + 1
        number += 1
        return (start..<end, number)
    }
}

/// One line of a table in which one column, the open one, may hold unquoted commas.
struct CSVRow {
    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")

    let bytes: [UInt8]
    let range: Range<Int>

    /// Finds the fields, those before the open column from the left and those behind it from the right.
    ///
    /// - Parameters:
    ///   - columns: How many fields the header has.
    ///   - open: Which of them takes the commas that are too many.
    ///   - fields: Where each field stands afterwards; a parameter so that a million rows share one array.
    /// - Returns: The open field's text without its quotes; `nil` when there are too few fields.
    func split(columns: Int, open: Int, into fields: inout [Range<Int>]) -> ArraySlice<UInt8>? {
        fields.removeAll(keepingCapacity: true)
        fields.append(contentsOf: repeatElement(range, count: columns))
        var left = range.lowerBound
        for index in 0..<open {
            guard let comma = bytes[left..<range.upperBound].firstIndex(of: Self.comma) else { return nil }
            fields[index] = left..<comma
            left = comma + 1
        }
        var right = range.upperBound
        for index in stride(from: columns - 1, to: open, by: -1) {
            guard let comma = bytes[left..<right].lastIndex(of: Self.comma) else { return nil }
            fields[index] = (comma + 1)..<right
            right = comma
        }
        fields[open] = left..<right
        return openText(left..<right)
    }

    /// A quoted field may hold doubled quotes, each of which stands for one.
    private func openText(_ field: Range<Int>) -> ArraySlice<UInt8> {
        let inner = Self.unquoted(field, in: bytes)
        guard inner != field, bytes[inner].contains(Self.quote) else { return bytes[inner] }
        var text: [UInt8] = []
        var skip = false
        for byte in bytes[inner] {
            if byte == Self.quote, skip {
                skip = false
                continue
            }
            skip = byte == Self.quote
            text.append(byte)
        }
        return text[...]
    }

    /// The field without the quotes around it, if it has both.
    static func unquoted(_ field: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        guard field.count >= 2, bytes[field.lowerBound] == quote, bytes[field.upperBound - 1] == quote else {
            return field
        }
        return (field.lowerBound + 1)..<(field.upperBound - 1)
    }
}
