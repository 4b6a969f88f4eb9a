import Testing

@testable import ExporterHTTP

@Suite("Text in HTML")
struct HTMLTextTests {
    @Test(
        "Markup, controls and what turns the direction of text become harmless",
        arguments: [
            ("Classroom 教室", "Classroom 教室"), ("", ""), ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"),
            ("\"'", "&quot;&#39;"), ("&lt;", "&amp;lt;"), ("a\nb\tc\r", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
            ("\r\n", "\u{FFFD}\u{FFFD}"), ("\0\u{1B}\u{7F}\u{85}\u{9F}", String(repeating: "\u{FFFD}", count: 5)),
            ("x\u{202E}gnp", "x\u{FFFD}gnp"), ("\u{2066}a\u{2069}", "\u{FFFD}a\u{FFFD}"),
            ("a\u{200E}b\u{200F}c\u{061C}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
            ("a\u{2028}b\u{2029}", "a\u{FFFD}b\u{FFFD}"),
            ("שלום", "שלום"), ("👩‍👩‍👧‍👦🇩🇪", "👩‍👩‍👧‍👦🇩🇪"), ("e\u{301}", "e\u{301}"), ("<\u{301}b>", "&lt;\u{301}b&gt;"),
        ]
    )
    func escaped(_ text: String, becomes expected: String) {
        #expect(Array(HTMLText(text).description.unicodeScalars) == Array(expected.unicodeScalars))
    }
}
