import Exposition
import Testing
import Usage
import UsageLedger

@testable import UsageReports

@Suite("A day's samples")
struct SeriesDayTests {
    private static let day = UsageDay.november(20)

    /// Seconds after midnight and value.
    private static func samples(_ day: SeriesDay, _ tier: Tier, upTo latest: UnixTime = day.end) -> [[Int]] {
        day.samples(of: tier, upTo: latest).map { [$0.time - self.day.start.seconds, $0.value] }
    }

    @Test("The sum so far stands at the end of each five minutes that are known, and in the end the day's own figure")
    func sumSoFar() {
        let day = SeriesDay(.example(.totals, Self.day, [.audio: 9], intervals: [(5, [.audio: 4]), (20, [.audio: 2])]))
        #expect(
            Self.samples(day, .audio) == [[300, 0], [600, 4], [900, 4], [1200, 4], [1500, 6], [86_399, 9]]
        )
        #expect(Self.samples(day, .hd) == [[300, 0], [600, 0], [900, 0], [1200, 0], [1500, 0], [86_399, 0]])
        #expect(Self.samples(day, .mixed).isEmpty, "its source does not tell that tier apart")
    }

    @Test("Where the last five minutes end the day ends, too: its own figure alone stands there")
    func lastFiveMinutes() {
        let day = SeriesDay(
            .example(.totals, Self.day, [.audio: 8], intervals: [(1430, [.audio: 4]), (1435, [.audio: 3])])
        )
        #expect(Self.samples(day, .audio).suffix(3) == [[85_800, 0], [86_100, 4], [86_399, 8]])
        #expect(Self.samples(day, .audio).count == 288)
    }

    @Test("What is younger than wanted is left out, one by one")
    func latest() {
        let day = SeriesDay(.example(.totals, Self.day, [.audio: 9], intervals: [(0, [.audio: 4]), (5, [.audio: 2])]))
        #expect(Self.samples(day, .audio, upTo: Self.day.start + .seconds(600)) == [[300, 4], [600, 6]])
        #expect(Self.samples(day, .audio, upTo: Self.day.start + .seconds(599)) == [[300, 4]])
        #expect(Self.samples(day, .audio, upTo: Self.day.end - .seconds(2)).count == 2)
        #expect(Self.samples(day, .audio, upTo: Self.day.end - .seconds(1)).count == 3)
    }

    @Test("Of rooms nobody tells five minutes, so what is in no named room has none either")
    func unnamed() {
        let rooms = DayHistory.example(
            .rooms,
            Self.day,
            [.audio: 9],
            intervals: [(0, [.audio: 9])],
            named: ["a": [.audio: 4]]
        )
        #expect(Self.samples(SeriesDay(unnamed: rooms), .audio) == [[86_399, 5]])
        #expect(Self.samples(SeriesDay(rooms), .audio) == [[300, 9], [86_399, 9]])
        let totals = DayHistory.example(.totals, Self.day, [.audio: 9], intervals: [(0, [.audio: 9])])
        #expect(Self.samples(SeriesDay(unnamed: totals), .audio) == [[300, 9], [86_399, 9]])
    }

    @Test("Five minutes outside of the day are not believed")
    func outside() {
        let day = SeriesDay(
            .example(.totals, Self.day, [.audio: 9], intervals: [(-5, [.audio: 4]), (1440, [.audio: 2])])
        )
        #expect(Self.samples(day, .audio) == [[86_399, 9]])
    }
}
