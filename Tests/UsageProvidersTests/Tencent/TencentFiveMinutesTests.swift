import TestSupport
import Testing
import Usage

@testable import UsageProviders

@Suite("The five minutes of a day")
struct TencentFiveMinutesTests {
    private static let source = TencentProvider.trtcUsage

    /// Minutes after the day's midnight, and the seconds of audio of the row with that label.
    private typealias Rows = [(minute: Int, seconds: Int)]

    @Test("A row of the midnight that begins the day tells that labels are starts, whether it has usage or not")
    func starts() throws {
        #expect(try intervals([(0, 1), (5, 2), (1435, 3)]) == [0: 1, 5: 2, 1435: 3])
        #expect(try intervals([(1435, 3), (0, 0), (600, 7)]) == [600: 7, 1435: 3])
    }

    @Test("A row of the midnight that ends the day tells that labels are ends, whether it has usage or not")
    func ends() throws {
        #expect(try intervals([(5, 2), (1440, 3)]) == [0: 2, 1435: 3])
        #expect(try intervals([(1440, 0), (5, 1), (605, 7)]) == [0: 1, 600: 7])
    }

    @Test("Labels that tell nothing of themselves are taken for ends")
    func unknown() throws {
        #expect(try intervals([(5, 1), (10, 2), (1435, 3)]) == [0: 1, 5: 2, 1430: 3])
    }

    @Test(
        "What is no division of the day gives none, and its total stays",
        arguments: [
            ["00:00:00", "24"], ["00:05:00", "00:07:00"], ["00:05:00", "00:10:01"], ["23:59:59"], ["day"],
        ]
    )
    func undivided(labels: [String]) throws {
        let window = try TencentExamples.september(8, 8)
        var rows = TencentUsageRows(.seconds, window: window)
        for (index, label) in labels.enumerated() {
            let text = ["24": "2020-09-09 00:00:00", "day": "2020-09-08"][label] ?? "2020-09-08 \(label)"
            try rows.append(FigureRow(figures: [(.audio, 60)]), labelled: text, number: index + 1)
        }
        let day = try #require(try reading(of: rows).days.first)
        #expect(day.intervals.isEmpty)
        #expect(day.total == TierSeconds([.audio: 60 * labels.count]))
    }

    @Test("A day without usage has none, with rows of zeros and without rows")
    func silent() throws {
        #expect(try intervals([]).isEmpty)
        #expect(try intervals([(0, 0), (5, 0), (600, 0)]).isEmpty)
    }

    @Test("A row that is told again counts once")
    func again() throws {
        #expect(try intervals([(0, 1), (5, 2), (5, 2)]) == [0: 1, 5: 2])
    }

    @Test("Rows of several days divide none, though their labels are moments")
    func severalDays() throws {
        var rows = TencentUsageRows(.seconds, window: try TencentExamples.september(7, 8))
        let row = FigureRow(figures: [(.audio, 60)])
        try rows.append(row, labelled: "2020-09-07 00:00:00", number: 1)
        try rows.append(row, labelled: "2020-09-08 00:05:00", number: 2)
        let reading = try reading(of: rows)
        #expect(reading.days.map(\.total.total) == [60, 60])
        #expect(reading.days.allSatisfy { $0.intervals.isEmpty })
    }

    @Test("Rows in any order give one reading, whose intervals are its total and lie in its day", arguments: 0..<60)
    func anyOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let offset = [0, 5].randomElement(using: &random) ?? 0
        let count = Int.random(in: 0...288, using: &random)
        let slots = Array(0..<288).shuffled(using: &random).prefix(count)
        // Now and then a row that belongs to no division.
        let odd = Int.random(in: 0..<8, using: &random) == 0 ? [(minute: 722, seconds: 9)] : []
        let rows =
            slots.map { (minute: $0 * 5 + offset, seconds: max(0, Int.random(in: -300...900, using: &random))) } + odd
        let day = try day(of: rows)
        for _ in 0..<4 { #expect(try self.day(of: rows.shuffled(using: &random)) == day) }

        #expect(day.total.total == rows.reduce(0) { $0 + $1.seconds })
        guard odd.isEmpty else { return #expect(day.intervals.isEmpty) }
        #expect(day.intervals.reduce(into: .zero) { $0 += $1.seconds } == day.total)
        #expect(day.intervals.count == rows.count { $0.seconds > 0 })
        #expect(zip(day.intervals, day.intervals.dropFirst()).allSatisfy { $0.start < $1.start })
        for interval in day.intervals {
            #expect(interval.start >= day.day.start && interval.end <= day.day.end && !interval.seconds.isZero)
            #expect((interval.start - day.day.start).components.seconds.isMultiple(of: 300))
        }
    }

    /// The intervals' starts in minutes after midnight, with their seconds of audio.
    private func intervals(_ rows: Rows) throws -> [Int: Int] {
        let day = try day(of: rows)
        let told = day.intervals.map { (Int(($0.start - day.day.start).components.seconds) / 60, $0.seconds[.audio]) }
        return Dictionary(uniqueKeysWithValues: told)
    }

    private func day(of rows: Rows) throws -> DayUsage {
        let window = try TencentExamples.september(8, 8)
        var sum = TencentUsageRows(.seconds, window: window)
        for (index, row) in rows.enumerated() {
            let label = (window.start + .seconds(row.minute * 60)).minuteText(in: .beijing) + ":00"
            try sum.append(
                FigureRow(figures: [(.audio, Double(row.seconds))]),
                labelled: label,
                number: index + 1
            )
        }
        return try #require(try reading(of: sum).days.first)
    }

    private func reading(of rows: TencentUsageRows) throws(ReadingFailure) -> Reading {
        try rows.reading(of: TencentExamples.app, by: Self.source, askedAt: TencentExamples.now)
    }
}
