import Testing
import Usage
import TestSupport

@Suite("Folding of rooms")
struct RoomFoldingTests {
    @Test("The largest rooms are named, the rest is summed up")
    func largest() {
        let rooms = [RoomUsage("a", 5), RoomUsage("b", 50), RoomUsage("c", 7, tier: .hd), RoomUsage("d", 20)]
        let folded = RoomFolding(limit: 2).fold(rooms, previous: [])
        #expect(folded.named == [RoomUsage("b", 50), RoomUsage("d", 20)])
        #expect(folded.other == TierSeconds([.sd: 5, .hd: 7]))
        #expect(folded.roomCount == 4)
        #expect(folded.roomCount - folded.named.count == 2)
    }

    @Test("A challenger takes the place of a named room when it is a tenth larger, not before")
    func hysteresis() {
        let folding = RoomFolding(limit: 1)
        let previous: Set = [RoomID("in")]
        for challenger in [99, 100, 101, 109] {
            let folded = folding.fold([RoomUsage("in", 100), RoomUsage("out", challenger)], previous: previous)
            #expect(folded.named.map(\.room.text) == ["in"])
        }
        for challenger in [110, 111, 5000] {
            let folded = folding.fold([RoomUsage("in", 100), RoomUsage("out", challenger)], previous: previous)
            #expect(folded.named.map(\.room.text) == ["out"])
        }
    }

    @Test("Two rooms that take turns in being larger by little never change places")
    func stable() {
        var previous: Set<RoomID> = []
        for hour in 1...24 {
            let lead = hour.isMultiple(of: 2) ? 104 : 96
            let rooms = [RoomUsage("a", 100 * hour), RoomUsage("b", lead * hour)]
            let folded = RoomFolding(limit: 1).fold(rooms, previous: previous)
            previous = Set(folded.named.map(\.room))
            #expect(previous == [RoomID("a")])
        }
    }

    @Test("Without a place no room is named")
    func noPlace() {
        let rooms = [RoomUsage("a", 5), RoomUsage("b", 50)]
        let folded = RoomFolding(limit: 0).fold(rooms, previous: [RoomID("a")])
        #expect(folded.named.isEmpty)
        #expect(folded.other == TierSeconds([.sd: 55]))
        #expect(folded.roomCount - folded.named.count == 2)
    }

    @Test("Reserved names are never named, and rooms without usage neither")
    func reserved() {
        let rooms = [RoomUsage("", 900), RoomUsage("_other", 800), RoomUsage("a", 0), RoomUsage("b", 1)]
        let folded = RoomFolding(limit: 10).fold(rooms, previous: [.other, .empty, RoomID("a")])
        #expect(folded.named == [RoomUsage("b", 1)])
        #expect(folded.other == TierSeconds([.sd: 1700]))
        #expect(folded.roomCount == 3)
        #expect(folded.roomCount - folded.named.count == 2)
    }

    @Test("A room that vanished leaves its place to the largest one outside")
    func vanished() {
        let rooms = [RoomUsage("a", 11), RoomUsage("b", 12), RoomUsage("c", 13)]
        let folded = RoomFolding(limit: 2).fold(rooms, previous: [RoomID("a"), RoomID("gone")])
        #expect(folded.named.map(\.room.text) == ["c", "a"])
    }

    @Test("More places are filled with the largest rooms, fewer are kept by them")
    func otherLimit() {
        let rooms = (1...9).map { RoomUsage("\($0)", 100 + $0) }
        let four = RoomFolding(limit: 4).fold(rooms, previous: [RoomID("1"), RoomID("2")])
        #expect(Set(four.named.map(\.room.text)) == ["1", "2", "8", "9"])
        let one = RoomFolding(limit: 1).fold(rooms, previous: Set(four.named.map(\.room)))
        #expect(one.named.map(\.room.text) == ["9"])
    }

    @Test("Of rooms of one size those come first whose ids do")
    func ties() {
        let rooms = ["d", "b", "a", "c"].map { RoomUsage($0, 5) }
        #expect(RoomFolding(limit: 2).fold(rooms, previous: []).named.map(\.room.text) == ["a", "b"])
        #expect(RoomFolding(limit: 2).fold(rooms, previous: [RoomID("d")]).named.map(\.room.text) == ["a", "d"])
    }

    @Test("All rooms fit: nothing is folded")
    func allFit() {
        let folded = RoomFolding(limit: 3).fold([RoomUsage("a", 5), RoomUsage("b", 6)], previous: [])
        #expect(folded.other.isZero)
        #expect(folded.roomCount - folded.named.count == 0)
        #expect(RoomFolding(limit: 3).fold([], previous: [RoomID("a")]).roomCount == 0)
    }
}

/// Random days: few sizes, so that ties and near ties are common.
@Suite("Folding of any rooms")
struct RoomFoldingPropertyTests {
    private struct Case {
        let rooms: [RoomUsage]
        let previous: Set<RoomID>
        let folding: RoomFolding

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            let bound = Int.random(in: 1...40, using: &generator)
            let count = Int.random(in: 0...80, using: &generator)
            rooms = RoomUsage.random(count, upTo: bound, using: &generator).merged()
            let before = Int.random(in: 0...20, using: &generator)
            previous = Set((0..<before).map { _ in RoomID.random(using: &generator) })
            folding = RoomFolding(limit: Int.random(in: 0...16, using: &generator))
        }

        var folded: FoldedRooms { folding.fold(rooms, previous: previous) }
    }

    private static let seeds = UInt64(0)..<300

    @Test("Sums are exact, and no more rooms are named than may be", arguments: seeds)
    func sums(seed: UInt64) {
        let example = Case(seed: seed)
        let folded = example.folded
        #expect(folded.named.total + folded.other == example.rooms.total)
        #expect(Tier.allCases.allSatisfy { folded.other[$0] >= 0 })
        #expect(folded.named.count <= example.folding.limit)
        #expect(Set(folded.named.map(\.room)).count == folded.named.count)
        #expect(folded.named.allSatisfy { !$0.room.isReserved && !$0.seconds.isZero && example.rooms.contains($0) })
        #expect(folded.roomCount == example.rooms.count { !$0.seconds.isZero })
        #expect(folded.roomCount - folded.named.count >= 0)
        #expect(zip(folded.named, folded.named.dropFirst()).allSatisfy { $0.seconds.total >= $1.seconds.total })
    }

    @Test("The choice is the one that the rule's own words give, step by step", arguments: seeds)
    func rule(seed: UInt64) {
        let example = Case(seed: seed)
        let expected = slowly(example.rooms, example.previous, example.folding.limit)
        #expect(Set(example.folded.named.map(\.room)) == expected)
    }

    @Test("Folding again with its own choice changes nothing", arguments: seeds)
    func idempotent(seed: UInt64) {
        let example = Case(seed: seed)
        let once = example.folded
        #expect(example.folding.fold(example.rooms, previous: Set(once.named.map(\.room))) == once)
    }

    @Test("The order of the rooms does not matter", arguments: seeds)
    func order(seed: UInt64) {
        let example = Case(seed: seed)
        var generator = SeededGenerator(seed: seed &+ 1000)
        let shuffled = example.rooms.shuffled(using: &generator)
        #expect(example.folding.fold(shuffled, previous: example.previous) == example.folded)
    }

    @Test("A place is left free only when no room is left for it", arguments: seeds)
    func free(seed: UInt64) {
        let example = Case(seed: seed)
        let candidates = example.rooms.count { !$0.room.isReserved && !$0.seconds.isZero }
        #expect(example.folded.named.count == min(example.folding.limit, candidates))
    }

    /// The rule word by word: keep the largest of those named, fill free places with the largest, then swap the smallest
    /// inside for the largest outside while that is a tenth larger.
    private func slowly(_ rooms: [RoomUsage], _ previous: Set<RoomID>, _ limit: Int) -> Set<RoomID> {
        let bySize = rooms.filter { !$0.room.isReserved && !$0.seconds.isZero }.sorted {
            ($1.seconds.total, $0.room) < ($0.seconds.total, $1.room)
        }
        var inside = Array(bySize.filter { previous.contains($0.room) }.prefix(limit))
        func outside() -> [RoomUsage] { bySize.filter { !inside.contains($0) } }
        while inside.count < limit, let next = outside().first(where: { !previous.contains($0.room) }) {
            inside.append(next)
        }
        while let challenger = outside().first,
            let smallest = bySize.last(where: { inside.contains($0) }),
            challenger.seconds.total * 10 >= smallest.seconds.total * 11
        {
            inside.removeAll { $0 == smallest }
            inside.append(challenger)
        }
        return Set(inside.map(\.room))
    }
}
