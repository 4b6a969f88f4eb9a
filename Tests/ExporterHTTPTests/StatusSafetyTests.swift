import HTTPTypes
import TestSupport
import Testing
import Usage

@testable import ExporterHTTP

/// Texts that would be more than text if they were not escaped.
let hostileTexts = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</td></tr></table>",
    "&lt;b&gt;", "<!--", "]]>", "javascript:alert(1)", "&#x3c;script&#x3e;", "\u{2028}<\u{301}script>",
    "</style></svg>",
]

@Suite("The status page with names from outside")
struct StatusSafetyTests {
    @Test(
        "It loads nothing and runs nothing: no script, no handler, no style of its own, no reference to another place"
    )
    func loadsNothing() async throws {
        let apps = hostileTexts.map { AppSummary.example(app: $0, name: $0, state: .failing) }
        let problems = hostileTexts.map { StatusProblem($0) }
        let html = try await StatusReport.html(.example(apps, problems: problems, notes: hostileTexts))
        let document = try HTMLDocument(html)
        let names = Set(document.elements.map(\.name))
        #expect(names.isDisjoint(with: ["script", "img", "iframe", "object", "base", "use", "image", "foreignObject"]))
        #expect(document.all("link").map(\.attributes) == [["rel": "icon", "href": "data:,"]])
        #expect(document.all("meta").allSatisfy { $0.attributes["http-equiv"] == nil })
        for element in document.elements where element.name != "link" {
            for (attribute, value) in element.attributes {
                #expect(!attribute.hasPrefix("on") && attribute != "src" && attribute != "style")
                guard ["href", "action"].contains(attribute) else { continue }
                #expect(value == "#main" || value.hasPrefix("/") && !value.hasPrefix("//"))
            }
        }
        #expect(!html.contains("://"))
        #expect(!html.contains("url("))
        #expect(!html.contains("@import"))
    }

    @Test(
        "Browsers are told to load and run nothing, and to tell nobody where they came from",
        arguments: ["/", "/app", "/metrics", "/-/ready"]
    )
    func headers(path: String) async throws {
        let headers = try await Edge().answer(path).headers
        let policy = try #require(headers[.contentSecurityPolicy]).split(separator: ";").map { $0.drop { $0 == " " } }
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("base-uri 'none'"))
        #expect(policy.contains("form-action 'self'"))
        #expect(policy.contains { $0 == "style-src \(StatusStyle.contentSecurityPolicySource)" })
        #expect(!policy.contains { $0.hasPrefix("script-src") })
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[try #require(HTTPField.Name("Referrer-Policy"))] == "no-referrer")
    }

    @Test("The policy names the hash of the one style sheet that a page has")
    func styleHash() async throws {
        let style = try #require(try await StatusReport.document(.example()).all("style").first)
        let digest = try Tool("openssl", ["dgst", "-sha256", "-binary"], input: Array(style.text.utf8))
        let text = try Tool("base64", ["-w0"], input: digest.output)
        #expect(StatusStyle.contentSecurityPolicySource == "'sha256-\(String(decoding: text.output, as: UTF8.self))'")
    }

    @Test("Names, ids and errors from outside are text", arguments: hostileTexts)
    func hostileText(text: String) async throws {
        let shown = text.replacing("\u{2028}", with: "\u{FFFD}")
        let name = AppName(provider: text, app: text, name: text)
        let summary = AppSummary(
            name: name,
            account: text,
            state: .failing,
            seconds: 3600,
            month: 3600,
            rooms: 1,
            sources: [text]
        )
        let report = StatusReport.example(
            [summary],
            StatusQuery(search: text),
            version: text,
            problems: [StatusProblem(text), StatusProblem(text, apps: [name])],
            notes: [text],
            providers: [.example(provider: text)],
            budgets: [.example(provider: text, accounts: [text], api: text)],
            differences: Differences(
                shown: [Difference(app: name, day: .november(1), primary: (text, 7200), other: (text, 3600))]
            )
        )
        let document = try await StatusReport.document(report)
        #expect(document.all("h1").map(\.text) == ["rtc-exporter \(shown)"])
        #expect(document.all("h3").map(\.text) == ["\(shown) 1 app"])
        #expect(Array(document.all("li").map(\.text).prefix(2)) == [shown, "\(shown): \(shown)"])
        #expect(document.texts(ofClass: "note").first == shown)
        #expect(
            document.all("input").first { $0.attributes["id"] == "q" }?.attributes["value"]
                == shown.replacing("\u{FFFD}", with: "\u{FFFD}")
        )
        let rows = document.rows
        #expect(rows.count == 3)
        #expect(rows[0][0] == "\(shown) \(shown)")
        #expect(rows[0][8...] == ["\(shown) \(shown)", shown])
        #expect(rows[1].prefix(2) == ["\(shown) \(shown)", shown])
        #expect(rows[2] == [shown, "2026-11-01", "2 h 00 min \(shown)", "1 h 00 min \(shown)", "−50.0 %"])
    }

    @Test("Newlines and what turns the direction of text cannot disguise a name")
    func controls() async throws {
        let document = try await StatusReport.document(.example([.example(app: "a\u{202e}b\u{2066}\nc", name: "")]))
        #expect(document.rows[0][0] == "a\u{FFFD}b\u{FFFD}\u{FFFD}c")
    }

    @Test("Fifty apps with long and hostile names are less than 100 kB when compressed")
    func size() async throws {
        var generator = SeededGenerator(seed: 4711)
        let letters = Array("abcdefghijklmnopqrstuvwxyz<>&\"'教室0123456789")
        func text(_ length: Int) -> String {
            String((0..<length).map { _ in letters[Int(generator.next() % UInt64(letters.count))] })
        }
        let apps = (0..<200).map { place in
            AppSummary.example(
                app: text(100),
                name: text(1000),
                state: .failing,
                seconds: 360_000 + place,
                account: text(60)
            )
        }
        var report = StatusReport.example(
            apps,
            problems: apps.map { StatusProblem(text(3000), apps: [$0.name]) }
        )
        for place in report.rows.indices {
            report.rows[place].day?.curve = UsageCurve(
                (0...48).map { .init(time: Double($0) / 48, seconds: Int(generator.next() % 1000)) }
            )
        }
        let html = try await StatusReport.html(report)
        #expect(try HTMLDocument(html).rows.count == 51)
        let compressed = try Tool("gzip", ["-c"], input: Array(html.utf8)).output.count
        #expect(compressed < 100_000, "\(html.utf8.count) bytes, \(compressed) compressed")
    }
}
