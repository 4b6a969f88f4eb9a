import Usage

/// The table that DescribeTrtcRoomUsage answers with, as text.
///
/// Documented are the header and LF line ends. Room ids may hold commas and stand unquoted, so a row is read from both ends
/// towards the room. What is not documented is met with patience where nothing can be misread, else with refusal.
struct RoomUsageTable: Sendable {
    /// In the order of their rows; a room may have several.
    private(set) var rooms: [RoomUsage] = []
    /// What was odd; rooms that stand in several rows are not counted here.
    private(set) var anomalies: [ReadingAnomaly: Int] = [:]
    private var total = 0
    private var columns: RoomUsageColumns?
    private var fields: [Range<Int>] = []

    /// A table of which nothing has been read.
    init() {}

    /// - Throws: ``ReadingFailure`` with reason `malformed` and the row, the header being row 1.
    init(csv: String) throws(ReadingFailure) {
        var lines = CSVLines(bytes: Array(csv.utf8))
        while let line = lines.next() { try take(lines.bytes, line.range, number: line.number) }
    }

    /// Gives the rooms away as a day's usage, with all that was odd: rows that had to be merged with others too.
    mutating func take(day: UsageDay) -> (usage: DayUsage, anomalies: [ReadingAnomaly: Int]) {
        let rows = rooms.count
        // Given away and not copied: there may be a million.
        var rooms: [RoomUsage] = []
        swap(&rooms, &self.rooms)
        let usage = DayUsage(day: day, rooms: consume rooms)
        guard usage.rooms.count < rows else { return (usage, anomalies) }
        return (usage, anomalies.merging([.duplicateRoom: rows - usage.rooms.count]) { _, new in new })
    }

    /// Whether the header has been read and is the documented one.
    var isDocumented: Bool { columns?.areDocumented == true }

    /// Makes room for so many rows.
    mutating func reserve(_ rows: Int) { rooms.reserveCapacity(rows) }

    /// Takes a line in: the header, a row or nothing.
    ///
    /// - Parameters:
    ///   - line: Its bytes, without the line feed at its end; what is not UTF-8 is repaired.
    ///   - number: Its place in the table, from 1 on.
    /// - Throws: ``ReadingFailure`` with reason `malformed`.
    mutating func take(_ line: [UInt8], number: Int) throws(ReadingFailure) {
        let isASCII = line.allSatisfy { $0 < 0x80 }
        let line = isASCII ? line : Array(String(decoding: line, as: UTF8.self).utf8)
        try take(line, line.indices, number: number)
    }

    /// Adds a row that was read elsewhere; `false`, and nothing happens, when there cannot be as much usage as that.
    mutating func append(_ usage: RoomUsage) -> Bool {
        guard total + usage.seconds.total <= MeteredFigure.largestTotal else { return false }
        total += usage.seconds.total
        rooms.append(usage)
        return true
    }

    private mutating func take(_ bytes: [UInt8], _ line: Range<Int>, number: Int) throws(ReadingFailure) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = number == 1 && bytes[line].starts(with: mark) ? line.lowerBound + mark.count : line.lowerBound
        let end = bytes[start..<line.upperBound].last == UInt8(ascii: "\r") ? line.upperBound - 1 : line.upperBound
        guard bytes[start..<end].contains(where: { $0 != UInt8(ascii: " ") }) else { return }
        if let columns {
            try append(CSVRow(bytes: bytes, range: start..<end), columns, number: number)
        } else {
            columns = try RoomUsageColumns(header: bytes[start..<end])
        }
    }

    private mutating func append(_ row: CSVRow, _ columns: RoomUsageColumns, number: Int) throws(ReadingFailure) {
        guard let id = row.split(columns: columns.count, open: columns.room, into: &fields) else {
            throw ReadingFailure(.malformed, "Row \(number) of the answer has fewer than \(columns.count) fields.")
        }
        var usage = RoomUsage(room: RoomID(bytes: id), seconds: .zero)
        for (tier, column) in columns.tiers {
            let text = row.bytes[CSVRow.unquoted(fields[column], in: row.bytes)]
            guard let seconds = RoundedSeconds.parse(text) else {
                throw ReadingFailure(
                    .malformed,
                    "Row \(number) of the answer has no usable number in column \(column + 1)."
                )
            }
            if text.contains(UInt8(ascii: ".")) { anomalies[.fraction, default: 0] += 1 }
            usage.seconds[tier] = seconds
        }
        guard append(usage) else {
            throw ReadingFailure(
                .malformed,
                "The figures of the answer add up to more than is possible, at row \(number)."
            )
        }
        if !usage.room.text.utf8.elementsEqual(id) || usage.room.text.contains("\u{FFFD}") {
            anomalies[.alteredRoom, default: 0] += 1
        }
    }
}

/// Where the columns of a table stand, found by name without regard to case and order; further columns are passed over.
struct RoomUsageColumns {
    let count: Int
    let room: Int
    let tiers: [(Tier, Int)]

    /// Whether there are the documented columns and no others, in the documented order.
    let areDocumented: Bool

    init(header: ArraySlice<UInt8>) throws(ReadingFailure) {
        let names = String(decoding: header, as: UTF8.self).split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.filter { $0 != "\"" && !$0.isWhitespace }.lowercased() }
        func column(_ name: String) throws(ReadingFailure) -> Int {
            guard let index = names.firstIndex(of: name), names.lastIndex(of: name) == index else {
                throw ReadingFailure(.malformed, "The header of the answer does not have column \(name) once.")
            }
            return index
        }
        count = names.count
        room = try column("roomid")
        var tiers: [(Tier, Int)] = []
        for (tier, name) in TencentProvider.tierNames { tiers.append((tier, try column(name))) }
        self.tiers = tiers
        areDocumented = names.count == 1 + tiers.count && room == 0 && tiers.map(\.1) == Array(1...tiers.count)
    }
}
