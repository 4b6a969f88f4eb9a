import Testing

@testable import rtc_exporter

@Suite("Which apps of a list are polled")
struct AppSelectionTests {
    @Test(
        "A star is any text and a question mark one character; everything else stands for itself",
        arguments: [
            ("*", "", true), ("*", "anything", true), ("class*", "classroom", true), ("class*", "Classroom", false),
            ("*room", "classroom", true), ("*room", "rooms", false), ("c?a*", "classroom", true),
            ("c?b*", "classroom", false), ("cl?ss*", "classroom", true),
            ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-c-b", false), ("", "", true), ("", "a", false),
            ("a.c", "abc", false),
            ("[a]", "[a]", true), ("**", "x", true), ("教室*", "教室 3", true), ("?", "é", true), ("a*", "b", false),
        ]
    )
    func pattern(pattern: String, name: String, fits: Bool) {
        #expect(NamePattern(text: pattern).matches(name) == fits)
    }

    @Test("A pattern with many stars does not take for ever")
    func manyStars() {
        let pattern = NamePattern(text: String(repeating: "a*", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }

    @Test("An app is polled when its id or name fits an included pattern, or there is none, and no excluded one")
    func selection() {
        func polls(_ include: [String], _ exclude: [String], id: String = "661e", name: String = "Live") -> Bool {
            AppSelection(include: include.map(NamePattern.init), exclude: exclude.map(NamePattern.init))
                .contains(id: id, name: name)
        }
        #expect(polls([], []))
        #expect(polls(["661*"], []) && polls(["Li*"], []) && !polls(["live"], []))
        #expect(polls(["other", "Live"], []))
        #expect(!polls([], ["661e"]) && !polls([], ["L*"]) && !polls(["661*"], ["Live"]))
        #expect(polls(["*"], ["Test*"]))
    }
}
