import TestSupport
import Testing
import Usage

@Suite("Rooms in order")
struct RoomOrderTests {
    private static let parts = ["", "a", "b", "room-", "0", "9", "é", "e\u{301}", "教室", "🎧", " ", ",", "~"]

    @Test("Rooms come in the order of their bytes, each once and with all its usage", arguments: 0..<20)
    func merged(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let start = ["", "room-", "a start of more than eight bytes "].randomElement(using: &random) ?? ""
        var rooms: [RoomUsage] = []
        for _ in 0..<Int.random(in: 0...400, using: &random) {
            let id = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Self.parts.randomElement(using: &random) ?? ""
            }
            let seconds = TierSeconds.random(upTo: 86_400, using: &random)
            rooms.append(RoomUsage(room: RoomID(start + id.joined()), seconds: seconds))
        }
        let merged = rooms.merged()
        let expected = Dictionary(grouping: rooms, by: \.room).sorted { left, right in
            left.key.text.utf8.lexicographicallyPrecedes(right.key.text.utf8)
        }
        #expect(merged.map(\.room) == expected.map(\.key))
        #expect(merged.map(\.seconds) == expected.map { $0.value.map(\.seconds).reduce(.zero, +) })
        #expect(merged.merged() == merged)
        #expect(rooms.reversed().merged() == merged)
        #expect(rooms.shuffled(using: &random).merged() == merged)
    }

    @Test(
        "An id that ends comes before one that goes on, even with zeros",
        arguments: ["", "a", "12345678", "123456789"]
    )
    func endings(id: String) throws {
        let ids = [0, 1, 8, 9].map { Array(id.utf8) + Array(repeating: 0, count: $0) } + [Array(id.utf8) + [1]]
        let rooms = try ids.map { RoomUsage(room: try #require(RoomID(kept: $0)), seconds: .zero) }
        #expect(Array(rooms.reversed()).merged() == rooms)
    }
}
