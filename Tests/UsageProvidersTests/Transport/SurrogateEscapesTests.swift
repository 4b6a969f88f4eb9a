import Foundation
import TestSupport
import Testing

@testable import UsageProviders

@Suite("Escapes of half a character")
struct SurrogateEscapesTests {
    @Test(
        "One alone is replaced, two that belong together stay, and so does all that only looks like one",
        arguments: [
            (#"\ud83c\udfa7"#, #"\ud83c\udfa7"#), (#"\uD83C\uDFA7"#, #"\uD83C\uDFA7"#), (#"\ud800"#, #"\ufffd"#),
            (#"\udbff"#, #"\ufffd"#), (#"\uDC00"#, #"\ufffd"#), (#"\udFfF"#, #"\ufffd"#),
            (#"\udfa7\ud83c"#, #"\ufffd\ufffd"#), (#"\ud83c\ud83c\udfa7"#, #"\ufffd\ud83c\udfa7"#),
            (#"\ud83c\udfa7\udfa7"#, #"\ud83c\udfa7\ufffd"#), (#"\ud83c \udfa7"#, #"\ufffd \ufffd"#),
            (#"\ud83c\n\udfa7"#, #"\ufffd\n\ufffd"#), (#"\ud83c\\udfa7"#, #"\ufffd\\udfa7"#),
            (#"\\ud83c"#, #"\\ud83c"#), (#"\\\ud83c"#, #"\\\ufffd"#), (#"\\\\ud83c"#, #"\\\\ud83c"#),
            (#"\u6559\u5ba4\ud7ff\ue000\uffff"#, #"\u6559\u5ba4\ud7ff\ue000\uffff"#), (#"\ud80"#, #"\ud80"#),
            (#"\ud80g"#, #"\ud80g"#), (#"\ud8"#, #"\ud8"#), (#"\ug800"#, #"\ug800"#), (#"\"#, #"\"#), (#"\u"#, #"\u"#),
            ("\\ud\u{18}00", "\\ud\u{18}00"), ("", ""), ("d800", "d800"), (#"\n\"\/\ud800\t"#, #"\n\"\/\ufffd\t"#),
        ]
    )
    func repaired(json: String, expected: String) {
        #expect(String(decoding: SurrogateEscapes.repaired(Array(json.utf8)), as: UTF8.self) == expected)
    }

    @Test("After it every text of escapes can be decoded, and one that could be before is not changed")
    func decodable() throws {
        var random = SeededGenerator(seed: 5)
        let parts = [#"\ud83c"#, #"\udfa7"#, #"\\"#, #"\n"#, "u", "d800", #"\u6559"#, "教", #"\""#]
        var changed = 0
        for _ in 0..<3_000 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in parts.randomElement(using: &random) ?? ""
            }
            let json = Array("[\"\(text.joined())\"]".utf8)
            let repaired = SurrogateEscapes.repaired(json)
            #expect(repaired.count == json.count)
            let decoded = try JSONDecoder().decode([String].self, from: Data(repaired))
            if let before = try? JSONDecoder().decode([String].self, from: Data(json)) {
                #expect(before == decoded)
                #expect(repaired == json)
            } else {
                changed += 1
            }
        }
        #expect((500..<2_500).contains(changed))
    }
}
