import Testing
import Usage

@Suite("Ids of rooms that are taken as they are")
struct UnalteredRoomIDTests {
    @Test(
        "An id without any fault is what the careful way makes of it",
        arguments: ["", "a", "教室", "🎧é", " \u{7F}", "e\u{301}"]
    )
    func whole(text: String) {
        #expect(taken(Array(text.utf8)) == RoomID(text))
    }

    @Test("The longest id is taken, and none that is longer")
    func longest() {
        let bytes = Array(repeating: UInt8(ascii: "x"), count: RoomID.longest + 1)
        #expect(taken(bytes.dropLast())?.text.utf8.count == RoomID.longest)
        #expect(taken(bytes) == nil)
    }

    @Test(
        "An id that has to be repaired, or may have been, is not taken",
        arguments: [
            [0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0], [0x61, 0, 0x62], [0xEF, 0xBF, 0xBD],
        ]
    )
    func broken(bytes: [UInt8]) {
        #expect(taken(bytes) == nil)
    }

    private func taken(_ bytes: [UInt8]) -> RoomID? { RoomID(unaltered: bytes.span) }
}
