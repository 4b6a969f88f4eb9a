import Testing
import Usage
import UsageLedger

@Suite("Readings from a time that has not come")
struct DistrustTests {
    private let day = LedgerExamples.day

    @Test("They give way to the next reading, days that have not begun are forgotten, and nothing is metered twice")
    func distrusted() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 8, ["a": 50])])
            // By a clock that is three days ahead: the running day as it is, and one that has not begun.
            try await ledger.record([Reading(day, hour: 81, ["a": 100]), Reading(day.advanced(by: 3), hour: 9)])
            #expect(try await ledger.figures().current?.total.day == day.advanced(by: 3))

            let now = day.at(hour: 9)
            let (app, source) = (LedgerExamples.app, LedgerExamples.source)
            try await ledger.distrustReadings(of: app, from: source, askedAfter: now)
            let held = try await ledger.figures()
            #expect(held.current?.total.day == day)
            #expect(held.current?.total.seconds.total == 100)
            #expect(held.settled.isEmpty)

            try await ledger.record([Reading(day, hour: 9.5, ["a": 80])])
            let figures = try await ledger.figures()
            #expect(figures.current?.total.seconds.total == 80)
            #expect(figures.metered.total == 50)
            #expect(figures.revisedDown == 0)
        }
    }

    @Test("True readings keep their authority, and other apps all of theirs")
    func others() async throws {
        let other = AppKey(provider: LedgerExamples.app.provider, app: "other")
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 8, ["a": 50])])
            try await ledger.record([Reading(day, hour: 90, app: other, [RoomUsage("a", audio: 7)])])
            let before = try await ledger.days()
            let source = LedgerExamples.source
            try await ledger.distrustReadings(of: LedgerExamples.app, from: source, askedAfter: day.at(hour: 9))
            #expect(try await ledger.days() == before)
            #expect(try await ledger.figures(of: other, from: source).current?.total.seconds.total == 7)
        }
    }
}
