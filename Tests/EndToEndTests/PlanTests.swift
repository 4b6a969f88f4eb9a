import Foundation
import Testing

@Suite("Whether what is wanted fits")
struct PlanTests {
    /// The keys that users rely on.
    private struct Plan: Decodable {
        struct Rates: Decodable {
            let current: Double
            let closed: Double
            let idle: Double
            let history: Double
            let total: Double
        }

        struct App: Decodable {
            let id: String
            let name: String
            let account: String
            let wanted_interval_seconds: Double
            let planned_interval_seconds: Double
            let guided_by: String?
        }

        struct Budget: Decodable {
            let provider: String
            let source: String
            let accounts: [String]
            let fits: Bool
            let allowed_calls_per_hour: Double
            let usable_calls_per_hour: Double
            let wanted_calls_per_hour: Rates
            let planned_calls_per_hour: Rates
            let wanted_interval_seconds: Double
            let planned_interval_seconds: Double
            let planned_interval_while_filling_seconds: Double
            let fitting_interval_seconds: Double?
            let fitting_apps: Int
            let most_apps_in_use: Int?
            let idle_interval_seconds: Double?
            let history_fill_seconds: Double?
            let apps: [App]
        }

        let fits: Bool
        let fitting_interval_seconds: Double?
        let notes: [String]
        let budgets: [Budget]
    }

    private static func configuration(apps: Int, poll: String = "{}") -> String {
        let list = (0..<apps).map { "      - { id: \(1_400_012_001 + $0), name: \"Class \($0 + 1)\" }" }
        return """
            ledger: { path: ledger.sqlite }
            poll: \(poll)
            accounts:
              - name: classroom
                provider: tencent
                credentials: { secret_id: { value: AKIDsimulated0demo0account }, secret_key: { value: some-secret-4711 } }
                apps:
            \(list.joined(separator: "\n"))
              - name: meetings
                provider: huawei
                project_id: 5111a7ed00000000000000000000c10d
                credentials: { access_key: { value: HWAK }, secret_key: { value: other-secret-4712 } }
                apps: [ { id: 5fa6000000000000000c1001, name: Clinic video } ]
            """
    }

    private static func plan(_ workplace: Workplace, _ text: String, _ arguments: String...) throws -> (
        status: Int32, text: String
    ) {
        let file = try workplace.write("rtc-exporter.yml", text)
        return try Workplace.run(Workplace.exporter, ["plan", "--config.file", file] + arguments)
    }

    private static func files(in workplace: Workplace) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: workplace.folder).sorted()
    }

    @Test("A wish that fits is a table and exit status 0; no ledger is created, no secret told")
    func fits() throws {
        let workplace = try Workplace()
        let (status, text) = try Self.plan(workplace, Self.configuration(apps: 8))
        #expect(status == 0)
        #expect(
            text == """
                poll.interval: 5m, poll.history: 30d

                ACCOUNT    SOURCE         APPS  ALLOWED/H  USABLE/H  WANTED/H  PLANNED/H  EVERY  WHILE FILLING  HISTORY IN  FITS
                classroom  trtc_usage        8      18000     15000      98.7       98.7  5m     5m             2s          yes
                classroom  room_usage        8        240       233        99         99  5m     5m             1h48m       yes
                meetings   history_usage     1       1800      1748        12         12  5m     5m             2.1s        yes

                classroom: Class 1, Class 2, Class 3, Class 4, Class 5 and 3 more
                  trtc_usage every 5m
                  room_usage every 5m; while trtc_usage tells of no use ever less, at least every 6h
                meetings: Clinic video
                  history_usage every 5m

                Everything fits.

                """
        )
        #expect(try Self.files(in: workplace) == ["rtc-exporter.yml"])
    }

    @Test("One that does not has exit status 3, and says what would fit; with that it fits")
    func doesNotFit() throws {
        let workplace = try Workplace()
        let (status, text) = try Self.plan(workplace, Self.configuration(apps: 20))
        #expect(status == 3)
        #expect(
            text.hasSuffix(
                """

                room_usage of classroom does not fit.
                  20 apps every 5m take 247.5 calls an hour (240 for running days, 6.7 for days just over, 0.8 for days read once more), and of the 240 that are allowed 233 can be relied on.
                  If all are in use, apps are read every 5m20s, and every 5m55s while history is filled in.
                  Apps that are not in use are asked less, at least every 6h: while no more than 18 of 20 apps are in use at once, each of those is read every 5m.
                  What would fit:
                    - poll.interval: 5m20s
                    - 18 apps behind this key, with the others behind another, or without room_usage in their sources

                With poll.interval: 5m20s everything would fit.

                """
            ),
            "\(text)"
        )
        #expect(!text.contains("4711") && !text.contains("4712") && !text.contains("AKID") && !text.contains("HWAK"))
        #expect(try Self.plan(workplace, Self.configuration(apps: 20, poll: "{ interval: 5m20s }")).status == 0)
        #expect(try Self.plan(workplace, Self.configuration(apps: 18)).status == 0)
    }

    @Test("JSON has the same figures under fixed keys")
    func json() throws {
        let workplace = try Workplace()
        let (status, text) = try Self.plan(workplace, Self.configuration(apps: 20), "--format", "json")
        #expect(status == 3)
        let plan = try JSONDecoder().decode(Plan.self, from: Data(text.utf8))
        #expect(!plan.fits)
        #expect(plan.fitting_interval_seconds == 320)
        #expect(plan.notes.isEmpty)
        #expect(plan.budgets.map(\.source) == ["trtc_usage", "room_usage", "history_usage"])
        #expect(plan.budgets.map(\.fits) == [true, false, true])
        let rooms = plan.budgets[1]
        #expect(rooms.provider == "tencent")
        #expect(rooms.accounts == ["classroom"])
        #expect(rooms.allowed_calls_per_hour == 240)
        #expect(rooms.usable_calls_per_hour == 233.01)
        #expect(rooms.wanted_calls_per_hour.current == 240)
        #expect(rooms.wanted_calls_per_hour.total == 247.5)
        #expect(rooms.planned_calls_per_hour.total == 233.01)
        #expect(rooms.wanted_interval_seconds == 300)
        #expect((319...320).contains(rooms.planned_interval_seconds))
        #expect((354...355).contains(rooms.planned_interval_while_filling_seconds))
        #expect(rooms.fitting_interval_seconds == 320)
        #expect(rooms.fitting_apps == 18)
        #expect(rooms.most_apps_in_use == 18)
        #expect(rooms.idle_interval_seconds == 21_600)
        #expect(rooms.apps.map(\.id).first == "1400012001")
        #expect(rooms.apps.count == 20)
        #expect(rooms.apps.allSatisfy { $0.guided_by == "trtc_usage" && $0.wanted_interval_seconds == 300 })
        #expect(plan.budgets[2].apps.map(\.name) == ["Clinic video"])
        #expect(plan.budgets[2].fitting_interval_seconds == nil)
        #expect(plan.budgets[2].most_apps_in_use == nil)
        #expect(!text.contains("4711") && !text.contains("4712") && !text.contains("AKID") && !text.contains("HWAK"))
        #expect(try Self.files(in: workplace) == ["rtc-exporter.yml"])
    }

    @Test("A bad configuration, accounts that contradict each other and an unknown format have exit status 1")
    func bad() throws {
        let workplace = try Workplace()
        #expect(try Self.plan(workplace, "acounts: []").status == 1)
        #expect(try Self.plan(workplace, Self.configuration(apps: 1), "--format", "yaml").status == 1)
        let missing = try Workplace.run(Workplace.exporter, ["plan", "--config.file", workplace.path("none.yml")])
        #expect(missing.status == 1)
        let account = """
              - name: NAME
                provider: tencent
                credentials: { secret_id: { value: AKID }, secret_key: { value: some-secret-4711 } }
                limits: { room_usage: LIMIT }
                apps: [ { id: ID } ]

            """
        func with(_ name: String, _ limit: String, _ id: String) -> String {
            account.replacing("NAME", with: name).replacing("LIMIT", with: limit).replacing(" ID", with: " \(id)")
        }
        let conflict = try Self.plan(workplace, "accounts:\n" + with("a", "15s", "1") + with("b", "20s", "2"))
        #expect(conflict.status == 1)
        #expect(conflict.text.contains("share its budget"))
    }

    @Test("Discovered apps are known from the ledger, beside an exporter that runs and after it")
    func discovered() async throws {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        let configuration = """
            ledger: { path: ledger.sqlite }
            poll: { history: 5d, timeout: 5s }
            accounts:
              - name: live
                provider: volcengine
                endpoint: \(simulators.volcengine)
                credentials:
                  access_key: { value: AKLTsimulated0demo0account }
                  secret_key: { value: simulated-volcengine-demo-secret-key }
                apps: { discover: true, exclude: ["Karaoke*"] }
            """
        let before = try Self.plan(workplace, configuration)
        #expect(before.status == 0)
        #expect(before.text.contains("Note: The apps of account live are discovered, and none are known before "))
        #expect(try Self.files(in: workplace) == ["rtc-exporter.yml"])

        let exporter = try await RunningExporter.start(["serve", "--config.file", workplace.path("rtc-exporter.yml")])
        try await eventually("the listed apps have figures", within: .seconds(30)) {
            try await exporter.page().sum("rtc_usage_seconds") != nil
        }
        let listed = "\nlive: Live auction, Language lessons\n  list_usages every 5m\n"
        #expect(try Self.plan(workplace, configuration).text.contains(listed))
        try await eventually("the history is known", within: .seconds(30)) {
            try Self.plan(workplace, configuration).text.contains("  known ")
        }
        exporter.process.signal(SIGTERM)
        try await exporter.process.end(within: .seconds(5))
        let files = try Self.files(in: workplace)
        #expect(try Self.plan(workplace, configuration).text.contains(listed))
        #expect(try Self.files(in: workplace) == files)
    }
}
