import Usage

/// The table that DescribeTrtcRoomUsage answers with, as text.
///
/// Documented are the header and LF line ends. Room ids may hold commas and stand unquoted, so a row is read from both ends
/// towards the room. What is not documented is met with patience where nothing can be misread, else with refusal.
struct RoomUsageTable {
    private(set) var rooms: [RoomUsage] = []
    private(set) var anomalies: [ReadingAnomaly: Int] = [:]
    private var total = 0

    /// - Throws: ``ReadingFailure`` with reason `malformed` and the row, the header being row 1.
    init(csv: String) throws(ReadingFailure) {
        var bytes = Array(csv.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var lines = CSVLines(bytes: bytes)
        guard let header = lines.next() else { return }
        let columns = try RoomUsageColumns(header: bytes[header.range])
        var fields: [Range<Int>] = []
        while let line = lines.next() {
            try append(CSVRow(bytes: bytes, range: line.range), columns, number: line.number, fields: &fields)
        }
        countDuplicates()
    }

    private mutating func append(
        _ row: CSVRow,
        _ columns: RoomUsageColumns,
        number: Int,
        fields: inout [Range<Int>]
    ) throws(ReadingFailure) {
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

    private mutating func countDuplicates() {
        let distinct = Set(rooms.map(\.room)).count
        if distinct < rooms.count { anomalies[.duplicateRoom] = rooms.count - distinct }
    }
}

/// Where the columns of a table stand, found by name without regard to case and order; further columns are passed over.
struct RoomUsageColumns {
    let count: Int
    let room: Int
    let tiers: [(Tier, Int)]

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
    }
}
