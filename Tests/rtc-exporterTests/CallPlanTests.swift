import Logging
import Testing
import Usage

@testable import rtc_exporter

@Suite("The plan of calls")
struct CallPlanTests {
    /// Some apps of a Tencent account.
    private static func tencent(
        _ name: String = "classroom",
        apps: ClosedRange<Int>,
        sources: [String] = ["trtc_usage", "room_usage"],
        key: String = "AKIDone"
    ) -> String {
        let list = apps.map { "      - { id: \($0) }" }.joined(separator: "\n")
        return """
              - name: \(name)
                provider: tencent
                credentials: { secret_id: { value: \(key) }, secret_key: { value: sEcReT-4711 } }
                sources: [\(sources.joined(separator: ", "))]
                apps:
            \(list)
            """
    }

    private static func plan(_ accounts: String..., poll: String = "{}") throws -> PlanReport {
        let text = "poll: \(poll)\nledger: { path: /no/such/folder/ledger.sqlite }\naccounts:\n"
        let parser = ConfigurationParser(catalogue: ProviderRegistry.catalogue, surroundings: .sample())
        let configuration = try parser.parse(text: text + accounts.joined(separator: "\n"), file: "f.yml")
        return try PlanReport(configuration, at: UnixTime(seconds: 1_790_000_000))
    }

    @Test("What fits is planned as wanted, and there is nothing to warn of")
    func fits() throws {
        let report = try Self.plan(Self.tencent(apps: 1...8))
        #expect(report.plan.fits)
        #expect(report.plan.warnings().isEmpty)
        #expect(report.plan.fittingInterval == nil)
        #expect(report.notes.isEmpty)
        #expect(report.text.hasSuffix("\n\nEverything fits."))
        #expect(report.plan.budgets.map(\.source.name) == ["trtc_usage", "room_usage"])
        #expect(report.plan.budgets[0].apps.allSatisfy { $0.guide == nil })
        #expect(report.plan.budgets[1].apps.allSatisfy { $0.guide?.name == "trtc_usage" })
    }

    @Test("What does not fit is one warning for each budget, with what would fit")
    func warns() throws {
        let warnings = try Self.plan(Self.tencent(apps: 1...20)).plan.warnings()
        let warning = try #require(warnings.first)
        #expect(warnings.count == 1)
        #expect(
            warning.sentence
                == "What is wanted does not fit the limit of room_usage: if all are in use, apps are read every 5m20s, and every "
                + "5m55s while history is filled in. What would fit: poll.interval: 5m20s; or 18 apps behind this key, "
                + "with the others behind another, or without room_usage in their sources."
        )
        #expect(
            warning.metadata == [
                "provider": "tencent", "source": "room_usage", "accounts": "classroom", "apps": "20", "wanted": "5m",
                "planned": "5m20s", "fitting_apps_in_use": "18",
            ]
        )
    }

    @Test("Accounts that share a key share a budget, and apps without a guide are told of one")
    func shared() throws {
        let report = try Self.plan(
            Self.tencent("one", apps: 1...10, sources: ["room_usage"]),
            Self.tencent("two", apps: 11...20, sources: ["room_usage"]),
            Self.tencent("three", apps: 21...30, key: "AKIDother")
        )
        #expect(report.plan.budgets.map(\.accounts) == [["one", "two"], ["three"], ["three"]])
        let first = report.plan.budgets[0]
        let warnings = report.plan.warnings().map(\.metadata)
        #expect(warnings.map { $0["accounts"] } == ["one,two"])
        #expect(warnings.map { $0["fitting_apps_in_use"] } == [nil])
        #expect(first.possibleGuide?.name == "trtc_usage")
        #expect(report.text.contains("With trtc_usage in the sources of its apps as well, "))
        #expect(!report.text.contains("without room_usage"))
        #expect(report.plan.fittingInterval == .seconds(320))
    }

    @Test(
        "Where only some apps have a guide the others are told of it; where none in use would be fresh that is not said"
    )
    func someGuided() throws {
        let text = try Self.plan(
            Self.tencent("one", apps: 1...10),
            Self.tencent("two", apps: 11...20, sources: ["room_usage"]),
            poll: "{ interval: 10s }"
        ).text
        #expect(text.contains("  Apps that are not in use are asked less, at least every 6h12m.\n"))
        #expect(text.contains("  With trtc_usage in the sources of the other apps as well, those "))
    }

    @Test("A thousand apps take a few lines, and stand one by one in the JSON")
    func thousand() throws {
        let report = try Self.plan(Self.tencent(apps: 1...1000))
        #expect(report.text.split(separator: "\n").count < 20)
        #expect(report.text.contains("\nclassroom: 1, 2, 3, 4, 5 and 995 more\n"))
        #expect(report.text.contains("No interval fits: days that are over take 375 calls an hour by themselves."))
        #expect(report.text.hasSuffix("\n\nNot everything fits."))
        #expect(report.json.split(separator: "\"guided_by\": \"trtc_usage\"").count == 1001)
    }

    @Test("Apps of one account that are read in different ways are told apart")
    func groups() throws {
        let apps = """
              - name: mixed
                provider: tencent
                credentials: { secret_id: { value: AKIDone }, secret_key: { value: sEcReT-4711 } }
                apps: [ { id: 1, name: Both }, { id: 2, sources: [room_usage] }, { id: 3, name: Also both } ]
            """
        let text = try Self.plan(apps).text
        #expect(
            text.contains(
                """
                mixed: Both, Also both
                  trtc_usage every 5m
                  room_usage every 5m; while trtc_usage tells of no use ever less, at least every 6h
                mixed: 2
                  room_usage every 5m
                """
            )
        )
    }

    @Test("A source of an account that is as slow as its guide has none")
    func slowGuide() throws {
        let limited = Self.tencent(apps: 1...3) + "\n    limits: { trtc_usage: 4s }"
        #expect(try Self.plan(limited).plan.budgets[1].apps.allSatisfy { $0.guide == nil })
    }

    @Test(
        "Names from outside move no cursor, turn no text round and keep columns straight",
        arguments: [
            ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"), ("a\nb", "a\\u{a}b"), ("\u{202e}cba", "\\u{202e}cba"),
            ("\u{9b}31m", "\\u{9b}31m"), ("数学课堂", "数学课堂"),
            (String(repeating: "x", count: 50), String(repeating: "x", count: 39) + "…"),
        ]
    )
    func names(name: String, shown: String) {
        #expect(PlanText.name(name) == shown)
    }

    @Test(
        "Durations are rounded up to what matters",
        arguments: [
            (0, "0s"), (1000, "1s"), (1201, "1.3s"), (9_999, "10s"), (300_000, "5m"), (319_286, "5m20s"),
            (3_600_001, "1h1m"), (86_401_000, "1d1h"),
        ]
    )
    func durations(milliseconds: Int, text: String) {
        #expect(PlanText.duration(.milliseconds(milliseconds)) == text)
    }

    @Test(
        "Rates have a decimal place where it matters",
        arguments: [(0, "0"), (0.01, "<0.1"), (0.25, "0.3"), (233.01, "233"), (247.5, "247.5"), (12375.4, "12375")]
    )
    func rates(rate: Double, text: String) {
        #expect(PlanText.rate(rate) == text)
    }

    @Test("Columns are as wide as the widest of them, Chinese names counted double")
    func table() {
        var table = TextTable([.init(title: "NAME"), .init(title: "N", isNumber: true), .init(title: "END")])
        table.add(["课堂", "1", ""])
        table.add(["abcde", "200", "x"])
        #expect(table.lines == ["NAME     N  END", "课堂     1", "abcde  200  x"])
    }

    @Test("JSON has its keys in order, its numbers short and nothing that a terminal would obey")
    func json() {
        let json = JSONOutput.object([
            "b": .list([
                .number(233.009_708), .number(2), .whole(3), .null, .seconds(nil), .seconds(.milliseconds(1500)),
            ]),
            "a": .text("x\u{1b}\"\u{202e}"), "empty": .list([]), "endless": .number(.infinity), "yes": .bool(true),
        ])
        #expect(
            json.text() == """
                {
                  "b": [
                    233.01,
                    2,
                    3,
                    null,
                    null,
                    1.5
                  ],
                  "a": "x\\u001b\\"\\u202e",
                  "empty": [],
                  "endless": null,
                  "yes": true
                }
                """
        )
    }
}
