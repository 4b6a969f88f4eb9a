import Testing
import Usage
import TestSupport

@Suite("Rounded seconds")
struct RoundedSecondsTests {
    @Test(
        "A decimal becomes whole seconds, half up",
        arguments: [
            ("0", 0), ("1", 1), ("007", 7), ("+1", 1), ("1.", 1), ("1.0", 1), ("1.4", 1), ("1.49999999999999", 1),
            ("1.5", 2), ("1.50", 2), ("2.5", 3), (".5", 1), (".4", 0), ("+.5", 1), ("0.5", 1), ("0.499", 0),
            ("9.9", 10), ("4294967296", 4_294_967_296), ("1000000000000", 1_000_000_000_000),
            ("1000000000000.4", 1_000_000_000_000), ("999999999999.5", 1_000_000_000_000),
            ("00000000000000000000000000000000000001", 1),
        ]
    )
    func good(text: String, seconds: Int) {
        #expect(RoundedSeconds.parse(text.utf8) == seconds)
    }

    @Test(
        "Everything else is no figure",
        arguments: [
            "", " 1", "1 ", "\t1", "-1", "-0", "+", ".", "+.", "++1", "+-1", "1+", "1e3", "1E3", "1.e3", "1.5e0", "NaN",
            "nan", "inf", "Infinity", "+inf", "0x10", "1,5", "1_000", "1.2.3", "1..", "..1", "a", "1a", ".a", "1.5a",
            "１",
            "٣", "\"1\"", "1\n", "\u{0}", "1000000000000.5", "1000000000001", "9223372036854775807",
            "9223372036854775808", "99999999999999999999999999999999999999999",
        ]
    )
    func bad(text: String) {
        #expect(RoundedSeconds.parse(text.utf8) == nil)
    }

    @Test("Any figure with one decimal is rounded as integers would be", arguments: 0..<4)
    func tenths(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let tenths = Int.random(in: 0...RoundedSeconds.largest, using: &generator)
            #expect(RoundedSeconds.parse("\(tenths / 10).\(tenths % 10)".utf8) == (tenths + 5) / 10)
        }
    }

    @Test("Any bytes give a figure within bounds or none", arguments: 0..<4)
    func anything(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789.+-e ".utf8) + [0, 255]
        for _ in 0..<2000 {
            let count = Int.random(in: 0...18, using: &generator)
            let bytes = (0..<count).compactMap { _ in alphabet.randomElement(using: &generator) }
            guard let seconds = RoundedSeconds.parse(bytes) else { continue }
            #expect((0...RoundedSeconds.largest).contains(seconds))
            #expect(bytes.allSatisfy { (48...57).contains($0) || $0 == 46 || $0 == 43 })
        }
    }

    @Test("A slice is read from where it begins")
    func slices() {
        let row = Array("room,12.5,7".utf8)
        #expect(RoundedSeconds.parse(row[5..<9]) == 13)
        #expect(RoundedSeconds.parse(row[10...]) == 7)
    }
}
