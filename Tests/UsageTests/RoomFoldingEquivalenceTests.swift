import TestSupport
import Testing

@testable import Usage

/// Folding looks for the largest rooms in one pass. The rule is written here as it reads: by sorting all rooms.
@Suite("Folding in one pass")
struct RoomFoldingEquivalenceTests {
    /// The rule by sorting.
    private struct Sorting {
        let limit: Int

        func fold(_ rooms: [RoomUsage], previous: Set<RoomID>) -> FoldedRooms {
            let candidates = rooms.filter { !$0.room.isReserved && !$0.seconds.isZero }
            var named = candidates.filter { previous.contains($0.room) }.sorted(by: RoomUsage.largestFirst)
            let challengers = candidates.filter { !previous.contains($0.room) }.sorted(by: RoomUsage.largestFirst)
            named.removeLast(max(0, named.count - limit))
            let (settled, free) = (named, min(limit - named.count, challengers.count))
            named += challengers.prefix(free)
            for (index, challenger) in zip(settled.indices.reversed(), challengers.dropFirst(free)) {
                guard challenger.seconds.total * 10 >= settled[index].seconds.total * 11 else { break }
                named[index] = challenger
            }
            return FoldedRooms(
                named: named.sorted(by: RoomUsage.largestFirst),
                other: rooms.total.combined(with: named.total, -),
                roomCount: rooms.count { !$0.seconds.isZero }
            )
        }
    }

    @Test("It gives what sorting all rooms gives, of many rooms of one size too", arguments: UInt64(0)..<400)
    func equalsSorting(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = [0, 1, 5, 60, 700].randomElement(using: &random) ?? 0
        let sizes = [1, 2, 5, 40, 100_000].randomElement(using: &random) ?? 1
        let limit = [0, 1, 2, 7, 100, count, count + 1].randomElement(using: &random) ?? 0
        let rooms = Self.rooms(count, sizes: sizes, using: &random)
        let named = Int.random(in: 0...limit + 3, using: &random)
        var previous = Set(rooms.shuffled(using: &random).prefix(named).map(\.room))
        if Bool.random(using: &random) { previous.formUnion([RoomID("gone"), .other, .empty]) }

        let expected = Sorting(limit: limit).fold(rooms, previous: previous)
        #expect(RoomFolding(limit: limit).fold(rooms, previous: previous) == expected)
        let shuffled = rooms.shuffled(using: &random)
        #expect(RoomFolding(limit: limit).fold(shuffled, previous: previous) == expected)
    }

    @Test("It gives so for a day that grows, where each choice is the next one's start", arguments: UInt64(0)..<20)
    func growing(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var rooms = Self.rooms(300, sizes: 30, using: &random)
        var previous: Set<RoomID> = []
        for _ in 0..<12 {
            let expected = Sorting(limit: 20).fold(rooms, previous: previous)
            #expect(RoomFolding(limit: 20).fold(rooms, previous: previous) == expected)
            previous = Set(expected.named.map(\.room))
            for index in rooms.indices where Bool.random(using: &random) {
                rooms[index].seconds[.hd] += Int.random(in: 0...4, using: &random)
            }
        }
    }

    @Test("Totals that rise or fall with the ids, and all alike, are no exception", arguments: [-1, 0, 1])
    func sorted(slope: Int) {
        let rooms = (0..<2_000).map { RoomUsage("room-\(10_000 + $0)", 5_000 + slope * $0) }
        for limit in [1, 99, 100, 1_999, 2_000] {
            #expect(
                RoomFolding(limit: limit).fold(rooms, previous: []) == Sorting(limit: limit).fold(rooms, previous: [])
            )
        }
    }

    /// Rooms in the order of their bytes, the reserved ones and some without usage among them.
    private static func rooms(_ count: Int, sizes: Int, using random: inout SeededGenerator) -> [RoomUsage] {
        let names = ["", "_other"] + (0..<count).map { "room-\(100_000 + $0)-of-an-app" }
        return names.map { RoomUsage($0, Int.random(in: 0...sizes, using: &random)) }.merged()
    }
}
