import Exposition
import Testing

@Suite("Label values")
struct EscapingTests {
    @Test(
        "A value is escaped as little as possible",
        arguments: [
            ("plain", "plain"), ("", ""), (" ", " "), ("a\nb", "a\\nb"), ("\"", "\\\""), ("\\", "\\\\"),
            ("\\n", "\\\\n"),
            ("\\\"\n", "\\\\\\\"\\n"), ("\r\n", "\r\\n"), ("\t", "\t"), ("\0", "\0"), ("a\0b", "a\0b"), ("教室", "教室"),
            ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("\u{202e}שלום", "\u{202e}שלום"), ("e\u{301}", "e\u{301}"), ("\u{2028}", "\u{2028}"),
            ("\u{feff}x", "\u{feff}x"), ("}", "}"), ("# EOF", "# EOF"),
        ]
    )
    func escaped(_ value: String, is text: String) {
        let family = MetricFamily("a", .gauge, help: "A.", labels: ["room"])
        for format in ExpositionFormat.allCases {
            let page = rendered([FamilySamples(family, [Sample(["room": value], 1)])], format)
            #expect(Array(page.utf8).contains(Array("\na{room=\"\(text)\"} 1\n".utf8)))
        }
    }

    @Test("A value of any length is written whole", arguments: [15, 16, 4095, 4096, 4097, 1_000_000])
    func long(_ count: Int) throws {
        let value = String(repeating: "\"\\\n", count: count)
        let page = rendered([FamilySamples(Examples.silent, [Sample(["room": value], 1)])])
        #expect(try Reader(Array(page.utf8)).samples.first?.labels == [["room", value]])
    }
}
