import Testing
import TestSupport

@testable import Exposition

@Suite("A table of samples")
struct TableTests {
    @Test("A table says what the same samples say one by one, and its deflate blocks say it too", arguments: 0..<40)
    func sameAsSamples(seed: Int) throws {
        var random = RandomTable(seed: UInt64(seed))
        let table = random.table()
        let page = table.page()
        let expected = MetricsPage([FamilySamples(RandomTable.family, table.samples)])
        for format in ExpositionFormat.allCases {
            let plain = page.body(format: format, gzip: false).bytes
            #expect(plain == expected.body(format: format, gzip: false).bytes)
            let unpacked = try #require(Gunzip(page.body(format: format, gzip: true).bytes))
            #expect(unpacked.bytes == plain)
            #expect(unpacked.unread == 0)
        }
    }

    @Test("A million series would be below 7 bytes each: the sixtieth part of them is")
    func density() throws {
        let rooms = 2_778
        var encoder = TableEncoder(
            Self.usage,
            shared: ["provider": "tencent", "app": "1400017192"],
            columns: Self.tiers
        )
        var random = SeededGenerator(seed: 1)
        for room in 0..<rooms {
            encoder.append(
                row: "room-\(100_000 + room)",
                Self.tiers.indices.map { Int.random(in: 0..<86_400 >> $0, using: &random) }
            )
        }
        var composer = PageComposer<Int>([Self.usage])
        composer.set([encoder.finish()], of: 1)
        let body = composer.page().body(format: .text, gzip: true)
        #expect(body.count < rooms * Self.tiers.count * 7)
        #expect(try #require(Gunzip(body.bytes)).bytes.count > rooms * Self.tiers.count * 80)
    }

    @Test("A table without rows is nothing on the page")
    func empty() {
        let encoder = TableEncoder(Self.usage, shared: [:], columns: Self.tiers)
        #expect(encoder.finish().isEmpty)
    }

    @Test("A row that is longer than a fragment is one all the same")
    func longRow() throws {
        var encoder = TableEncoder(RandomTable.family, shared: ["a": "1", "b": ""], columns: ["x"])
        let names = ["short", String(repeating: "long ", count: Fragment.largest / 4), "short again"]
        for name in names { encoder.append(row: name, [1]) }
        var composer = PageComposer<Int>([])
        composer.set([encoder.finish()], of: 1)
        let body = composer.page().body(format: .text, gzip: true)
        let text = String(decoding: try #require(Gunzip(body.bytes)).bytes, as: UTF8.self)
        for name in names { #expect(text.contains("room=\"\(name)\"} 1\n")) }
    }

    @Test("The largest and the smallest numbers, and more columns than deflate can look back over, are written too")
    func extremes() throws {
        let columns = (0..<1_000).map { "column \($0)" }
        let shared: LabelSet = ["a": "1", "b": "2"]
        var encoder = TableEncoder(RandomTable.family, shared: shared, columns: columns)
        var expected = ""
        for (row, value) in [Int.min, .max, 0, -1, .min].enumerated() {
            encoder.append(row: "\(row)", columns.map { _ in value })
            expected += columns.map { "usage{a=\"1\",b=\"2\",tier=\"\($0)\",room=\"\(row)\"} \(value)\n" }.joined()
        }
        var composer = PageComposer<Int>([])
        composer.set([encoder.finish()], of: 1)
        let unpacked = try #require(Gunzip(composer.page().body(format: .text, gzip: true).bytes))
        #expect(unpacked.bytes == RandomTable.family.metadata(.text) + Array(expected.utf8))
    }

    private static let tiers = ["audio", "sd", "hd", "fhd", "2k", "4k"]
    private static let usage = MetricFamily(
        "rtc_usage_seconds",
        .gauge,
        help: "Usage.",
        unit: "seconds",
        labels: ["provider", "app", "tier", "room"]
    )
}

/// Tables of any shape: long and short names, hostile ones, rows that are alike and rows that are not, gaps, and lines so far
/// apart that deflate cannot reach from one to the other.
private struct RandomTable {
    struct Table {
        let shared: LabelSet
        let columns: [String]
        var rows: [(name: String, values: [Int?])] = []

        var samples: [Sample] {
            rows.flatMap { row in
                zip(columns, row.values).compactMap { column, value in
                    value.map { Sample(shared.adding("tier", column).adding("room", row.name), $0) }
                }
            }
        }

        func page() -> MetricsPage {
            var encoder = TableEncoder(family, shared: shared, columns: columns)
            for row in rows { encoder.append(row: row.name, row.values) }
            var composer = PageComposer<Int>([family])
            composer.set([encoder.finish()], of: 1)
            return composer.page()
        }
    }

    static let family = MetricFamily("usage", .gauge, help: "H.", labels: ["a", "b", "tier", "room"])

    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func table() -> Table {
        let longest = [3, 20, 300, 2_000][Int.random(in: 0..<4, using: &random)]
        let columnCount = Int.random(in: 1...7, using: &random)
        var table = Table(
            shared: ["a": name(longest), "b": name(longest)],
            columns: (0..<columnCount).map { "\($0)" + name(8) }
        )
        let rarest = Int.random(in: 1...60, using: &random)
        let stem = name(longest)
        for number in 0..<Int.random(in: 0...(longest > 100 ? 300 : 1_500), using: &random) {
            let row = Bool.random(using: &random) ? stem + "\(number)" : name(longest) + "\(number)"
            table.rows.append((row, (0..<columnCount).map { column in value(rare: column == 0 ? rarest : 1) }))
        }
        return table
    }

    private mutating func value(rare: Int) -> Int? {
        guard Int.random(in: 0..<rare, using: &random) == 0 else { return nil }
        return Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<64, using: &random)
    }

    private mutating func name(_ longest: Int) -> String {
        let alphabet = ["a", "b", "0", "1", "-", "\"", "\\", "\n", "教", "é", " ", "}", ","]
        let count = Int.random(in: 0...longest, using: &random)
        let isRepeated = Bool.random(using: &random)
        if isRepeated { return String(repeating: alphabet.randomElement(using: &random) ?? "", count: count) }
        return (0..<count).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
    }
}
