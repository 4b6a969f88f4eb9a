import ExporterHTTP
import Exposition
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("The status page")
struct StatusPageTests {
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</td></tr></table>",
        "&lt;b&gt;", "<!--", "]]>", "javascript:alert(1)", "&#x3c;script&#x3e;", "\u{2028}<\u{301}script>",
    ]

    private func html(_ report: StatusReport) async throws -> String {
        var edge = Edge()
        edge.report = report
        return try await edge.answer("/").text
    }

    private func document(_ report: StatusReport) async throws -> HTMLDocument {
        try HTMLDocument(await html(report))
    }

    /// The table's cells, the row's heading first, by row.
    private func rows(_ document: HTMLDocument) -> [[String]] {
        var rows: [[String]] = []
        for element in document.elements where element.path.contains("tbody") {
            if element.name == "tr" { rows.append([]) }
            if element.name == "th" || element.name == "td" { rows[rows.count - 1].append(element.text) }
        }
        return rows
    }

    @Test("It is a well-formed page in UTF-8 with a title, a heading and one row for each app and source")
    func wellFormed() async throws {
        var edge = Edge()
        edge.report = .example(apps: [.example(), .example(app: "1400000002", name: "")])
        let answer = try await edge.answer("/")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.headers[.cacheControl] == "no-store")
        let document = try HTMLDocument(answer.text)
        #expect(document.all("title").map(\.text) == ["rtc-exporter"])
        #expect(document.all("h1").map(\.text) == ["rtc-exporter 1.2.3"])
        #expect(document.all("html").first?.attributes["lang"] == "en")
        #expect(rows(document).map(\.count) == [9, 9])
        #expect(document.all("th").filter { $0.path.contains("thead") }.count == 9)
    }

    @Test("It loads nothing and runs nothing: no script, no handler, no reference to another place")
    func loadsNothing() async throws {
        let apps = Self.hostile.map { StatusReport.App.example(app: $0, name: $0, error: $0) }
        let html = try await html(.example(problems: Self.hostile, notes: Self.hostile, apps: apps))
        let document = try HTMLDocument(html)
        let names = Set(document.elements.map(\.name))
        #expect(names.isDisjoint(with: ["script", "img", "link", "iframe", "object", "form", "base", "svg"]))
        for element in document.elements {
            for (attribute, value) in element.attributes {
                #expect(!attribute.hasPrefix("on") && attribute != "src" && attribute != "style")
                if attribute == "href" { #expect(value.hasPrefix("/") && !value.hasPrefix("//")) }
            }
        }
        #expect(!html.contains("://"))
        #expect(!html.contains("url("))
        #expect(!html.contains("@import"))
    }

    @Test(
        "Browsers are told to load and run nothing, and to tell nobody where they came from",
        arguments: ["/", "/metrics", "/-/ready"]
    )
    func headers(path: String) async throws {
        let headers = try await Edge().answer(path).headers
        let policy = try #require(headers[.contentSecurityPolicy]).split(separator: ";").map { $0.drop { $0 == " " } }
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("base-uri 'none'"))
        #expect(policy.contains("form-action 'none'"))
        #expect(!policy.contains { $0.hasPrefix("script-src") })
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[try #require(HTTPField.Name("Referrer-Policy"))] == "no-referrer")
    }

    @Test("Names, ids and errors from outside are text", arguments: hostile)
    func hostileText(text: String) async throws {
        let shown = text.replacing("\u{2028}", with: "\u{FFFD}")
        let app = StatusReport.App(
            provider: text,
            account: text,
            app: text,
            name: text,
            source: text,
            day: text,
            seconds: 1,
            rooms: 1,
            lastSuccess: text,
            nextCall: text,
            error: text
        )
        let report = StatusReport(version: text, problems: [text], notes: [text], apps: [app])
        let document = try await document(report)
        #expect(document.all("h1").map(\.text) == ["rtc-exporter \(shown)"])
        #expect(document.all("li").map(\.text) == [shown, "\(shown): \(shown)"])
        #expect(document.all("p").map(\.text) == [shown])
        #expect(
            rows(document) == [
                [
                    "\(shown) \(shown)", "failing", shown, "0 h 00 min 1 s", "1", shown, shown, "\(shown) / \(shown)",
                    shown,
                ]
            ]
        )
    }

    @Test("Newlines and what turns the direction of text cannot disguise a name")
    func controls() async throws {
        let report = StatusReport.example(apps: [.example(app: "a\u{202e}b\u{2066}\nc", name: "")])
        #expect(rows(try await document(report))[0][0] == "a\u{FFFD}b\u{FFFD}\u{FFFD}c")
    }

    @Test("What is not known is a dash, never a zero")
    func unknown() async throws {
        let app = StatusReport.App.example(
            name: "",
            day: nil,
            seconds: nil,
            rooms: nil,
            lastSuccess: nil,
            nextCall: nil
        )
        let document = try await document(.example(apps: [app]))
        #expect(rows(document)[0][1...6] == ["waiting", "–", "–", "–", "–", "–"])
        #expect(document.all("dd").map(\.text) == ["1", "–", "0"])
    }

    @Test("Usage that is known to be none is a zero")
    func none() async throws {
        let document = try await document(.example(apps: [.example(seconds: 0, rooms: 0)]))
        #expect(rows(document)[0][3] == "0 h 00 min 0 s")
        #expect(rows(document)[0][4] == "0")
    }

    @Test(
        "Usage is in hours and minutes with the exact seconds beside it",
        arguments: [
            (59, "0 h 00 min 59 s"), (3600, "1 h 00 min 3,600 s"), (1_234_567, "342 h 56 min 1,234,567 s"),
            (3_600_000_000, "1,000,000 h 00 min 3,600,000,000 s"), (3_603_600, "1,001 h 00 min 3,603,600 s"),
        ]
    )
    func hours(_ seconds: Int, are text: String) async throws {
        #expect(rows(try await document(.example(apps: [.example(seconds: seconds)])))[0][3] == text)
    }

    @Test("Tiles count the apps and add up what is known of them")
    func tiles() async throws {
        let apps = [
            StatusReport.App.example(seconds: 3600), .example(app: "2", seconds: nil),
            .example(app: "3", seconds: 1800, error: "The key is not known."),
        ]
        let document = try await document(.example(apps: apps))
        #expect(document.all("dt").map(\.text) == ["Apps polled", "Usage of the current days", "Apps with an error"])
        #expect(document.all("dd").map(\.text) == ["3", "1 h 30 min", "1"])
    }

    @Test("An app of two sources is one app, and its usage counts once, as the first source that knows it tells")
    func twoSources() async throws {
        let apps = [
            StatusReport.App.example(seconds: nil, error: "No answer came in time."),
            .example(seconds: 3600, error: "No answer came in time."), .example(seconds: 3000),
            .example(app: "2", seconds: 7200),
        ]
        let document = try await document(.example(apps: apps))
        #expect(document.all("dd").map(\.text) == ["2", "3 h 00 min", "1"])
        #expect(rows(document).count == 4)
    }

    @Test("Problems stand before everything else: those of the exporter first, then those of apps by name or id")
    func problems() async throws {
        let report = StatusReport.example(
            problems: ["The ledger cannot be written."],
            notes: ["This is a demo."],
            apps: [
                .example(app: "1", name: "One"), .example(app: "2", name: "Two", error: "No answer came in time."),
                .example(app: "3", name: "", lastSuccess: nil, error: "The key is not known. Check secret_id."),
            ]
        )
        let document = try await document(report)
        #expect(
            document.all("li").map(\.text) == [
                "The ledger cannot be written.", "Two: No answer came in time.",
                "3: The key is not known. Check secret_id.",
            ]
        )
        let order = document.elements.map(\.name).filter { ["section", "table", "h2"].contains($0) }
        #expect(order.first == "section")
        #expect(rows(document).map { $0[1] } == ["ok", "failing", "failing"])
        #expect(document.all("p").map(\.text) == ["This is a demo."])
        let names = document.elements.map(\.name)
        let section = try #require(names.firstIndex(of: "section"))
        let (note, tiles) = (try #require(names.firstIndex(of: "p")), try #require(names.firstIndex(of: "dl")))
        #expect(section < note && section < tiles)
    }

    @Test("Without problems there is no word of any")
    func noProblems() async throws {
        let document = try await document(.example())
        #expect(document.all("section").isEmpty)
        #expect(document.all("li").isEmpty)
    }

    @Test("Days on which sources differ stand in a table of their own, which is not there when they agree")
    func differences() async throws {
        let difference = StatusReport.Difference(
            app: "Class <1>",
            day: "2026-11-20",
            primary: (source: "trtc_usage", seconds: 7_200),
            other: (source: "room_usage", seconds: 9_000),
            share: "+25.0 %"
        )
        let report = StatusReport(
            version: "1",
            problems: [],
            notes: [],
            apps: [.example()],
            differences: [difference]
        )
        let differing = try await document(report)
        #expect(differing.all("caption").count == 2)
        #expect(
            rows(differing).last == [
                "Class <1>", "2026-11-20", "2 h 00 min trtc_usage", "2 h 30 min room_usage", "+25.0 %",
            ]
        )
        #expect(try await document(.example()).all("caption").count == 1)
    }

    @Test("A page without apps is a page")
    func noApps() async throws {
        let document = try await document(.example(apps: []))
        #expect(rows(document) == [])
        #expect(document.all("dd").map(\.text) == ["0", "–", "0"])
    }

    @Test(
        "The check of HTML finds what is broken",
        arguments: [
            "<p>", "<!DOCTYPE html>\n<p>", "<!DOCTYPE html>\n<p></b>", "<!DOCTYPE html>\n<p a=b></p>",
            "<!DOCTYPE html>\n<p>&x;</p>",
            "<!DOCTYPE html>\n<p>< </p>", "<!DOCTYPE html>\n<p a=\"<\"></p>", "<!DOCTYPE html>\n</p>",
            "<!DOCTYPE html>\n<p a=\"1\" a=\"1\"></p>", "<!DOCTYPE html>\n<p>& </p>",
        ]
    )
    func brokenHTML(_ html: String) {
        #expect(throws: HTMLDocument.Malformed.self) { try HTMLDocument(html) }
    }
}
