import Testing
import Usage
import UsageLedger

@Suite("The figures of an app")
struct FiguresTests {
    private let day = LedgerExamples.day

    @Test("The current day is the newest one, whichever was read last")
    func current() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day.next, hour: 1, ["a": 1]), Reading(day, hour: 40, ["b": 500])])
            let current = try #require(try await ledger.figures().current)
            #expect(current.total.day == day.next)
            #expect(current.rooms.named.map(\.room.text) == ["a"])
        }
    }

    @Test("Yesterday stays the current day until the new one is read")
    func untilTheFirstReading() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 23, ["a": 9])])
            #expect(try await ledger.figures().current?.total.day == day)
            try await ledger.record([Reading(day, hour: 25, ["a": 10])])
            #expect(try await ledger.figures().current?.total.seconds.total == 10)
            try await ledger.record([Reading(day.next, hour: 2)])
            let current = try #require(try await ledger.figures().current)
            #expect(current.total.day == day.next)
            #expect(current.total.seconds.isZero)
        }
    }

    @Test("Settled days are those confirmed after their settle time, newest first")
    func settled() async throws {
        try await withLedger { ledger in
            try await ledger.record([
                Reading(day.advanced(by: -3), hour: 34, ["a": 1]), Reading(day.advanced(by: -2), hour: 33.99, ["a": 2]),
                Reading(day.advanced(by: -1), hour: 40, ["a": 3]), Reading(day, hour: 20, ["a": 4]),
            ])
            let settled = try await ledger.figures().settled
            #expect(settled.map(\.day) == [day.previous, day.advanced(by: -3)])
            #expect(settled.map(\.seconds.total) == [3, 1])
        }
    }

    @Test("A settled day without usage is settled, and one that waits for a second empty answer is not")
    func settledEmpty() async throws {
        try await withLedger { ledger in
            try await ledger.record([
                Reading(day.previous, hour: 40), Reading(day, hour: 20, ["a": 4]), Reading(day, hour: 35),
            ])
            #expect(try await ledger.figures().settled.map(\.day) == [day.previous])
            try await ledger.record([Reading(day, hour: 36)])
            let settled = try await ledger.figures().settled
            #expect(settled.map(\.day) == [day, day.previous])
            #expect(settled.allSatisfy { $0.seconds.isZero })
        }
    }

    @Test("A settle time that the user corrected decides at once")
    func correctedSettleTime() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 30, ["a": 4])])
            var source = LedgerExamples.source
            #expect(try await ledger.figures(of: LedgerExamples.app, from: source).settled.isEmpty)
            source.settledAfter = .seconds(6 * 3600)
            #expect(try await ledger.figures(of: LedgerExamples.app, from: source).settled.count == 1)
        }
    }

    @Test("Another zone makes other days")
    func zone() async throws {
        try await withLedger { ledger in
            let elsewhere = LedgerExamples.source(zone: .utc)
            let otherDay = UsageDay(containing: day.at(hour: 12), zone: .utc)
            try await ledger.record([Reading(day, hour: 12, ["a": 100])])
            #expect(try await ledger.figures(of: LedgerExamples.app, from: elsewhere).current == nil)
            _ = try await ledger.record(Reading(otherDay, hour: 5, ["a": 30]), from: elsewhere)

            let here = try await ledger.figures()
            let there = try await ledger.figures(of: LedgerExamples.app, from: elsewhere)
            #expect(here.current?.total.day == day)
            #expect(here.current?.total.seconds.total == 100)
            #expect(there.current?.total.day == otherDay)
            #expect(there.current?.total.seconds.total == 30)
            #expect(try await ledger.rooms(of: LedgerExamples.app, from: elsewhere, on: otherDay).count == 1)
        }
    }

    @Test("Apps whose names only Swift takes for the same are two, and 007 is not 7")
    func apps() async throws {
        try await withLedger { ledger in
            let names = ["7", "007", "e\u{301}", "\u{E9}", "7 "]
            let apps = names.map { AppKey(provider: LedgerExamples.app.provider, app: $0) }
            for (index, app) in apps.enumerated() {
                let room = RoomUsage("a", audio: index + 1)
                _ = try await ledger.record(Reading(day, hour: 1, app: app, [room]), from: LedgerExamples.source)
            }
            for (index, app) in apps.enumerated() {
                let current = try await ledger.figures(of: app, from: LedgerExamples.source).current
                #expect(current?.total.seconds.total == index + 1)
            }
        }
    }

    @Test("Rooms whose names only Swift takes for the same are two")
    func rooms() async throws {
        try await withLedger(limit: 5) { ledger in
            let rooms = [RoomUsage("e\u{301}", audio: 10), RoomUsage("\u{E9}", audio: 20), RoomUsage("E", audio: 5)]
            try await ledger.record([Reading(day, hour: 1, rooms), Reading(day, hour: 2, rooms)])
            let stored = try await ledger.rooms(on: day)
            #expect(stored.map(\.seconds.total) == [5, 10, 20])
            #expect(stored.map { Array($0.room.text.utf8) } == [[0x45], [0x65, 0xCC, 0x81], [0xC3, 0xA9]])
            #expect(try await ledger.figures().current?.rooms.named.map(\.seconds.total) == [20, 10, 5])
        }
    }

    @Test("Room ids of any text come back as they are and in the order of their bytes")
    func anyRoom() async throws {
        let ids = [
            "", " ", "'; DROP TABLE room; --", "\"", "\\", "a,b", "a\nb", "a\tb", "教室", "🎧", "\u{FFFD}", "\u{FEFF}x",
            "\u{1}", "%_", "A", "a", String(repeating: "x", count: 1_024), "１",
        ]
        try await withLedger { ledger in
            let reading = Reading(day, hour: 1, ids.enumerated().map { RoomUsage($1, audio: $0 + 1) })
            try await ledger.record([reading])
            let stored = try await ledger.rooms(on: day)
            #expect(stored == reading.rooms)
            #expect(stored.count == ids.count)
        }
    }

    @Test("The largest figures that are believed are kept to the second")
    func large() async throws {
        try await withLedger { ledger in
            let largest = RoundedSeconds.largest
            let tiers = Dictionary(uniqueKeysWithValues: Tier.allCases.map { ($0, largest) })
            let rooms = (0..<10).map { RoomUsage(room: RoomID("room-\($0)"), seconds: TierSeconds(tiers)) }
            try await ledger.record([Reading(day.previous, hour: 20), Reading(day, hour: 20, rooms)])
            let figures = try await ledger.figures()
            #expect(figures.current?.total.seconds.total == largest * 70)
            #expect(figures.month?.seconds[.fourK] == largest * 10)
            #expect(figures.metered[.mixed] == largest * 10)
        }
    }
}
