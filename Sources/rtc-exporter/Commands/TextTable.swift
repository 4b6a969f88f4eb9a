/// Rows in columns for a terminal.
struct TextTable {
    /// A column.
    struct Column {
        let title: String
        var isNumber = false
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row with a text for each column.
    mutating func add(_ row: [String]) {
        rows.append(row)
    }

    /// The lines: the titles, then the rows; figures end under each other, texts begin so.
    var lines: [String] {
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { index in all.map { $0[index].terminalWidth }.max() ?? 0 }
        return all.map { row in
            let cells = columns.indices.map { index in
                let space = String(repeating: " ", count: widths[index] - row[index].terminalWidth)
                return columns[index].isNumber ? space + row[index] : row[index] + space
            }
            let line = cells.joined(separator: "  ")
            return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
        }
    }
}

extension String {
    /// How many places a terminal takes for it: two for each Chinese, Japanese or Korean character and for pictures.
    var terminalWidth: Int {
        reduce(0) { $0 + ($1.unicodeScalars.first.map(\.isWide) == true ? 2 : 1) }
    }
}

extension Unicode.Scalar {
    /// The blocks whose characters are wide by Unicode's annex 11, <https://www.unicode.org/reports/tr11/>.
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
            0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff,
            0x20000...0x3fffd:
            true
        default: false
        }
    }
}
