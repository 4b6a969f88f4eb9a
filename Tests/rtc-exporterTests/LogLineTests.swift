import Foundation
import Logging
import Testing

@testable import rtc_exporter

@Suite("Log lines")
struct LogLineTests {
    private static let time = LogTime(milliseconds: 1_795_252_500_123)

    private static let hostile = [
        "", " ", "plain", "two words", "a=b", "say \"hi\"", "back\\slash", "line\nbreak", "\r\n", "tab\tstop",
        "\u{0}\u{1b}[31mred",
        "caf\u{e9}", "教室", "👩‍🏫", "\u{2028}\u{2029}\u{85}", "\u{202e}gnp.exe", "level=error msg=\"forged\"",
        "x\n{\"level\":\"error\"}", "\u{7f}", "</script>", "'", "\\u0041", "%", "\u{FEFF}bom", "e\u{301}", "\u{10ffff}",
        String(repeating: "long ", count: 10_000),
    ]

    private func entry(_ message: String, _ metadata: Logger.Metadata, component: String = "poller") -> LogEntry {
        LogEntry(time: Self.time, severity: .info, message: message, component: component, metadata: metadata)
    }

    @Test("A logfmt line begins with time, level, message and component; metadata follows by key")
    func logfmt() {
        let entry = entry("poll finished", ["rooms": "12", "app": "1400017192", "took": .stringConvertible(1.5)])
        #expect(
            LogFormat.logfmt.line(entry)
                == #"time=2026-11-21T09:15:00.123Z level=info msg="poll finished" component=poller "#
                + "app=1400017192 rooms=12 took=1.5"
        )
    }

    @Test("A JSON line has the same keys in the same order")
    func json() {
        let entry = entry("poll finished", ["rooms": ["a", ["b": "c"]], "app": "1400017192"])
        #expect(
            LogFormat.json.line(entry)
                == #"{"time":"2026-11-21T09:15:00.123Z","level":"info","msg":"poll finished","component":"poller","#
                + #""app":"1400017192","rooms":["a",{"b":"c"}]}"#
        )
    }

    @Test("Any text comes back from a logfmt line", arguments: hostile)
    func logfmtRoundTrip(_ text: String) throws {
        let line = LogFormat.logfmt.line(entry(text, ["value": "\(text)", "list": ["\(text)"]], component: text))
        #expect(isOneCleanLine(line))
        let pairs = try #require(LogfmtReader.pairs(line))
        #expect(pairs.map(\.key) == ["time", "level", "msg", "component", "list", "value"])
        #expect(pairs[2].value == text)
        #expect(pairs[3].value == text)
        #expect(pairs[5].value == text)
        let list = try JSONSerialization.jsonObject(with: Data(pairs[4].value.utf8)) as? [String]
        #expect(list == [text])
    }

    @Test("Any text comes back from a JSON line", arguments: hostile)
    func jsonRoundTrip(_ text: String) throws {
        let metadata: Logger.Metadata = ["value": "\(text)", "nested": ["list": ["\(text)"], "\(text)": "x"]]
        let line = LogFormat.json.line(entry(text, metadata, component: text))
        #expect(isOneCleanLine(line))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["msg"] as? String == text)
        #expect(object["component"] as? String == text)
        #expect(object["value"] as? String == text)
        let nested = try #require(object["nested"] as? [String: Any])
        #expect(nested["list"] as? [String] == [text])
        #expect(nested[text] as? String == "x")
    }

    @Test("Any key becomes one that no reader can mistake, and none hides another", arguments: LogFormat.allCases)
    func keys(_ format: LogFormat) throws {
        let metadata: Logger.Metadata = [
            "": "1", "a b": "2", "a_b": "3", "a=b": "4", "msg": "5", "time": "6", "x\ny": "7", "é": "8",
            "error.type": "9",
            "a\"b": "10",
        ]
        let line = format.line(entry("m", metadata))
        #expect(isOneCleanLine(line))
        let pairs: [String: String]
        switch format {
        case .logfmt:
            let read = try #require(LogfmtReader.pairs(line))
            pairs = Dictionary(uniqueKeysWithValues: read.map { ($0.key, $0.value) })
        case .json:
            pairs = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        }
        #expect(pairs.count == 14)
        #expect(pairs["msg"] == "m")
        #expect(pairs["msg_"] == "5")
        #expect(pairs["error.type"] == "9")
        #expect(Set(pairs.values).isSuperset(of: (1...10).map { "\($0)" }))
    }

    @Test(
        "Swift's seven levels show as four",
        arguments: [
            (.trace, "debug"), (.debug, "debug"), (.info, "info"), (.notice, "info"), (.warning, "warn"),
            (.error, "error"), (.critical, "error"),
        ] as [(Logger.Level, String)]
    )
    func levels(_ level: Logger.Level, shown: String) {
        #expect(LogSeverity(level).rawValue == shown)
    }

    @Test(
        "A moment is written in UTC to the millisecond",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_252_500_123, "2026-11-21T09:15:00.123Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        ]
    )
    func moments(_ milliseconds: Int, text: String) {
        #expect(LogTime(milliseconds: milliseconds).description == text)
    }

    @Test("A moment of Foundation's is cut to the millisecond")
    func foundationMoment() {
        #expect(LogTime(Date(timeIntervalSince1970: 1.5)).milliseconds == 1_500)
        #expect(LogTime(Date(timeIntervalSince1970: -0.0005)).milliseconds == -1)
    }

    private func isOneCleanLine(_ line: String) -> Bool {
        line.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) && !(0x2028...0x202e).contains(scalar.value)
        }
    }
}

/// A reader of logfmt that shares no code with the writer: words with `=`, values bare or as JSON strings.
enum LogfmtReader {
    /// `nil` when the line is not logfmt.
    static func pairs(_ line: String) -> [(key: String, value: String)]? {
        var pairs: [(key: String, value: String)] = []
        var rest = Array(line.unicodeScalars)[...]
        while !rest.isEmpty {
            let key = rest.prefix { $0 != "=" }
            guard !key.isEmpty, !key.contains(" "), rest.count > key.count else { return nil }
            rest = rest.dropFirst(key.count + 1)
            guard let value = value(&rest) else { return nil }
            pairs.append((text(key), value))
            guard rest.isEmpty || rest.first == " " else { return nil }
            rest = rest.dropFirst()
        }
        return pairs
    }

    private static func value(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
        guard rest.first == "\"" else {
            let bare = rest.prefix { $0 != " " }
            rest = rest.dropFirst(bare.count)
            return bare.contains("\"") || bare.contains("=") ? nil : text(bare)
        }
        var end = rest.index(after: rest.startIndex)
        while end < rest.endIndex, rest[end] != "\"" { end += rest[end] == "\\" ? 2 : 1 }
        guard end < rest.endIndex else { return nil }
        let quoted = text(rest[...end])
        rest = rest[(end + 1)...]
        return try? JSONSerialization.jsonObject(with: Data(quoted.utf8), options: .fragmentsAllowed) as? String
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }
}
