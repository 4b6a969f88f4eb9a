import Testing
import Usage

@testable import ExporterHTTP

@Suite("What the status pages must not be mistaken for")
struct StatusMeaningTests {
    @Test("Months of two providers that differ are not called one month")
    func months() async throws {
        var october = MonthProgress.example
        october.month = october.month.previous
        let one = try await StatusReport.document(.example(providers: [.example(), .example()]))
        #expect(one.all("dt").map(\.text).contains("Usage of the month"))
        let two = try await StatusReport.document(.example(providers: [.example(), .example(month: october)]))
        #expect(two.all("dt").map(\.text).contains("Usage of the current months"))
    }

    @Test("A row whose month is over says which month it is")
    func formerMonth() async throws {
        var report = StatusReport.example()
        report.now = UsageDay.november(30).end + .seconds(60)
        #expect(try await StatusReport.document(report).rows[0][4].hasPrefix("2,000 h November 2026"))
    }

    @Test("A provider of which some apps lag behind says how far those reach, in words and for a screen reader")
    func laggards() async throws {
        var day = DayProgress.example()
        day.leastThrough = day.through - .seconds(1799)
        #expect(day.laggards == nil)
        day.leastThrough = day.day.start + .seconds(9 * 3600)
        #expect(day.laggards == "some apps until 09:00 only")
        let document = try await StatusReport.document(.example(providers: [.example(day: day)]))
        #expect(document.all("figcaption").first?.text.hasSuffix(", some apps until 09:00 only") == true)
        let label = document.all("svg").first?.attributes["aria-label"]
        #expect(label?.contains("some apps until 09:00 only") == true)
    }

    @Test("A day of which a part is missing is called incomplete, and one without a figure missing")
    func incomplete() async throws {
        var report = AppReport.example()
        report.days = [
            .init(bar: DayBar(day: .november(3), seconds: 60, state: .missing), tiers: nil, source: "s"),
            .init(bar: DayBar(day: .november(2), seconds: nil, state: .missing), tiers: nil, source: nil),
        ]
        let rows = try HTMLDocument(AppPage(report: report, options: Edge().options).html).rows
        #expect(rows.filter { $0[0].hasPrefix("2026-11-0") }.map { $0[2] } == ["incomplete", "missing"])
    }

    @Test("The days of an app as JSON and CSV are those of its table")
    func download() throws {
        let document = try HTMLDocument(AppPage(report: .example(), options: Edge().options).html)
        let links = document.all("a").compactMap { $0.attributes["href"] }.filter { $0.contains("from=") }
        #expect(
            links
                == ["", "&format=csv"].map {
                    "/api/v1/usage?provider=tencent&app=1400000001&from=2026-11-01&to=2026-11-21\($0)"
                }
        )
    }

    @Test("All apps are shown again in the order that was chosen")
    func showAll() async throws {
        let report = StatusReport.example([.example()], StatusQuery("sort=rooms&order=asc&q=class"))
        let links = try await StatusReport.document(report).all("a").filter { $0.text == "Show all apps" }
        #expect(links.map { $0.attributes["href"] } == ["/?sort=rooms&order=asc"])
    }

    @Test("Links cannot leave their attribute, whatever stands before all paths", arguments: [true, false])
    func externalPath(home: Bool) throws {
        var options = Edge().options
        options.externalPath = "/a\"b"
        let html =
            home
            ? StatusPage(report: .example([.example()], StatusQuery("q=class")), options: options).html
            : AppPage(report: .example(), options: options).html
        let document = try HTMLDocument(html)
        let targets = (document.all("a") + document.all("form")).compactMap { element in
            element.attributes["href"] ?? element.attributes["action"]
        }
        #expect(targets.count > 5)
        #expect(targets.allSatisfy { $0 == "#main" || $0.hasPrefix("/a\"b/") })
    }
}
