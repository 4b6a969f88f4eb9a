import Testing
import Usage
import UsageLedger

@Suite("A reading in the ledger")
struct ReadingRuleTests {
    private let day = LedgerExamples.day

    @Test("It is there with its rooms, its total and its times")
    func recorded() async throws {
        try await withLedger { ledger in
            let rooms = [
                RoomUsage(room: RoomID("a,b"), seconds: TierSeconds([.audio: 1, .sd: 2, .hd: 3])),
                RoomUsage(room: RoomID("教室"), seconds: TierSeconds([.fhd: 4, .twoK: 5, .fourK: 6, .mixed: 7])),
            ]
            let reading = Reading(day, hour: 9.5, rooms)
            let recorded = try #require(try await ledger.record(one: reading))
            #expect(
                recorded == RecordedDay(day: day, askedAt: reading.askedAt, confirmedAt: reading.askedAt, seconds: 28)
            )
            #expect(try await ledger.days() == [recorded])
            #expect(try await ledger.rooms(on: day) == rooms)
            let current = try #require(try await ledger.figures().current)
            #expect(current.total == DayTotal(day: day, seconds: reading.total))
            #expect(current.through == reading.window.end)
            #expect(current.rooms.roomCount == 2)
        }
    }

    @Test("Recording it again changes nothing")
    func twice() async throws {
        try await withLedger { ledger in
            let first = Reading(day, hour: 9, ["a": 100])
            let second = Reading(day, hour: 10, ["a": 300, "b": 50])
            try await ledger.record([first, second])
            let (figures, days, rooms) = (
                try await ledger.figures(), try await ledger.days(), try await ledger.rooms(on: day)
            )
            for reading in [second, first, second, second] {
                #expect(try await ledger.record(one: reading) == days.first)
                #expect(try await ledger.figures() == figures)
                #expect(try await ledger.days() == days)
                #expect(try await ledger.rooms(on: day) == rooms)
            }
        }
    }

    @Test(
        "The one asked later replaces the one asked earlier, whichever comes in first",
        arguments: [[0, 1], [1, 0]]
    )
    func laterWins(order: [Int]) async throws {
        try await withLedger { ledger in
            let readings = [
                Reading(day, hour: 9, ["gone": 500, "b": 1]), Reading(day, hour: 10, ["a": 300, "b": 50]),
            ]
            try await ledger.record(order.map { readings[$0] })
            let figures = try await ledger.figures()
            #expect(figures.current?.total.seconds.total == 350)
            #expect(figures.current?.through == readings[1].window.end)
            #expect(try await ledger.rooms(on: day) == [RoomUsage("a", audio: 300), RoomUsage("b", audio: 50)])
            #expect(try await ledger.days().first?.askedAt == readings[1].askedAt)
        }
    }

    @Test("Rooms without usage are not kept, and an answer of nothing else is an empty one")
    func zeroRooms() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 1, ["a": 0, "b": 0])])
            #expect(try await ledger.rooms(on: day).isEmpty)
            try await ledger.record([Reading(day, hour: 2, ["a": 0, "b": 7])])
            #expect(try await ledger.rooms(on: day) == [RoomUsage("b", audio: 7)])
            #expect(try await ledger.figures().current?.rooms.roomCount == 1)
            let recorded = try await ledger.record([Reading(day, hour: 3, ["a": 0])])
            #expect(recorded?.awaitsSecondEmpty == true)
            #expect(try await ledger.figures().current?.total.seconds.total == 7)
        }
    }

    @Test("The first empty one of a day is believed: the day has been without usage so far")
    func emptyAtFirst() async throws {
        try await withLedger { ledger in
            let reading = Reading(day, hour: 0.5)
            let recorded = try #require(try await ledger.record(one: reading))
            #expect(recorded.confirmedAt == reading.askedAt)
            let current = try #require(try await ledger.figures().current)
            #expect(current.total.day == day)
            #expect(current.total.seconds.isZero)
            #expect(current.through == reading.window.end)
        }
    }

    @Test("An empty one after usage waits for a second one to agree")
    func emptied() async throws {
        try await withLedger { ledger in
            let used = Reading(day, hour: 9, ["a": 100])
            let (first, second) = (Reading(day, hour: 10), Reading(day, hour: 11))
            try await ledger.record([used])

            let waiting = try #require(try await ledger.record(one: first))
            #expect(waiting.awaitsSecondEmpty)
            #expect(waiting.askedAt == first.askedAt)
            #expect(waiting.confirmedAt == used.askedAt)
            #expect(try await ledger.figures().current?.total.seconds.total == 100)
            #expect(try await ledger.figures().current?.through == used.window.end)
            #expect(try await ledger.rooms(on: day).count == 1)

            let repeated = try #require(try await ledger.record(one: first))
            #expect(repeated == waiting)

            let agreed = try #require(try await ledger.record(one: second))
            #expect(!agreed.awaitsSecondEmpty)
            #expect(agreed.confirmedAt == second.askedAt)
            let current = try #require(try await ledger.figures().current)
            #expect(current.total.seconds.isZero)
            #expect(current.rooms.roomCount == 0)
            #expect(current.through == second.window.end)
            #expect(try await ledger.rooms(on: day).isEmpty)
        }
    }

    @Test("Usage after one empty one takes its doubt away, and the next empty one is a first one again")
    func usedAgain() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 9, ["a": 100]), Reading(day, hour: 10)])
            let used = Reading(day, hour: 11, ["a": 150])
            #expect(try await ledger.record(one: used)?.confirmedAt == used.askedAt)
            #expect(try await ledger.figures().current?.total.seconds.total == 150)
            #expect(try await ledger.record([Reading(day, hour: 12)])?.awaitsSecondEmpty == true)
            #expect(try await ledger.figures().current?.total.seconds.total == 150)
        }
    }

    @Test("Usage after two empty ones is believed at once")
    func usedAfterEmptied() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 9, ["a": 100]), Reading(day, hour: 10), Reading(day, hour: 11)])
            try await ledger.record([Reading(day, hour: 12, ["b": 5])])
            #expect(try await ledger.rooms(on: day) == [RoomUsage("b", audio: 5)])
        }
    }

    @Test("Empty ones of another day, app or source do not agree with each other")
    func emptiedElsewhere() async throws {
        try await withLedger { ledger in
            let other = AppKey(provider: LedgerExamples.app.provider, app: "2")
            let source = LedgerExamples.source("other", zone: .beijing)
            try await ledger.record([Reading(day, hour: 30, ["a": 100]), Reading(day, hour: 31)])
            try await ledger.record([Reading(day.next, hour: 8), Reading(day.next, hour: 9)])
            try await ledger.record([Reading(day, hour: 32, app: other, []), Reading(day, hour: 33, app: other, [])])
            for hour in [34.0, 35.0] { _ = try await ledger.record(Reading(day, hour: hour), from: source) }
            #expect(try await ledger.rooms(on: day) == [RoomUsage("a", audio: 100)])
        }
    }

    @Test("It reaches to the end of its window, or less far where the source is late")
    func through() async throws {
        try await withLedger { ledger in
            let late = LedgerExamples.source("late", zone: .beijing, lag: .seconds(8 * 3600))
            for (hour, expected) in [(9.5, 1.5), (20, 12), (26, 18), (40, 24)] {
                _ = try await ledger.record(Reading(day, hour: hour, ["a": 1]), from: late)
                let through = try await ledger.figures(of: LedgerExamples.app, from: late).current?.through
                #expect(through == day.at(hour: expected))
            }
        }
    }

    @Test("Days are told from the first one that is asked for")
    func since() async throws {
        try await withLedger { ledger in
            for offset in [3, 0, 1] { try await ledger.record([Reading(day.advanced(by: offset), hour: 9, ["a": 1])]) }
            let days = try await ledger.recordedDays(
                of: LedgerExamples.app,
                from: LedgerExamples.source,
                since: day.next
            )
            #expect(days.map(\.day) == [day.next, day.advanced(by: 3)])
            let unknown = AppKey(provider: LedgerExamples.app.provider, app: "unknown")
            let none = try await ledger.recordedDays(of: unknown, from: LedgerExamples.source, since: day)
            #expect(none.isEmpty)
        }
    }
}
