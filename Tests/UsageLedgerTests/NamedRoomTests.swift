import Testing
import Usage
import UsageLedger

@Suite("The rooms of a day that are named")
struct NamedRoomTests {
    private let day = LedgerExamples.day

    @Test("They stay from reading to reading until another one is a tenth larger")
    func sticky() async throws {
        try await withLedger(limit: 2) { ledger in
            try await ledger.record([Reading(day, hour: 1, ["a": 100, "b": 90, "c": 80])])
            #expect(try await named(ledger) == ["a", "b"])
            try await ledger.record([Reading(day, hour: 2, ["a": 100, "b": 100, "c": 109])])
            #expect(try await named(ledger) == ["a", "b"])
            try await ledger.record([Reading(day, hour: 3, ["a": 100, "b": 101, "c": 110])])
            #expect(try await named(ledger) == ["c", "b"])
            try await ledger.record([Reading(day, hour: 4, ["a": 115, "b": 105, "c": 110])])
            #expect(try await named(ledger) == ["c", "b"])
        }
    }

    @Test("They are kept while the figures of the rooms around them change and go")
    func comeAndGo() async throws {
        try await withLedger(limit: 1) { ledger in
            try await ledger.record([Reading(day, hour: 1, ["a": 10])])
            try await ledger.record([Reading(day, hour: 2, ["a": 100, "b": 105, "c": 1])])
            #expect(try await named(ledger) == ["a"])
            try await ledger.record([Reading(day, hour: 3, ["b": 105, "c": 1])])
            #expect(try await named(ledger) == ["b"])
            try await ledger.record([Reading(day, hour: 4, ["a": 110, "b": 105])])
            #expect(try await named(ledger) == ["b"])
        }
    }

    @Test("The next day starts without any")
    func nextDay() async throws {
        try await withLedger(limit: 1) { ledger in
            try await ledger.record([Reading(day, hour: 1, ["a": 100, "b": 1])])
            try await ledger.record([Reading(day.next, hour: 1, ["a": 100, "b": 101])])
            #expect(try await named(ledger) == ["b"])
        }
    }

    @Test("They survive a restart")
    func restart() async throws {
        try await TemporaryLedger.with { file in
            try await file.open(limit: 1) { try await $0.record([Reading(day, hour: 1, ["a": 100, "b": 90])]) }
            try await file.open(limit: 1) { ledger in
                #expect(try await named(ledger) == ["a"])
                try await ledger.record([Reading(day, hour: 2, ["a": 100, "b": 109])])
                #expect(try await named(ledger) == ["a"])
            }
        }
    }

    @Test("Named rooms and the rest are the whole, and reserved names are part of the rest")
    func sums() async throws {
        try await withLedger(limit: 2) { ledger in
            let readings = Reading(day, hour: 1, ["_other": 1_000, "": 500, "a": 3, "b": 2, "c": 1])
            try await ledger.record([readings])
            let rooms = try #require(try await ledger.figures().current?.rooms)
            #expect(rooms.named == [RoomUsage("a", audio: 3), RoomUsage("b", audio: 2)])
            #expect(rooms.other.total == 1_501)
            #expect(rooms.roomCount == 5)
            #expect(rooms.roomCount - rooms.named.count == 3)
        }
    }

    @Test("A lower limit is kept at once, and none at all names none")
    func limits() async throws {
        try await TemporaryLedger.with { file in
            try await file.open(limit: 3) { try await $0.record([Reading(day, hour: 1, ["a": 3, "b": 2, "c": 1])]) }
            try await file.open(limit: 1) { ledger in
                #expect(try await named(ledger) == ["a"])
                try await ledger.record([Reading(day, hour: 2, ["a": 3, "b": 2, "c": 1])])
                #expect(try await named(ledger) == ["a"])
            }
            try await file.open(limit: 0) { ledger in
                #expect(try await named(ledger).isEmpty)
                try await ledger.record([Reading(day, hour: 3, ["a": 3, "b": 2, "c": 1])])
                #expect(try await named(ledger).isEmpty)
                #expect(try await ledger.figures().current?.rooms.other.total == 6)
            }
        }
    }

    @Test("The limit may change while the ledger is open: a lower one counts at once, a higher one at the next reading")
    func otherLimit() async throws {
        try await withLedger(limit: 2) { ledger in
            try await ledger.record([Reading(day, hour: 1, ["a": 3, "b": 2, "c": 1])])
            ledger.folding = RoomFolding(limit: 1)
            #expect(try await named(ledger) == ["a"])
            ledger.folding = RoomFolding(limit: 3)
            #expect(try await named(ledger) == ["a", "b"])
            try await ledger.record([Reading(day, hour: 2, ["a": 3, "b": 2, "c": 2])])
            #expect(try await named(ledger) == ["a", "b", "c"])
        }
    }

    private func named(_ ledger: UsageLedger) async throws -> [String] {
        try await ledger.figures().current?.rooms.named.map(\.room.text) ?? []
    }
}
