import Testing
import Usage
import TestSupport

@Suite("Rooms of a reading")
struct RoomUsageTests {
    @Test("Rows of one room are added up, tier by tier")
    func duplicates() {
        let rows = [
            RoomUsage("b", 1), RoomUsage("a", 10, tier: .audio), RoomUsage("b", 2, tier: .fourK), RoomUsage("b", 4),
            RoomUsage("", 3),
        ]
        let expected = [
            RoomUsage("", 3), RoomUsage("a", 10, tier: .audio),
            RoomUsage(room: RoomID("b"), seconds: TierSeconds([.sd: 5, .fourK: 2])),
        ]
        #expect(rows.merged() == expected)
    }

    @Test("Nothing merges to nothing")
    func empty() {
        #expect([RoomUsage]().merged().isEmpty)
        #expect([RoomUsage]().total.isZero)
    }

    @Test("Rooms that are in order already are not copied, and those that are not stay as they were")
    func inOrder() {
        let rows = (100..<200).map { RoomUsage("room-\($0)", $0) }
        #expect(storage(of: rows.merged()) == storage(of: rows))
        #expect(DayUsage(day: UsageDay(number: 1, zone: .utc), rooms: rows).rooms == rows)
        let again = rows + [RoomUsage("room-199", 1)]
        #expect(storage(of: again.merged()) != storage(of: again))
        #expect(again.count == 101)
        #expect(again.merged().total == again.total)
    }

    /// Where an array keeps its elements.
    private func storage(of rows: [RoomUsage]) -> Int {
        unsafe rows.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
    }

    @Test("Merging conserves the total, leaves each room once in order, and need not be done twice", arguments: 0..<40)
    func conserves(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rows = RoomUsage.random(Int.random(in: 0...150, using: &generator), upTo: 1000, using: &generator)
        let merged = rows.merged()
        #expect(merged.total == rows.total)
        #expect(zip(merged, merged.dropFirst()).allSatisfy { $0.room < $1.room })
        #expect(merged == merged.merged())
        #expect(merged == rows.shuffled(using: &generator).merged())
        #expect(Set(merged.map(\.room)) == Set(rows.map(\.room)))
    }
}
