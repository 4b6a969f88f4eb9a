import Testing
import TestSupport

@testable import Usage

@Suite("Room ids")
struct RoomIDTests {
    @Test("An id is kept as it is", arguments: ["", "7", "007", "a,b \"c\"", "教室 1", "👩‍👩‍👧", "_other", "\u{1}\n"])
    func kept(text: String) {
        #expect(RoomID(text).text == text)
        #expect(RoomID(bytes: Array(text.utf8)) == RoomID(text))
    }

    @Test("Invalid UTF-8 is repaired")
    func repaired() {
        #expect(RoomID(bytes: [0x61, 0xff, 0x62]).text == "a\u{fffd}b")
        #expect(RoomID(bytes: [0xc0, 0x80]).text == "\u{fffd}\u{fffd}")
        #expect(RoomID(bytes: [0xe6, 0x95]).text == "\u{fffd}")
        #expect(RoomID(bytes: [0x61, 0xff]) == RoomID(bytes: [0x61, 0xfe]))
    }

    @Test("A NUL, behind which C libraries would not look, is replaced")
    func nul() {
        #expect(RoomID("a\0b").text == "a\u{fffd}b")
        #expect(RoomID("a\0b") != RoomID("a\0c"))
    }

    @Test("An id is cut only when it is longer than the limit")
    func longest() {
        let fits = String(repeating: "x", count: 1024)
        #expect(RoomID(fits).text == fits)
        let cut = RoomID(fits + "x").text
        #expect(cut.hasPrefix("xxx"))
        #expect(cut.utf8.count <= 1024)
        #expect(cut.utf8.suffix(17).first == UInt8(ascii: "~"))
        #expect(cut.utf8.suffix(16).allSatisfy { "0123456789abcdef".utf8.contains($0) })
    }

    @Test("Long ids that begin alike stay distinct, and equal ones equal")
    func distinct() {
        let long = String(repeating: "长", count: 2000)
        let ids = (0..<50).map { RoomID(long + "\($0)") }
        #expect(Set(ids).count == 50)
        #expect(RoomID(long + "7") == ids[7])
    }

    @Test("Any bytes give valid UTF-8 of at most 1024 bytes, and reading it again changes nothing", arguments: 0..<12)
    func bounded(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let count = Int.random(in: 0...3000, using: &generator)
            let high = Bool.random(using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: high ? 128...255 : 0...255, using: &generator) }
            let id = RoomID(bytes: bytes)
            #expect(id.text.utf8.count <= RoomID.longest)
            #expect(String(validating: Array(id.text.utf8), as: UTF8.self) == id.text)
            #expect(RoomID(id.text) == id)
        }
    }

    @Test("Ids that repairing makes too long are cut too, and stay distinct")
    func repairedAndCut() {
        let broken = [UInt8](repeating: 0xff, count: 1024)
        let other = broken.dropLast() + [0xfe]
        #expect(RoomID(bytes: broken).text.utf8.count <= 1024)
        #expect(RoomID(bytes: other).text.utf8.count <= 1024)
        #expect(RoomID(bytes: broken) != RoomID(bytes: other))
    }

    @Test("Composed and decomposed accents are two rooms")
    func accents() {
        let composed = RoomID("caf\u{e9}")
        let decomposed = RoomID("cafe\u{301}")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(decomposed < composed)
        #expect(Set([composed, decomposed]).count == 2)
        let rows = [composed, decomposed, composed].map { RoomUsage(room: $0, seconds: .zero) }
        #expect(rows.merged().map(\.room) == [decomposed, composed])
    }

    @Test("Ids are ordered by their bytes", arguments: 0..<4)
    func order(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = ["a", "A", "é", "e\u{301}", "z", "中", "👍", "~", ""]
        let ids = (0..<60).map { _ in
            RoomID((0..<3).compactMap { _ in alphabet.randomElement(using: &generator) }.joined())
        }
        for left in ids {
            for right in ids {
                let isLess = Array(left.text.utf8).lexicographicallyPrecedes(Array(right.text.utf8))
                #expect((left < right) == isLess)
                #expect((left == right) == (Array(left.text.utf8) == Array(right.text.utf8)))
                #expect(left != right || left.hashValue == right.hashValue)
            }
        }
    }

    @Test("Ids that begin alike are ordered by what comes after, the shorter one first, whatever their length")
    func beginnings() {
        for length in [0, 1, 7, 8, 14, 15, 16, 17, 63, 200] {
            let beginning = String(repeating: "x", count: length)
            let ids = ["", "\u{1}", "a", "aa", "b", "e\u{301}", "z", "\u{e9}", "中", "👍"].map { RoomID(beginning + $0) }
            for (left, leftID) in ids.enumerated() {
                for (right, rightID) in ids.enumerated() {
                    #expect((leftID < rightID) == (left < right))
                    #expect((leftID == rightID) == (left == right))
                }
            }
        }
    }

    @Test("A keyed hash is the HMAC-SHA256 of the id, cut to 16 digits")
    func hashed() {
        // RFC 4231, test case 2.
        let hash = RoomID("what do ya want for nothing?").hashed(key: "Jefe")
        #expect(hash.text == "5bdcc146bf60754e")
    }

    @Test("A keyed hash hides the id, stays the same and depends on the key")
    func hashes() {
        let ids = (0..<200).map { RoomID("classroom-\($0)") }
        let hashes = ids.map { $0.hashed(key: "secret") }
        #expect(Set(hashes).count == 200)
        #expect(hashes == ids.map { $0.hashed(key: "secret") })
        #expect(Set(hashes).isDisjoint(with: ids.map { $0.hashed(key: "Secret") }))
        for hash in hashes {
            #expect(hash.text.utf8.count == 16)
            #expect(hash.text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) })
            #expect(!hash.text.contains("classroom"))
        }
    }

    @Test("Only the empty id and _other are reserved")
    func reserved() {
        #expect(RoomID("_other").isReserved)
        #expect(RoomID("").isReserved)
        #expect(RoomID("_other") == .other)
        #expect(RoomID(bytes: []) == .empty)
        for text in ["other", "_Other", "_other ", " ", "_others"] {
            #expect(!RoomID(text).isReserved)
        }
    }
}
