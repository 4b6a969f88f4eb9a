import Testing
import Usage

@testable import ExporterHTTP

@Suite("Problems, budgets and differences on the status page")
struct StatusPartsTests {
    @Test("Problems stand before everything else, those of many apps as one")
    func problems() async throws {
        let apps = (1...7).map { AppName(provider: "tencent", app: "\($0)", name: "App \($0)") }
        let report = StatusReport.example(
            problems: [
                StatusProblem("The ledger cannot be written."), StatusProblem("No answer came in time.", apps: apps),
                StatusProblem("The key is not known. Check secret_id.", apps: [apps[2]]),
            ],
            notes: ["This is a demo."]
        )
        let document = try await StatusReport.document(report)
        #expect(
            document.all("li").map(\.text).prefix(3) == [
                "The ledger cannot be written.",
                "7 apps: No answer came in time. App 1, App 2, App 3, App 4, App 5 and 2 more",
                "App 3: The key is not known. Check secret_id.",
            ]
        )
        let main = document.elements.filter { $0.path.contains("main") }
        #expect(main.first?.attributes["class"] == "problems")
        #expect(document.all("title").map(\.text) == ["3 problems – rtc-exporter"])
    }

    @Test("A thousand different problems do not fill the page")
    func manyProblems() async throws {
        let document = try await StatusReport.document(
            .example(problems: (1...1000).map { StatusProblem("Problem \($0).") })
        )
        let items = document.all("li").filter { $0.path.contains("section") && $0.attributes["class"] == nil }
        #expect(items.count == 11)
        #expect(items.last?.text == "990 more problems: the table of apps has failing apps first.")
    }

    @Test("Equal problems of apps are one, that of most apps first")
    func grouping() {
        let apps = (0..<4).map { AppName(provider: "tencent", app: "\($0)", name: "") }
        let failures = [
            (apps[0], "a"), (apps[1], "b"), (apps[1], "b"), (apps[1], "c"), (apps[2], "b"), (apps[3], "c"),
            (apps[3], "b"),
        ]
        #expect(
            StatusProblem.grouped(failures.map { (app: $0.0, text: $0.1) }) == [
                StatusProblem("b", apps: [apps[1], apps[2], apps[3]]), StatusProblem("c", apps: [apps[1], apps[3]]),
                StatusProblem("a", apps: [apps[0]]),
            ]
        )
    }

    @Test("Without problems there is no word of any")
    func noProblems() async throws {
        let document = try await StatusReport.document(.example())
        #expect(document.texts(ofClass: "problems").isEmpty)
        #expect(document.all("h2").map(\.text) == ["Providers", "Apps", "Call budgets"])
    }

    @Test("A budget tells spacing, calls an hour against those allowed, and how fresh figures can be")
    func budgets() async throws {
        let budgets = [
            CallBudget.example(),
            .example(spacing: .seconds(30), calls: 5, countedFor: .seconds(40), longest: .seconds(320)),
        ]
        let document = try await StatusReport.document(.example([], budgets: budgets))
        #expect(
            document.rows == [
                [
                    "tencent room_usage", "classroom-prod", "12", "15 s", "240 of 240 100 %, on average of 2 h", "3",
                    "7",
                    "every 5 min",
                ],
                [
                    "tencent room_usage", "classroom-prod", "12",
                    "30 s instead of 15 s: the provider asked for fewer calls", "5 calls so far of 240 an hour", "3",
                    "7",
                    "every 5 min to 5 min 20 s instead of 5 min",
                ],
            ]
        )
    }

    @Test("Days on which sources differ stand in a table of their own, which is not there when they agree")
    func differences() async throws {
        let difference = Difference(
            app: AppName(provider: "tencent", app: "1", name: "Class <1>"),
            day: .november(20),
            primary: (source: "trtc_usage", seconds: 7_200),
            other: (source: "room_usage", seconds: 9_000)
        )
        let document = try await StatusReport.document(
            .example([], budgets: [], differences: Differences(shown: [difference], more: 4))
        )
        #expect(
            document.rows == [
                ["Class <1>", "2026-11-20", "2 h 00 min trtc_usage", "2 h 30 min room_usage", "+25.0 %"]
            ]
        )
        #expect(document.texts(ofClass: "note").last == "And 4 more days.")
        #expect(try await StatusReport.document(.example()).all("caption").count == 2)
    }
}
