import HTTPTypes
import Testing
import Usage

@testable import ExporterHTTP

@Suite("The status page")
struct StatusPageTests {
    @Test("It is a well-formed page in UTF-8 with a title, one first heading, landmarks and one row for each app")
    func wellFormed() async throws {
        var edge = Edge()
        edge.report = .example([.example(), .example(app: "1400000002", name: "")], budgets: [])
        let answer = try await edge.answer("/")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.headers[.cacheControl] == "no-store")
        let document = try HTMLDocument(answer.text)
        #expect(document.all("title").map(\.text) == ["rtc-exporter"])
        #expect(document.all("h1").map(\.text) == ["rtc-exporter 1.2.3"])
        #expect(document.all("html").first?.attributes["lang"] == "en")
        #expect(document.rows.map(\.count) == [10, 10])
        for landmark in ["header", "main", "footer"] { #expect(document.all(landmark).count == 1) }
        let skip = try #require(document.all("a").first)
        #expect(skip.attributes["href"] == "#main")
        #expect(document.all("main").first?.attributes["id"] == "main")
    }

    @Test("What is not known is a dash, never a zero")
    func unknown() async throws {
        let app = AppSummary.example(
            name: "",
            state: .waiting,
            seconds: nil,
            month: nil,
            rooms: nil,
            lastSuccess: nil,
            nextCall: nil
        )
        let document = try await StatusReport.document(.example([app], providers: [.example(day: nil, month: nil)]))
        #expect(document.rows[0][1...7] == ["waiting", "–", "–", "–", "–", "–", "–"])
        #expect(document.all("dd").map(\.text) == ["1", "0", "–", "–"])
        #expect(document.all("svg").isEmpty)
        #expect(document.texts(ofClass: "none") == ["No day is known yet.", "No month is known yet."])
    }

    @Test("Usage that is known to be none is a zero")
    func none() async throws {
        let document = try await StatusReport.document(.example([.example(seconds: 0, month: 0, rooms: 0)]))
        #expect(document.rows[0][2] == "0 h until 20:00")
        #expect(document.rows[0][5] == "0")
    }

    @Test("A row tells usage with its reach, the same hours of the day before, month, rooms, freshness and sources")
    func row() async throws {
        let document = try await StatusReport.document(.example())
        #expect(
            document.rows[0] == [
                "Classroom 1400000001", "ok", "1,200 h until 20:00", "+20 % 1,000 h", "2,000 h", "1,042",
                "40 s ago", "in 4 min 20 s", "classroom-prod tencent", "trtc_usage room_usage",
            ]
        )
        let times = document.all("time").filter { $0.path.contains("tbody") }.map { $0.attributes["datetime"] }
        #expect(times == ["2026-11-21T11:59Z", "2026-11-21T12:04Z"])
    }

    @Test("A provider's card tells the day beside the same hours of yesterday, and the month")
    func card() async throws {
        let document = try await StatusReport.document(.example())
        #expect(document.texts(ofClass: "figure") == ["1,200 h", "2,000 h"])
        #expect(
            document.texts(ofClass: "change") == [
                "20 % more than yesterday at this time", "no figure of the same days of the month before",
            ]
        )
        let labels = document.all("svg").filter { $0.attributes["class"] == "chart" }
            .compactMap { $0.attributes["aria-label"] }
        #expect(
            labels == [
                "2026-11-21 until 20:00: 1,200 h; 20 % more than yesterday at this time; the day before until then: "
                    + "1,000 h; the day before as a whole: 1,200 h; expected for the whole day: 1,111 h to 1,666 h.",
                "November 2026: 2,000 h so far; highest day 2026-11-01 with 100 h; 1 day provisional; "
                    + "1 day missing or incomplete.",
            ]
        )
        #expect(document.all("svg").allSatisfy { $0.attributes["role"] == "img" })
    }

    @Test("A provider of which some apps have no figure of the day says so")
    func partly() async throws {
        let usage = ProviderUsage.example(apps: 10, knownApps: 8)
        let document = try await StatusReport.document(.example(providers: [usage]))
        #expect(document.all("h3").map(\.text) == ["tencent 10 apps, 8 of them with figures of this day"])
        // Of one app of ten the day before is known at that time: that is no comparison.
        #expect(document.texts(ofClass: "change").first == "no figure of the same hours of the day before")
    }

    @Test("Tiles count the apps and add up what providers have")
    func tiles() async throws {
        let apps = [
            AppSummary.example(), .example(app: "2", seconds: nil), .example(app: "3", state: .failing),
        ]
        let document = try await StatusReport.document(.example(apps, providers: [.example(), .example(day: nil)]))
        #expect(
            document.all("dt").map(\.text) == [
                "Apps polled", "Apps with an error", "Usage of the current days", "Usage of the month",
            ]
        )
        #expect(document.all("dd").map(\.text) == ["3", "1", "1,200 h", "4,000 h"])
    }

    @Test("A page without apps is a page")
    func noApps() async throws {
        let document = try await StatusReport.document(.example([], providers: [], budgets: []))
        #expect(document.rows == [])
        #expect(document.all("dd").map(\.text) == ["0", "0", "–", "–"])
        #expect(document.texts(ofClass: "none") == ["No app is known yet."])
    }

    @Test("Every table has a caption and headings with scopes, every field a label, every landmark of a kind a name")
    func accessible() async throws {
        let apps = (0..<60).map { AppSummary.example(app: "\($0)") }
        let document = try await StatusReport.document(.example(apps, problems: [StatusProblem("x")]))
        #expect(document.all("table").count == document.all("caption").count)
        for head in document.all("th") {
            #expect(head.attributes["scope"] == (head.path.contains("thead") ? "col" : "row"))
        }
        let ids = document.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        for section in document.all("section") { #expect(ids.contains(section.attributes["aria-labelledby"] ?? "")) }
        for nav in document.all("nav") { #expect(nav.attributes["aria-label"] != nil) }
        #expect(document.all("label").map { $0.attributes["for"] } == ["q"])
        #expect(document.all("input").map { $0.attributes["id"] } == ["q"])
        let levels = document.elements.compactMap { ["h1": 1, "h2": 2, "h3": 3][$0.name] }
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        #expect(document.elements.allSatisfy { ($0.attributes["tabindex"] ?? "0") == "0" || $0.name == "main" })
    }

    @Test(
        "The check of HTML finds what is broken",
        arguments: [
            "<p>", "<!DOCTYPE html>\n<p>", "<!DOCTYPE html>\n<p></b>", "<!DOCTYPE html>\n<p a=b></p>",
            "<!DOCTYPE html>\n<p>&x;</p>",
            "<!DOCTYPE html>\n<p>< </p>", "<!DOCTYPE html>\n<p a=\"<\"></p>", "<!DOCTYPE html>\n</p>",
            "<!DOCTYPE html>\n<p a=\"1\" a=\"1\"></p>", "<!DOCTYPE html>\n<p>& </p>", "<!DOCTYPE html>\n<p/>",
        ]
    )
    func brokenHTML(_ html: String) {
        #expect(throws: HTMLDocument.Malformed.self) { try HTMLDocument(html) }
    }
}
