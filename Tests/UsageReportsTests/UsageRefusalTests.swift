import ExporterMetrics
import TestSupport
import Testing
import Usage

@testable import UsageReports

@Suite("Questions that cannot be answered")
struct UsageRefusalTests {
    @Test(
        "What cannot be answered is refused with a code and its parameter",
        arguments: [
            ("x=1", "unknown_parameter", "x"), ("App=1", "unknown_parameter", "App"), ("=", "unknown_parameter", ""),
            ("app", "bad_value", "app"), ("app=1&app=1", "repeated_parameter", "app"),
            ("provider=aws", "unknown_provider", "provider"), ("app=5", "unknown_app", "app"),
            ("provider=huawei&app=1400000001", "unknown_app", "app"), ("tier=8k", "bad_value", "tier"),
            ("room=a", "missing_parameter", "app"), ("app=1400000001&room=", "bad_value", "room"),
            ("app=1400000001&room=_other", "bad_value", "room"), ("app=1400000001&room=a&step=5m", "not_told", "room"),
            ("from=2026-11-31", "bad_value", "from"), ("to=now", "bad_value", "to"),
            ("from=2026-11-20&to=2026-11-19", "bad_range", "from"), ("from=2026-12-20", "bad_range", "from"),
            ("from=2025-01-01&to=2026-11-21", "range_too_long", "from"), ("from=0001-01-01", "range_too_long", "from"),
            ("from=2026-10-01&to=2026-11-01&step=5m", "range_too_long", "from"), ("step=week", "bad_value", "step"),
            ("step=5M", "bad_value", "step"), ("format=xml", "bad_value", "format"), ("limit=0", "bad_value", "limit"),
            ("limit=10001", "bad_value", "limit"), ("limit=-1", "bad_value", "limit"),
            ("limit=%2B5", "bad_value", "limit"),
            ("limit=99999999999999999999", "bad_value", "limit"), ("cursor=abc", "bad_value", "cursor"),
            ("app=%zz", "bad_value", ""), ("app=%ff", "bad_value", ""), ("app=%f", "bad_value", ""),
            ("format=csv&x=1", "unknown_parameter", "x"), (String(repeating: "a", count: 9000), "query_too_long", ""),
        ]
    )
    func refused(query: String, code: String, parameter: String) async throws {
        let made = MadeUpHistory(seed: 1, days: 3)
        let answer = await UsageAPI.example(made).answer(query)
        #expect(answer.status == 400)
        #expect(answer.contentType == "application/json")
        let refusal = try APIRefusal(answer)
        #expect(refusal.error.code == code)
        #expect(refusal.error.parameter == parameter)
        #expect(refusal.error.message.hasSuffix("."))
    }

    @Test(
        "An answer never repeats more than a little of what was sent, and nothing that is markup",
        arguments: [
            "app=%3Cscript%3Ealert(1)%3C/script%3E", "<b>=1", "step=\"},{\"", "tier=%0d%0aSet-Cookie:%20x",
            "app=%e2%80%ae%00",
            "cursor=" + String(repeating: "A", count: 4000), String(repeating: "x", count: 4000) + "=1",
            "provider=" + String(repeating: "%F0%9F%98%80", count: 300), "from=%1b%5b31m", "%00=%00",
        ]
    )
    func hostile(query: String) async throws {
        let made = MadeUpHistory(seed: 1, days: 3)
        let answer = await UsageAPI.example(made).answer(query)
        #expect(answer.status == 400)
        #expect(answer.body.count < 400)
        #expect(answer.body.allSatisfy { (0x20..<0x7f).contains($0) || $0 == 10 })
        #expect(!answer.body.contains { "<>&".utf8.contains($0) })
        _ = try APIRefusal(answer)
    }

    @Test("A cursor is for the question that it came from, and a made up one is refused or harmless")
    func cursors() async throws {
        let made = MadeUpHistory(seed: 6)
        let api = UsageAPI.example(made)
        let link = try #require(try APIPage(await api.answer("limit=3")).next).dropFirst()
        let other = await api.answer("tier=audio&\(link)")
        #expect(other.status == 400)
        #expect(String(decoding: other.body, as: UTF8.self).contains("bad_cursor"))
        let question = ReportCursor.fingerprint([])
        for time in [Int.min, Int.max, -1, 253_402_300_800_000] {
            let position = ReportPosition(app: made.apps[0].key, start: UnixTime(milliseconds: time), tier: .fourK)
            for now in [time, 0] {
                let cursor = ReportCursor(question: question, now: UnixTime(milliseconds: now), position: position)
                #expect([200, 400].contains(await api.answer("cursor=\(cursor.text)").status))
            }
        }
    }

    @Test("Random queries are answered or refused, and never anything else", arguments: [1, 2, 3, 4] as [UInt64])
    func fuzz(seed: UInt64) async throws {
        let made = MadeUpHistory(seed: seed, days: 3)
        let api = UsageAPI.example(made)
        var chance = SeededGenerator(seed: seed)
        let pieces = [
            "app", "from", "to", "step", "limit", "cursor", "room", "=", "=", "&", "&", "%", "%41", "2026-11-20", "5m",
            "+",
            "1400000001", "é", ";", "9999-12-31", "0001-01-01T00:00:00-14:00", "MTs", "month", "T", "Z", "-1", "\u{0}",
        ]
        for _ in 0..<500 {
            let count = Int.random(in: 0..<12, using: &chance)
            let query = (0..<count).map { _ in pieces.randomElement(using: &chance) ?? "" }.joined()
            #expect([200, 400].contains(await api.answer(query).status), "\(query)")
        }
    }

    @Test("A ledger that cannot be read is told of without its path")
    func unreadable() async throws {
        let made = MadeUpHistory(seed: 1, days: 3)
        let answer = await UsageAPI.example(made, FakeHistory(made.days, isBroken: true)).answer("format=csv")
        #expect(answer.status == 503)
        let refusal = try APIRefusal(answer)
        #expect(refusal.error.code == "ledger_unreadable")
        #expect(!refusal.error.message.contains("secret"))
    }

    @Test("A provider of which no app is known yet has no rows, which is no mistake")
    func noAppsYet() async throws {
        let made = MadeUpHistory(seed: 1, days: 3)
        #expect(try APIPage(await UsageAPI.example(made).answer("provider=volcengine")).usage.isEmpty)
    }
}
