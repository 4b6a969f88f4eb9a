import GRDB
import TestSupport
import Testing
import Usage

@testable import UsageLedger

@Suite("Runs of rooms")
struct RoomBlockTests {
    @Test("All rooms come back as they were, whatever their ids", arguments: [0, 1, 2, 63, 64, 65, 700, 5_000])
    func roundTrip(count: Int) throws {
        for seed in 0..<4 as Range<UInt64> {
            var random = SeededGenerator(seed: seed + UInt64(count) * 31)
            let rooms = Self.rooms(count, using: &random)
            let blocks = RoomBlock.blocks(of: rooms)
            #expect(try blocks.flatMap { try RoomBlock.rooms(in: $0.bytes) } == rooms)
            #expect(try RoomBlock.rooms(in: RoomBlock.run(of: rooms)) == rooms)
            try expectOrder(of: blocks)
        }
    }

    /// Each run is found by its key: it is that of the first room, and below that of the run after it.
    private func expectOrder(of blocks: [RoomBlock]) throws {
        #expect(blocks.first?.key ?? [] == [])
        for block in blocks.dropFirst() {
            let first = try #require(try RoomBlock.rooms(in: block.bytes).first)
            #expect(block.key == Array(first.room.text.utf8))
        }
        for (block, next) in zip(blocks, blocks.dropFirst()) {
            #expect(block.key.lexicographicallyPrecedes(next.key))
            #expect(
                try RoomBlock.rooms(in: block.bytes).allSatisfy {
                    Array($0.room.text.utf8).lexicographicallyPrecedes(next.key)
                }
            )
        }
    }

    @Test("A ledger that got there by many readings holds the same runs as one that was told at once")
    func history() async throws {
        var random = SeededGenerator(seed: 7)
        let final = Self.rooms(1_500, using: &random)
        let direct = try await runs(after: [final])
        for _ in 0..<3 {
            var steps: [[RoomUsage]] = []
            for _ in 0..<4 {
                let kept = final.filter { _ in !random.oneIn(3) }
                steps.append((kept + Self.rooms(200, using: &random)).merged())
            }
            #expect(try await runs(after: steps + [final]) == direct)
        }
        #expect(direct == RoomBlock.blocks(of: final.filter { !$0.seconds.isZero }))
    }

    private func runs(after steps: [[RoomUsage]]) async throws -> [RoomBlock] {
        try await withLedger { ledger in
            for (index, rooms) in steps.enumerated() {
                try await ledger.record([Reading(LedgerExamples.day, hour: Double(index + 1), rooms)])
            }
            return try await ledger.read { db in
                try Row.fetchAll(db, sql: "SELECT first_room, rooms FROM room_block ORDER BY first_room")
                    .map { RoomBlock(key: try $0[0], bytes: try $0[1]) }
            }
        }
    }

    @Test("A room that changes, comes or goes changes its own run, or the two at a boundary")
    func oneChange() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<60 {
            let rooms = Self.rooms(2_000, using: &random)
            let place = random.below(rooms.count)
            var changed = rooms
            changed[place].seconds += TierSeconds([.audio: 1])
            var shorter = rooms
            shorter.remove(at: place)
            let blocks = RoomBlock.blocks(of: rooms)
            #expect(Self.difference(blocks, RoomBlock.blocks(of: changed)) == 2, "one run, before and after")
            #expect(Self.difference(blocks, RoomBlock.blocks(of: shorter)) <= 3, "one run, or two that become one")
        }
    }

    /// How many runs only one of the two has.
    private static func difference(_ left: [RoomBlock], _ right: [RoomBlock]) -> Int {
        Set(left).symmetricDifference(right).count
    }

    @Test("Numbered rooms take less than 65 bytes each on disk, and some sixty share a run")
    func density() async throws {
        let rooms = (0..<30_000).map { index in
            let digits = String(index)
            let id = "room-" + String(repeating: "0", count: 6 - digits.count) + digits
            return RoomUsage(room: RoomID(id), seconds: TierSeconds([.audio: 3_600 + index, .hd: 7_200 + index]))
        }
        let runs = RoomBlock.blocks(of: rooms)
        #expect((300...900).contains(runs.count))
        #expect(runs.reduce(0) { $0 + $1.bytes.count } < 65 * rooms.count)
        let size = try await withLedger { ledger in
            let before = ledger.condition.size
            try await ledger.record([Reading(LedgerExamples.day, hour: 1, rooms)])
            try await ledger.checkpoint()
            return ledger.condition.size - before
        }
        #expect(size < 65 * rooms.count)
    }

    /// Rooms of all kinds, in order and each once.
    private static func rooms(_ count: Int, using random: inout SeededGenerator) -> [RoomUsage] {
        var ids: Set<RoomID> = count > 4 ? [.empty, .other] : []
        while ids.count < count { ids.insert(id(using: &random)) }
        return ids.sorted().map { RoomUsage(room: $0, seconds: random.tierSeconds()) }
    }

    private static func id(using random: inout SeededGenerator) -> RoomID {
        switch random.below(6) {
        case 0: RoomID("room-\(random.below(1_000_000))")
        case 1: RoomID(String(repeating: "课堂", count: random.below(90)) + "\(random.below(99))")
        case 2: RoomID(bytes: random.bytes(random.below(40)))
        case 3: RoomID(String(repeating: "x", count: random.below(1_100)) + String(random.below(9)))
        case 4: RoomID(["e\u{301}", "\u{E9}", " ", "\u{7F}", "🧑‍🏫"][random.below(5)] + "\(random.below(10_000))")
        default: RoomID("tenant/\(random.below(7))/\(random.below(100_000))")
        }
    }
}
