import HTTPTypes
import Testing
import Usage

@testable import ExporterHTTP

@Suite("The status page of one app")
struct StatusAppPageTests {
    private func answer(_ reports: [AppReport], _ path: String) async throws -> TestAnswer {
        var edge = Edge()
        edge.apps = reports
        return try await edge.answer(path)
    }

    private func document(_ report: AppReport) async throws -> HTMLDocument {
        let name = report.row.summary.name
        let query = URLQuery.text([("provider", name.provider), ("app", name.app)])
        let answer = try await answer([report], "/app\(query)")
        #expect(answer.status == .ok)
        return try HTMLDocument(answer.text)
    }

    @Test("It has the app's name, its facts, and sections for usage, tiers, rooms, days and sources")
    func sections() async throws {
        let document = try await document(.example())
        #expect(document.all("title").map(\.text) == ["Classroom – rtc-exporter"])
        #expect(document.all("h1").map(\.text) == ["Classroom tencent"])
        #expect(document.all("h2").map(\.text) == ["Usage", "Tiers", "Rooms", "Days", "Sources"])
        #expect(document.all("dd").map(\.text) == ["ok", "1400000001", "classroom-prod", "40 s ago", "in 4 min 20 s"])
        #expect(document.all("svg").count == 3)
        #expect(document.all("svg").allSatisfy { $0.attributes["role"] == "img" && $0.attributes["aria-label"] != nil })
    }

    @Test("Tiers and rooms have their shares, and what is not named is summed up")
    func shares() async throws {
        let rows = try await document(.example()).rows
        #expect(rows[0] == ["audio", "2 h 00 min", "7,200", "33 %"])
        #expect(rows[1] == ["hd", "4 h 00 min", "14,400", "67 %"])
        #expect(rows[2] == ["math", "3 h 00 min", "50 %", "1 h 00 min", "2 h 00 min"])
        #expect(rows[3] == ["2 more", "3 h 00 min", "50 %", "1 h 00 min", "2 h 00 min"])
    }

    @Test("Each day tells its total, tiers, state and source; a missing one has dashes")
    func days() async throws {
        let rows = try await document(.example()).rows
        #expect(rows[4] == ["2026-11-21", "100 h", "100 h", "goes on", "trtc_usage"])
        #expect(rows[5][3] == "provisional")
        #expect(rows[22] == ["2026-11-03", "–", "–", "missing", "–"])
        #expect(rows[23] == ["2026-11-02", "100 h", "100 h", "settled", "trtc_usage"])
    }

    @Test("A source tells how far it knows the day, and what is wrong with it and what to do stands on top")
    func source() async throws {
        let document = try await document(.example(problem: "The key is not known. Check secret_id."))
        #expect(
            document.rows.last == [
                "trtc_usage primary", "2026-11-21 +08:00", "1,200 h", "20:00", "40 s ago", "in 4 min 20 s", "5 min",
            ]
        )
        #expect(document.all("li").first?.text == "trtc_usage: The key is not known. Check secret_id.")
        let sections = document.all("section").map { $0.attributes["class"] }
        #expect(sections.first == "problems")
    }

    @Test("Before anything is known there are no tables of figures")
    func unknown() async throws {
        var report = AppReport.example(.example(seconds: nil, month: nil, lastSuccess: nil), day: nil)
        (report.rooms, report.days, report.row.month) = (nil, [], nil)
        let document = try await document(report)
        #expect(document.all("h2").map(\.text) == ["Usage", "Sources"])
        #expect(document.texts(ofClass: "none") == ["No day is known yet.", "No month is known yet."])
        #expect(document.all("dd").map(\.text)[3] == "–")
    }

    @Test("A day without usage says so in place of empty tables")
    func idle() async throws {
        var report = AppReport.example()
        report.tiers = .zero
        report.rooms = AppReport.Rooms(day: .november(21), largest: [], total: .zero, count: 0)
        let document = try await document(report)
        #expect(
            document.texts(ofClass: "none") == [
                "No usage on 2026-11-21 so far.", "No room had usage on 2026-11-21 so far.",
            ]
        )
    }

    @Test(
        "Hostile names of apps, rooms, accounts and sources are text, and links lead back to the same app",
        arguments: hostileTexts
    )
    func hostile(text: String) async throws {
        let shown = text.replacing("\u{2028}", with: "\u{FFFD}")
        let summary = AppSummary(
            name: AppName(provider: text, app: text, name: text),
            account: text,
            state: .failing,
            sources: [text]
        )
        let rooms = [RoomUsage(room: RoomID(text), seconds: TierSeconds([.audio: 60]))]
        let report = AppReport.example(summary, rooms: rooms, source: text, problem: text)
        let document = try await document(report)
        #expect(document.all("title").map(\.text) == ["\(shown) – rtc-exporter"])
        #expect(document.all("h1").map(\.text) == ["\(shown) \(shown)"])
        #expect(document.all("li").first?.text == "\(shown): \(shown)")
        #expect(document.rows[2][0] == shown)
        #expect(document.rows.last?.first == "\(shown) primary")
        let usage = document.all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("/api/v1/usage?") }
        #expect(usage.count == 2)
        for link in usage {
            let query = URLQuery(String(link.drop { $0 != "?" }.dropFirst()))
            #expect(query["provider"] == text && query["app"] == text)
        }
        #expect(usage.last?.hasSuffix("&format=csv") == true)
        #expect(!document.elements.contains { $0.name == "script" || $0.name == "img" })
    }

    @Test(
        "An app that is not polled is told in plain words with a link back",
        arguments: [
            "/app", "/app?", "/app?provider=tencent", "/app?provider=tencent&app=2",
            "/app?provider=huawei&app=1400000001",
            "/app?provider=%ff&app=%", "/app?app=%3Cscript%3E&provider=tencent",
        ]
    )
    func unknownApp(path: String) async throws {
        let answer = try await answer([.example()], path)
        #expect(answer.status == .notFound)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        let document = try HTMLDocument(answer.text)
        #expect(document.all("h1").map(\.text) == ["No such app"])
        #expect(document.all("a").contains { $0.text == "Back to the status page" && $0.attributes["href"] == "/" })
    }

    @Test(
        "Links on the status page lead to the app's page, whatever its id",
        arguments: hostileTexts + ["a b&c=d+e/f?g#h"]
    )
    func fromHome(id: String) async throws {
        var edge = Edge()
        let summary = AppSummary.example(app: id, name: "")
        edge.report = .example([summary])
        edge.apps = [.example(summary)]
        let document = try HTMLDocument(try await edge.answer("/").text)
        let link = try #require(document.all("a").compactMap { $0.attributes["href"] }.first { $0.hasPrefix("/app?") })
        #expect(try await edge.answer(link).status == .ok)
    }
}
