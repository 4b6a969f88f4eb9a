import Foundation
import Testing

@Suite("Starting, ending and being killed")
struct LifecycleTests {
    private static let secretKey = "simulated-demo-secret-key"

    /// A configuration for the simulated account.
    static func configuration(
        in workplace: Workplace,
        simulator: RunningSimulator,
        spacing: String = "500ms",
        key: String = secretKey
    ) throws -> String {
        try workplace.write(
            "rtc-exporter.yml",
            """
            ledger: { path: ledger.sqlite }
            poll: { interval: 1s, history: 5d, timeout: 5s }
            accounts:
              - name: simulated
                provider: tencent
                endpoint: \(simulator.url)
                credentials:
                  secret_id: { value: AKIDsimulated0demo0account }
                  secret_key: { env: E2E_SECRET_KEY }
                sources: [room_usage]
                limits: { room_usage: \(spacing) }
                apps: [ { id: 1400012001, name: Classroom }, { id: 1400012002 }, { id: 1400012003 } ]
            """
        )
    }

    private static let environment = ["E2E_SECRET_KEY": secretKey]

    @Test("kill -9 in the middle of polling costs no figure and no call too early")
    func killedAgainAndAgain() async throws {
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: 500)
        try await simulator.stopClock()
        let file = try Self.configuration(in: workplace, simulator: simulator)
        var known: [String: Int] = [:]
        var metered = 0
        for round in 1...6 {
            let exporter = try await RunningExporter.start(
                ["serve", "--config.file", file],
                environment: Self.environment
            )
            try await exporter.waitUntilReady()
            let first = try await exporter.page()
            for (app, sum) in known { #expect(first.sum("rtc_usage_seconds", "app=\"\(app)\"") == sum) }
            #expect(try #require(first.sum("rtc_metered_seconds_total")) >= metered)
            let before = try await simulator.calls().count
            // Killed at another phase of the call each time. Until yesterday is final it has one of the first three turns.
            try await eventually("some more calls arrive", within: .seconds(20)) {
                try await simulator.calls().count >= before + 1 + round % 5
            }
            let page = try await exporter.page()
            for app in ["1400012001", "1400012002", "1400012003"] {
                known[app] = page.sum("rtc_usage_seconds", "app=\"\(app)\"") ?? known[app]
            }
            metered = page.sum("rtc_metered_seconds_total") ?? metered
            exporter.process.signal(SIGKILL)
            try await exporter.process.end(within: .seconds(5))
        }
        let calls = try await simulator.calls()
        let gaps = zip(calls, calls.dropFirst()).map { $1.monotonic_ms - $0.monotonic_ms }
        #expect(calls.count >= 12)
        #expect(try #require(gaps.min()) >= 500)
        #expect(Set(calls.map(\.outcome)) == ["ok"])
        #expect(known.count == 3)
    }

    @Test("After a restart the page has the ledger's figures before the first call is made")
    func figuresBeforeTheFirstCall() async throws {
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: 300)
        try await simulator.stopClock()
        let file = try Self.configuration(in: workplace, simulator: simulator, spacing: "300ms")
        let first = try await RunningExporter.start(["serve", "--config.file", file], environment: Self.environment)
        let truth = try await simulator.truth().apps.filter { $0.app <= "1400012003" }.reduce(0) { $0 + $1.sum }
        try await eventually("all apps are read", within: .seconds(20)) {
            try await first.page().sum("rtc_usage_seconds") == truth
        }
        first.process.signal(SIGTERM)
        try await first.process.end(within: .seconds(5))
        #expect(first.process.exitStatus == 0)

        // With the real spacing, so that no call can have been made when the page is looked at.
        let slow = try Self.configuration(in: workplace, simulator: simulator, spacing: "60s")
        let calls = try await simulator.calls().count
        let second = try await RunningExporter.start(["serve", "--config.file", slow], environment: Self.environment)
        try await second.waitUntilReady()
        #expect(try await second.page().sum("rtc_usage_seconds") == truth)
        #expect(try await simulator.calls().count == calls)
    }

    @Test(
        "SIGTERM and SIGINT end it with 0 within five seconds, also while a call is under way",
        arguments: [SIGTERM, SIGINT]
    )
    func signals(_ signal: Int32) async throws {
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: 300)
        try await simulator.breakDown("hang")
        let file = try Self.configuration(in: workplace, simulator: simulator, spacing: "300ms")
        let exporter = try await RunningExporter.start(["serve", "--config.file", file], environment: Self.environment)
        try await eventually("a call hangs", within: .seconds(10)) { try await !simulator.calls().isEmpty }
        exporter.process.signal(signal)
        try await exporter.process.end(within: .seconds(5))
        #expect(exporter.process.exitStatus == 0)
    }

    @Test("A second exporter on the same ledger says so and stops")
    func secondExporter() async throws {
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: 300)
        let file = try Self.configuration(in: workplace, simulator: simulator, spacing: "300ms")
        let first = try await RunningExporter.start(["serve", "--config.file", file], environment: Self.environment)
        let second = try ChildProcess(
            Workplace.exporter,
            ["serve", "--config.file", file, "--log.level=error", "--web.listen-address", "127.0.0.1:0"],
            environment: Self.environment
        )
        try await second.end(within: .seconds(10))
        #expect(second.exitStatus == 1)
        let path = workplace.path("ledger.sqlite")
        try await eventually("it says so", within: .seconds(5)) {
            second.standardError
                == "rtc-exporter: The ledger \(path) is in use by another exporter or by a trial: each exporter needs a ledger of its own.\n"
        }
        #expect(first.process.isRunning)
    }

    @Test("A ledger that is deleted while in use is told at the next reading")
    func deletedLedger() async throws {
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: 300)
        let file = try Self.configuration(in: workplace, simulator: simulator, spacing: "300ms")
        let exporter = try await RunningExporter.start(["serve", "--config.file", file], environment: Self.environment)
        try await eventually("figures are on the page", within: .seconds(20)) {
            try await exporter.page().sum("rtc_usage_seconds") != nil
        }
        try FileManager.default.removeItem(atPath: workplace.path("ledger.sqlite"))
        _ = try await exporter.process.line(with: "was deleted or replaced")
        try await eventually("the page says so", within: .seconds(20)) {
            let page = try await Web.get("\(exporter.url)/metrics").body
            return page.contains("\nrtc_ledger_writable 0\n") && page.contains("source=\"room_usage\"} 0\n")
        }
        #expect(
            try await Web.get("\(exporter.url)").body.contains(
                "was deleted or replaced while in use: restart the exporter."
            )
        )
    }

    @Test("A connection that is still being made does not hold up the end")
    func silentProvider() async throws {
        let workplace = try Workplace()
        let silent = try SilentPort()
        let simulator = RunningSimulator(process: nil, url: "https://127.0.0.1:\(silent.number)")
        let file = try Self.configuration(in: workplace, simulator: simulator)
        let exporter = try await RunningExporter.start(["serve", "--config.file", file], environment: Self.environment)
        try await exporter.waitUntilReady()
        try await eventually("the call is under way", within: .seconds(10)) { silent.hasCaller }
        exporter.process.signal(SIGTERM)
        try await exporter.process.end(within: .seconds(5))
        #expect(exporter.process.exitStatus == 0)
    }

    @Test("A key that the provider refuses is told with what to do, and the exporter goes on serving")
    func refusedKey() async throws {
        let workplace = try Workplace()
        let simulator = try await RunningSimulator.start(spacingMilliseconds: 300)
        let file = try Self.configuration(in: workplace, simulator: simulator, spacing: "300ms")
        let wrong = ["E2E_SECRET_KEY": "not-the-right-key-4711"]
        let exporter = try await RunningExporter.start(
            ["serve", "--config.file", file, "--log.level=debug"],
            environment: wrong
        )
        let line = try await exporter.process.line(with: "AuthFailure.SignatureFailure")
        #expect(line.contains("Check secret_key"))
        try await eventually("the refusal is counted", within: .seconds(5)) {
            try await exporter.page().sum("rtc_api_requests_total", "outcome=\"unauthorized\"") == 1
        }
        let page = try await Web.get("\(exporter.url)/metrics").body
        let status = try await Web.get(exporter.url).body
        #expect(
            page.contains(
                "rtc_poll_success{provider=\"tencent\",account=\"simulated\",app=\"1400012001\",source=\"room_usage\"} 0"
            )
        )
        #expect(status.contains("Check secret_key"))
        for text in [page, status, exporter.process.standardError] { #expect(!text.contains("4711")) }
    }

    @Test("With JSON logs every line is an object")
    func jsonLogs() async throws {
        let demo = try ChildProcess(
            Workplace.exporter,
            ["demo", "--web.listen-address", "127.0.0.1:0", "--log.format=json", "--log.level=debug"]
        )
        _ = try await demo.line(with: "The app was read.")
        demo.signal(SIGTERM)
        try await demo.end(within: .seconds(5))
        #expect(demo.exitStatus == 0)
        for line in demo.standardError.split(separator: "\n") {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
        }
    }
}
