import Testing
import Usage
import UsageLedger

@Suite("A source of whole days, several in one reading")
struct WholeDaySourceTests {
    private let app = LedgerExamples.app
    private let source = LedgerExamples.wholeDays
    private let today = UsageDay(number: 19_677, zone: .utc)

    /// What was asked at noon of the day that many days later, about the days from `first` on, of which some are listed.
    private func reading(from first: Int, atNoonOf asked: Int = 0, _ listed: KeyValuePairs<Int, Int>) throws -> Reading
    {
        let askedAt = today.advanced(by: asked).at(hour: 12)
        let window = try #require(
            UsageWindow(first: today.advanced(by: first), last: today.advanced(by: asked), through: askedAt)
        )
        let days = listed.map { DayUsage(day: today.advanced(by: $0), total: TierSeconds([.audio: $1])) }
        return Reading(app: app, window: window, askedAt: askedAt, listed: days, by: source)
    }

    private func figures(_ readings: [Reading]) async throws -> AppFigures {
        try await withLedger { ledger in
            for reading in readings { _ = try await ledger.record(reading, from: source) }
            return try await ledger.figures(of: app, from: source)
        }
    }

    @Test("All days of a reading are recorded, each with its own figure and no rooms")
    func days() async throws {
        let figures = try await figures([try reading(from: -4, [0: 50, -1: 40, -2: 30, -4: 10])])
        #expect(figures.current?.total.day == today)
        #expect(figures.current?.total.seconds.total == 50)
        #expect(figures.current?.rooms.roomCount == 0)
        #expect(figures.current?.through == today.at(hour: 12))
        let settled = figures.settled.map { [$0.day.number - today.number, $0.seconds.total] }
        #expect(settled == [[-2, 30], [-3, 0], [-4, 10]])
    }

    @Test("The current day is the newest one that is known; a silent day that is not settled is not known")
    func current() async throws {
        let figures = try await figures([try reading(from: -3, [-1: 40, -3: 20])])
        #expect(figures.current?.total.day == today.previous)
        #expect(figures.current?.through == today.start)
    }

    @Test("Silence about an unsettled day leaves what was told of it before")
    func silence() async throws {
        let figures = try await figures([try reading(from: -1, [0: 50]), try reading(from: 0, atNoonOf: 1, [1: 7])])
        #expect(figures.month?.seconds.total == 57)
    }

    @Test("Silence about a settled day is none at all, once two readings agree")
    func emptied() async throws {
        let first = try reading(from: -1, [0: 50, -1: 20])
        let second = try reading(from: -1, atNoonOf: 3, [0: 50])
        let third = try reading(from: -1, atNoonOf: 4, [0: 50])
        #expect(try await figures([first, second]).month?.seconds.total == 70)
        #expect(try await figures([first, second, third]).month?.seconds.total == 50)
    }

    @Test(
        "Metering begins with the first polled day: listed at the first look it is a baseline, listed later it counts"
    )
    func metered() async throws {
        let listed = [
            try reading(from: -2, [0: 50, -1: 40]), try reading(from: -2, atNoonOf: 1, [1: 5, 0: 80, -1: 44]),
        ]
        #expect(try await figures(listed).metered.total == 35)
        let late = [try reading(from: -2, [-1: 40]), try reading(from: -2, atNoonOf: 1, [0: 80, -1: 44])]
        #expect(try await figures(late).metered.total == 80)
    }

    @Test("History that is read first says nothing of the running day: what is told of that first is the baseline")
    func historyFirst() async throws {
        let days = [DayUsage(day: today.advanced(by: -3), total: TierSeconds([.audio: 30]))]
        let window = try #require(UsageWindow(first: today.advanced(by: -4), last: today.advanced(by: -3)))
        let history = Reading(app: app, window: window, askedAt: today.at(hour: 11), listed: days, by: source)
        let readings = [
            history, try reading(from: -2, [0: 500, -1: 40]), try reading(from: -2, atNoonOf: 1, [1: 5, 0: 520]),
        ]
        #expect(try await figures(readings).metered.total == 25)
    }

    @Test("A reading that cannot be recorded whole changes nothing")
    func atomic() async throws {
        try await withLedger { ledger in
            _ = try await ledger.record(try reading(from: -1, [0: 50, -1: 40]), from: source)
            let days = [
                DayUsage(day: today.previous, total: TierSeconds([.audio: 70])),
                DayUsage(day: today, total: TierSeconds([.audio: -1])),
            ]
            let window = try #require(UsageWindow(first: today.previous, last: today))
            let bad = Reading(app: app, window: window, askedAt: today.at(hour: 20), days: days)
            await #expect(throws: LedgerError.self) { _ = try await ledger.record(bad, from: source) }
            #expect(try await ledger.figures(of: app, from: source).month?.seconds.total == 90)
        }
    }

    @Test("Recording a reading again changes nothing")
    func twice() async throws {
        let readings = [try reading(from: -3, [0: 50, -2: 30]), try reading(from: -3, atNoonOf: 1, [1: 6, 0: 55])]
        let once = try await figures(readings)
        #expect(try await figures(readings + readings) == once)
    }
}
