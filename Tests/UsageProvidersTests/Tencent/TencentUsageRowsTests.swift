import TestSupport
import Testing
import Usage

@testable import UsageProviders

@Suite("Rows of usage over time")
struct TencentUsageRowsTests {
    private static let one = TierSeconds([.audio: 1])
    private static let source = TencentProvider.trtcUsage

    private struct Row {
        let timeKey: String
        let seconds: TierSeconds
    }

    @Test(
        "Five minutes count for the one day that was asked for, whether they are labelled by their start or their end",
        arguments: [
            ("2020-09-08 00:00:00", true), ("2020-09-08 00:00:01", true), ("2020-09-08 00:05:00", true),
            ("2020-09-08 23:55:00", true), ("2020-09-08 23:59:59", true), ("2020-09-09 00:00:00", true),
            ("2020-09-08", true), ("2020-09-09", false), ("2020-09-07", false), ("2020-09-07 23:59:59", false),
            ("2020-09-07 09:50:00", false), ("2020-09-09 00:00:01", false), ("2020-09-09 00:05:00", false),
            ("2019-09-08 00:05:00", false),
        ]
    )
    func oneDay(timeKey: String, isOfTheDay: Bool) throws {
        for endHour in [nil, 1] {
            let reading = try reading(of: [timeKey], window: try TencentExamples.september(8, 8, endHour: endHour))
            #expect(reading.days.map(\.total) == [isOfTheDay ? Self.one : .zero])
            #expect(reading.anomalies == (isOfTheDay ? [:] : [.outsideWindow: 1]))
        }
    }

    @Test(
        "Of several days a row counts for its own",
        arguments: [
            ("2020-09-07", 7), ("2020-09-07 00:00:00", 7), ("2020-09-08", 8), ("2020-09-08 00:00:00", 8),
            ("2020-09-08 12:00:00", 8), ("2020-09-09 00:00:00", 9), ("2020-09-06", nil), ("2020-09-06 23:59:59", nil),
            ("2020-09-10", nil), ("2020-09-10 00:00:00", nil),
        ] as [(String, Int?)]
    )
    func severalDays(timeKey: String, day: Int?) throws {
        for endHour in [nil, 10] {
            let window = try TencentExamples.september(7, 9, endHour: endHour)
            let reading = try reading(of: [timeKey], window: window)
            #expect(reading.days.map(\.total) == [7, 8, 9].map { $0 == day ? Self.one : .zero })
            #expect(reading.anomalies == (day == nil ? [.outsideWindow: 1] : [:]))
        }
    }

    @Test("The days are those of the source's zone")
    func zone() throws {
        let day = try #require(UsageDay(year: 2020, month: 9, day: 8, zone: .utc))
        let reading = try reading(of: ["2020-09-08 23:00:00"], window: UsageWindow(day: day))
        #expect(reading.days.map(\.day) == [day])
        #expect(reading.total == Self.one)
    }

    @Test("A time that is told again counts once")
    func duplicates() throws {
        let times = ["2020-09-08 00:05:00", "2020-09-08 00:10:00", "2020-09-08 00:05:00", "2020-09-08 00:05:00"]
        let reading = try reading(of: times, window: try TencentExamples.september(8, 8))
        #expect(reading.total[.audio] == 2)
        #expect(reading.anomalies == [.duplicateDay: 2])
    }

    @Test("A time of which two rows tell different figures fails the answer")
    func contradiction() throws {
        let two = Row(timeKey: "2020-09-08 00:05:00", seconds: TierSeconds([.audio: 2]))
        let rows = [Row(timeKey: "2020-09-08 00:05:00", seconds: Self.one), two]
        let window = try TencentExamples.september(8, 8)
        let failure = Result { () throws(ReadingFailure) in try reading(of: rows, window: window) }.failure
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation == "Row 2 of the answer contradicts another row about the same time.")
    }

    @Test("A row of the whole day beside rows of its parts fails the answer, since its usage would count twice")
    func dayBesideParts() throws {
        let window = try TencentExamples.september(8, 8)
        for times in [["2020-09-08", "2020-09-08 00:05:00"], ["2020-09-08 23:55:00", "2020-09-08"]] {
            let failure = Result { () throws(ReadingFailure) in try reading(of: times, window: window) }.failure
            #expect(failure?.reason == .malformed)
        }
        #expect(try reading(of: ["2020-09-08", "2020-09-08", "2020-09-07"], window: window).total == Self.one)
    }

    @Test("Of several days one that is told again counts once, however it is written")
    func duplicateDays() throws {
        let times = [
            "2020-09-08", "2020-09-08 00:00:00", "2020-09-07", "2020-09-08 12:00:00", "2020-09-10", "2020-09-10",
        ]
        let reading = try reading(of: times, window: try TencentExamples.september(7, 8))
        #expect(reading.days.map(\.total.total) == [1, 1])
        #expect(reading.anomalies == [.duplicateDay: 2, .outsideWindow: 2])
    }

    @Test("No rows mean no usage on each day")
    func silence() throws {
        let reading = try reading(of: [String](), window: try TencentExamples.september(1, 30))
        #expect(reading.days.count == 30)
        #expect(reading.days.allSatisfy { $0.rooms.isEmpty })
    }

    @Test("Figures of a row that was left out change nothing")
    func leftOut() throws {
        var rows = TencentUsageRows(.seconds, window: try TencentExamples.september(8, 8), anomalies: [.otherApp: 1])
        let odd = FigureRow(figures: [(.audio, 0.75)], unknownTiers: 1)
        try rows.append(odd, labelled: "2020-09-07", number: 1)
        try rows.append(odd, labelled: "2020-09-08", number: 2)
        let reading = try rows.reading(of: "1", by: Self.source, askedAt: TencentExamples.now)
        #expect(reading.total == Self.one)
        #expect(reading.anomalies == [.outsideWindow: 1, .fraction: 1, .unknownTier: 1, .otherApp: 1])
    }

    @Test("A time that is none fails the answer and its row is named")
    func badTime() throws {
        var rows = TencentUsageRows(.seconds, window: try TencentExamples.september(8, 8))
        let failure = Result { () throws(ReadingFailure) in
            try rows.append(FigureRow(figures: []), labelled: "yesterday", number: 17)
        }.failure
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation == "Row 17 of the answer has no usable time.")
    }

    @Test("Figures that are each possible but together are not fail the answer")
    func impossibleTotal() throws {
        let most = TierSeconds([.audio: RoundedSeconds.largest])
        let rows = (0..<12).map { Row(timeKey: "2020-09-08 00:\($0 < 10 ? "0" : "")\($0):00", seconds: most) }
        let window = try TencentExamples.september(8, 8)
        let failure = Result { () throws(ReadingFailure) in try reading(of: rows, window: window) }.failure
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation == "The figures of the answer add up to more than is possible.")
    }

    @Test("Nothing of a day is lost or counted twice, however the rows are labelled and mixed", arguments: [0, 300])
    func conserved(labelledAfter seconds: Int) throws {
        var random = SeededGenerator(seed: 20_200_908)
        for _ in 0..<40 {
            let window = try TencentExamples.september(8, 8)
            var rows: [Row] = []
            for slot in 0..<288 where Int.random(in: 0..<4, using: &random) > 0 {
                let time = window.start + .seconds(slot * 300 + seconds)
                rows.append(row(at: time, using: &random))
            }
            let expected = rows.reduce(into: TierSeconds.zero) { $0 += $1.seconds }
            let strangers = (0..<Int.random(in: 0...5, using: &random)).map { index in
                row(at: window.start - .seconds(86_400 - index), using: &random)
            }
            let reading = try reading(of: (rows + strangers).shuffled(using: &random), window: window)
            #expect(reading.days.map(\.day) == [window.first])
            #expect(reading.total == expected)
            #expect(reading.anomalies[.outsideWindow] ?? 0 == strangers.count)
            #expect(reading.anomalies[.duplicateDay] == nil)
        }
    }

    @Test("Nothing of several days is lost or moved, in whatever order they come")
    func daysConserved() throws {
        var random = SeededGenerator(seed: 31)
        for _ in 0..<100 {
            let first = Int.random(in: 1...20, using: &random)
            let window = try TencentExamples.september(first, Int.random(in: (first + 1)...30, using: &random))
            var rows: [Row] = []
            var expected: [DayUsage] = []
            for day in window.days {
                let isSilent = Bool.random(using: &random)
                let row = row(at: day.start, using: &random)
                if !isSilent { rows.append(row) }
                expected.append(DayUsage(day: day, total: isSilent ? .zero : row.seconds))
            }
            let reading = try reading(of: rows.shuffled(using: &random), window: window)
            #expect(reading.days == expected)
            #expect(reading.anomalies.isEmpty)
        }
    }

    private func row(at time: UnixTime, using random: inout SeededGenerator) -> Row {
        let figures = Self.source.tiers.map { _ in Int.random(in: 0...1_000_000, using: &random) }
        let second = (time.seconds + ZoneOffset.beijing.seconds) % 60
        let timeKey = "\(time.minuteText(in: .beijing)):\(second < 10 ? "0" : "")\(second)"
        return Row(timeKey: timeKey, seconds: TierSeconds(Self.source, figures))
    }

    private func reading(of timeKeys: [String], window: UsageWindow) throws(ReadingFailure) -> Reading {
        try reading(of: timeKeys.map { Row(timeKey: $0, seconds: Self.one) }, window: window)
    }

    private func reading(of rows: [Row], window: UsageWindow) throws(ReadingFailure) -> Reading {
        var sum = TencentUsageRows(.seconds, window: window)
        for (index, row) in rows.enumerated() {
            let figures = Self.source.tiers.map { (tier: $0, amount: Double(row.seconds[$0])) }
            try sum.append(FigureRow(figures: figures), labelled: row.timeKey, number: index + 1)
        }
        return try sum.reading(of: TencentExamples.app, by: Self.source, askedAt: TencentExamples.now)
    }
}
