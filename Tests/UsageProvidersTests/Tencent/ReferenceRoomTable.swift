import Usage

@testable import UsageProviders

/// The table of room usage as it was read before speed mattered: all of the answer is made text first, and each row fields.
///
/// What the exporter reads today has to say the same of every answer.
struct ReferenceRoomTable {
    private(set) var rooms: [RoomUsage] = []
    private(set) var anomalies: [ReadingAnomaly: Int] = [:]
    private var total = 0

    /// - Throws: ``ReadingFailure`` with reason `malformed` and the row, the header being row 1.
    init(csv: String) throws(ReadingFailure) {
        var bytes = Array(csv.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var lines = ReferenceLines(bytes: bytes)
        guard let header = lines.next() else { return }
        let columns = try RoomUsageColumns(header: bytes[header.range])
        var fields: [Range<Int>] = []
        while let line = lines.next() {
            try append(ReferenceRow(bytes: bytes, range: line.range), columns, number: line.number, fields: &fields)
        }
        countDuplicates()
    }

    private mutating func append(
        _ row: ReferenceRow,
        _ columns: RoomUsageColumns,
        number: Int,
        fields: inout [Range<Int>]
    ) throws(ReadingFailure) {
        guard let id = row.split(columns: columns.count, open: columns.room, into: &fields) else {
            throw ReadingFailure(.malformed, "Row \(number) of the answer has fewer than \(columns.count) fields.")
        }
        var usage = RoomUsage(room: RoomID(bytes: id), seconds: .zero)
        for (tier, column) in columns.tiers {
            let text = row.bytes[ReferenceRow.unquoted(fields[column], in: row.bytes)]
            guard let seconds = RoundedSeconds.parse(text) else {
                throw ReadingFailure(
                    .malformed,
                    "Row \(number) of the answer has no usable number in column \(column + 1)."
                )
            }
            if text.contains(UInt8(ascii: ".")) { anomalies[.fraction, default: 0] += 1 }
            usage.seconds[tier] = seconds
            total += seconds
        }
        guard total <= MeteredFigure.largestTotal else {
            throw ReadingFailure(
                .malformed,
                "The figures of the answer add up to more than is possible, at row \(number)."
            )
        }
        if !usage.room.text.utf8.elementsEqual(id) || usage.room.text.contains("\u{FFFD}") {
            anomalies[.alteredRoom, default: 0] += 1
        }
        rooms.append(usage)
    }

    /// What an answer holds, by Foundation's decoder and the rules below.
    static func decoded(_ response: ProviderResponse, now: UnixTime) throws(ReadingFailure) -> ReferenceRoomTable {
        let payload = try TencentEnvelope<Payload>.payload(of: response, action: "DescribeTrtcRoomUsage", now: now)
        return try ReferenceRoomTable(csv: payload.data)
    }

    private struct Payload: Decodable {
        let data: String

        enum CodingKeys: String, CodingKey {
            case data = "Data"
        }
    }

    private mutating func countDuplicates() {
        let distinct = Set(rooms.map(\.room)).count
        if distinct < rooms.count { anomalies[.duplicateRoom] = rooms.count - distinct }
    }
}

/// The lines of a table, numbered from 1; blank ones are passed over, and LF and CRLF both end one.
private struct ReferenceLines {
    let bytes: [UInt8]
    private var position = 0
    private var number = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> (range: Range<Int>, number: Int)? {
        while position < bytes.count {
            let start = position
            let lineEnd = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            position = lineEnd + 1
            number += 1
            let end = lineEnd > start && bytes[lineEnd - 1] == UInt8(ascii: "\r") ? lineEnd - 1 : lineEnd
            if bytes[start..<end].contains(where: { $0 != UInt8(ascii: " ") }) { return (start..<end, number) }
        }
        return nil
    }
}

/// One line of a table in which one column, the open one, may hold unquoted commas.
private struct ReferenceRow {
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
