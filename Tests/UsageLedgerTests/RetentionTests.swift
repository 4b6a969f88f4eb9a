import Testing
import Usage
import UsageLedger

@Suite("What is no longer kept")
struct RetentionTests {
    private let today = LedgerExamples.day

    @Test("Old rooms go first, old days after them, and counters stay")
    func prune() async throws {
        try await withLedger { ledger in
            try await ledger.record([
                Reading(today.advanced(by: -60), hour: 1), Reading(today.advanced(by: -60), hour: 2, ["a": 5]),
            ])
            for age in 1..<60 {
                try await ledger.record([Reading(today.advanced(by: -age), hour: 40, ["a": 100, "b": age])])
            }
            try await ledger.record([Reading(today, hour: 9, ["a": 1])])
            let before = try await ledger.figures()
            #expect(before.metered.total > 5_900)

            try await ledger.prune(
                keepingDays: .seconds(50 * 86_400),
                rooms: .seconds(20 * 86_400)
            )
            let ages = try await ledger.days().map { today.number - $0.day.number }
            // One more day is kept than was asked for, since zones differ.
            #expect((50...52).contains(try #require(ages.max())))
            #expect(Set(ages) == Set(0...(ages.max() ?? 0)))
            for age in 0...(ages.max() ?? 0) {
                let rooms = try await ledger.rooms(on: today.advanced(by: -age))
                if age <= 20 { #expect(!rooms.isEmpty, "\(age) days old") }
                if age > 22 { #expect(rooms.isEmpty, "\(age) days old") }
            }
            let after = try await ledger.figures()
            #expect(after.metered == before.metered)
            #expect(after.current == before.current)
            #expect(after.month == before.month)
            #expect(after.settled == before.settled.filter { $0.day >= today.advanced(by: -(ages.max() ?? 0)) })
        }
    }

    @Test("Doing it again, or with nothing that is old, changes nothing")
    func again() async throws {
        try await withLedger { ledger in
            try await ledger.prune(keepingDays: .zero, rooms: .zero)
            for age in 0..<5 { try await ledger.record([Reading(today.advanced(by: -age), hour: 40, ["a": 1])]) }
            let days = try await ledger.days()
            for _ in 0..<2 {
                try await ledger.prune(
                    keepingDays: .seconds(400 * 86_400),
                    rooms: .seconds(40 * 86_400)
                )
                #expect(try await ledger.days() == days)
                #expect(try await ledger.rooms(on: today.advanced(by: -4)).count == 1)
            }
        }
    }

    @Test("A day whose rooms are gone keeps its total, and a revision brings rooms back")
    func totalWithoutRooms() async throws {
        try await withLedger { ledger in
            let old = today.advanced(by: -10)
            try await ledger.record([Reading(old, hour: 40, ["a": 60, "b": 40]), Reading(today, hour: 10)])
            try await ledger.prune(
                keepingDays: .seconds(400 * 86_400),
                rooms: .seconds(86_400)
            )
            #expect(try await ledger.rooms(on: old).isEmpty)
            #expect(try await ledger.figures().settled.first?.seconds.total == 100)
            try await ledger.record([Reading(old, hour: 50, ["a": 200])])
            #expect(try await ledger.rooms(on: old) == [RoomUsage("a", audio: 200)])
            #expect(try await ledger.figures().revisedUp == 100)
        }
    }

    @Test("A day that was deleted for its age is not metered again when it is read once more")
    func notTwice() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(today.advanced(by: -30), hour: 1, ["a": 5])])
            for age in 0..<30 { try await ledger.record([Reading(today.advanced(by: -age), hour: 23, ["a": 100])]) }
            let before = try await ledger.figures().metered
            try await ledger.prune(keepingDays: .seconds(10 * 86_400), rooms: .seconds(86_400))
            for age in 0..<30 { try await ledger.record([Reading(today.advanced(by: -age), hour: 99, ["a": 100])]) }
            #expect(try await ledger.figures().metered == before)
        }
    }

    @Test("Age is counted from the newest reading, so that no clock that is wrong empties the ledger")
    func byReadings() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(today.advanced(by: -5), hour: 1, ["a": 5])])
            try await ledger.prune(keepingDays: .seconds(86_400), rooms: .seconds(86_400))
            #expect(try await ledger.days().count == 1)
        }
    }
}
