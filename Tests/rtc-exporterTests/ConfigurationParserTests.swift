import Testing

@testable import rtc_exporter

@Suite("Parsing the configuration")
struct ConfigurationParserTests {
    @Test(
        "What is doubtful is accepted with a warning",
        arguments: [
            (
                account("limits: { room_usage: 1s500ms }"),
                "f.yml:6: accounts[0].limits.room_usage: 1s500ms is below the 15s that tencent documents"
            ),
            (
                account("endpoint: http://10.0.0.1:8080"),
                "f.yml:6: accounts[0].endpoint: calls to this host are not encrypted"
            ),
            ("ledger: { retention: 40d }\n" + account(), "f.yml:1: ledger.retention: below 62d"),
            (
                "ledger: { retention: 70d }\npoll: { history: 71d }\n" + account(),
                "f.yml:2: poll: `poll.history` (71d) is longer than `ledger.retention` (70d)"
            ),
            (
                account() + account(name: "b", apps: "[ { id: 2 } ]").replacing("accounts:\n", with: ""),
                "f.yml:7: accounts[1]: the credentials are those of accounts[0] on line 2"
            ),
        ]
    )
    func warning(_ text: String, expected: String) throws {
        let warnings = try parse(text, file: "f.yml").warnings.map(\.description)
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix(expected) == true, "\(warnings)")
    }

    @Test(
        "No endpoint on this machine gives a warning",
        arguments: [
            "http://localhost", "http://127.0.0.1:8080", "http://127.8.8.8", "http://[::1]:1", "http://a.localhost",
        ]
    )
    func loopback(_ endpoint: String) throws {
        let configuration = try parse(account("endpoint: \"\(endpoint)\""))
        #expect(configuration.warnings.isEmpty)
        #expect(configuration.accounts[0].endpoint == endpoint)
    }

    @Test(
        "Relative paths start at the folder of the file",
        arguments: [
            ("/etc/rtc/f.yml", "/etc/rtc/a.sqlite"), ("conf/f.yml", "conf/a.sqlite"), ("f.yml", "a.sqlite"),
            ("/f.yml", "/a.sqlite"),
        ]
    )
    func relativePaths(_ file: String, path: String) throws {
        #expect(try parse("ledger: { path: a.sqlite }\n" + account(), file: file).ledger.path == path)
        #expect(try parse("ledger: { path: /b }\n" + account(), file: file).ledger.path == "/b")
    }

    @Test("Many repeated keys end in one message, not in an endless loop")
    func manyRepeatedKeys() {
        let found = messages(String(repeating: "poll: { interval: 5m }\n", count: 500))
        #expect(found == ["f.yml:21: a key of this mapping is repeated"])
    }

    @Test("Keys that are repeated inside credentials are not quoted")
    func repeatedConfidentialKeys() {
        let line = "{ secret_id: { \(SampleSecret.key): 1, \(SampleSecret.key): 2 } }"
        let found = messages("accounts: [ { name: a, provider: tencent, apps: [ { id: 1 } ], credentials: \(line) } ]")
        #expect(found.contains { $0.contains("accounts[0].credentials.secret_id: this key is repeated") })
        #expect(!found.contains { $0.contains(SampleSecret.key) })
    }

    @Test("A small file full of aliases costs no more than it says", .timeLimit(.minutes(1)))
    func aliasBomb() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(messages(text + "accounts: *a60\n").count > 60)
    }

    @Test("Deep nesting is refused, not a crash")
    func deepNesting() {
        #expect(messages(String(repeating: "[", count: 100_000)).count == 1)
        #expect(messages(String(repeating: "a: {", count: 100_000)).count == 1)
    }

    @Test("A control character is named with its place")
    func controlCharacter() {
        #expect(
            messages("poll:\n  a\u{7}b: 1\n") == [
                "f.yml:2: the control character U+0007 (column 4) is not allowed in YAML"
            ]
        )
    }

    @Test("A byte order mark and line ends of Windows change nothing")
    func windows() throws {
        let text = "\u{FEFF}" + account("region: ap-nanjing").replacing("\n", with: "\r\n")
        #expect(try parse(text).accounts[0].details["region"] == "ap-nanjing")
        #expect(messages(text + "pol: 1\r\n") == ["f.yml:7: pol: unknown key; did you mean `poll`?"])
    }

    @Test(
        "A text of very few bytes is read safely",
        arguments: ["a", "[", "-", "a: b", "---", "x: &a [*a]", "\"", "%"]
    )
    func tiny(_ text: String) {
        #expect(messages(text).count >= 1)
    }
}

@Suite("Durations")
struct DurationTextTests {
    @Test(
        "A text is read and written alike",
        arguments: [
            ("30s", Duration.seconds(30)), ("5m", .seconds(300)), ("8h", .seconds(28_800)),
            ("30d", .seconds(2_592_000)),
            ("500ms", .milliseconds(500)), ("1h30m", .seconds(5_400)), ("1d2h3m4s5ms", .milliseconds(93_784_005)),
            ("0s", .zero),
        ]
    )
    func readAndWritten(_ text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
        #expect(DurationText.text(duration) == text)
    }

    @Test(
        "Other texts are no durations",
        arguments: [
            "", "s", "5", "5 m", "5M", "1m1h", "1h1h", "-1s", "+1s", "1.5h", "1e3s", "1ms1s", "٣s",
            "99999999999999999999s",
            "9223372036854775807d", "106751991167d106751991167h", " 1s", "1s ", "5min", "1w",
        ]
    )
    func refused(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}

@Suite("Did you mean")
struct SpellingTests {
    @Test(
        "A slip finds its word",
        arguments: [
            ("intervall", "interval"), ("itnerval", "interval"), ("Interval", "interval"), ("timeuot", "timeout"),
            ("histroy", "history"),
        ]
    )
    func found(_ written: String, meant: String) {
        #expect(Spelling.nearest(to: written, among: ["interval", "history", "timeout"]) == meant)
    }

    @Test("Another word finds nothing", arguments: ["", "x", "region", String(repeating: "interval", count: 1_000)])
    func notFound(_ written: String) {
        #expect(Spelling.nearest(to: written, among: ["interval", "history", "timeout"]) == nil)
    }
}
