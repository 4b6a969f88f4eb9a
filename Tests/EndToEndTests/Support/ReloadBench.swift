import Foundation

/// An exporter whose configuration a case changes while it runs, on simulated providers.
struct ReloadBench {
    /// Stands in the file as it is, so that a case can look for it elsewhere.
    static let secret = "simulated-demo-secret-key"

    let workplace: Workplace
    let simulators: RunningSimulators
    let exporter: RunningExporter

    static func start(
        _ text: (RunningSimulators) -> String,
        _ arguments: [String] = ["--web.enable-lifecycle"]
    ) async throws -> ReloadBench {
        let workplace = try Workplace()
        let simulators = try await RunningSimulators.start()
        let file = try workplace.write("rtc-exporter.yml", text(simulators))
        let exporter = try await RunningExporter.start(["serve", "--config.file", file] + arguments)
        try await exporter.waitUntilReady()
        return ReloadBench(workplace: workplace, simulators: simulators, exporter: exporter)
    }

    /// A configuration of the Tencent account with the apps of these numbers.
    static func tencent(
        _ simulators: RunningSimulators,
        apps: [Int],
        poll: String = "interval: 1h, history: 0d",
        source: String = "room_usage",
        _ more: String = ""
    ) -> String {
        """
        ledger: { path: ledger.sqlite }
        poll: { \(poll) }
        accounts:
          - name: school
            provider: tencent
            endpoint: \(simulators.tencent)
            credentials: { secret_id: { value: AKIDsimulated0demo0account }, secret_key: { value: \(secret) } }
            sources: [\(source)]
            limits: { room_usage: 300ms }
            apps: [\(apps.map { "{ id: 140001200\($0) }" }.joined(separator: ", "))]
        \(more)
        """
    }

    func write(_ text: (RunningSimulators) -> String) throws {
        _ = try workplace.write("rtc-exporter.yml", text(simulators))
    }

    func post() async throws -> Web.Answer { try await Web.send("POST", "\(exporter.url)/-/reload") }

    /// Sends SIGHUP and waits until that has come to something.
    func hangUp() async throws {
        let before = reloads
        exporter.process.signal(SIGHUP)
        try await eventually("the signal has been heard", within: .seconds(10)) { reloads > before }
    }

    /// How often the log tells of a reload.
    private var reloads: Int { exporter.process.standardError.components(separatedBy: "The configuration was ").count }

    func page() async throws -> String { try await Web.get("\(exporter.url)/metrics").body }

    /// Waits until each of the apps has figures and nothing is left to do.
    func waitForFigures(of apps: [Int]) async throws {
        try await eventually("apps \(apps) have figures", within: .seconds(20)) {
            let page = try await exporter.page()
            return page.sum("rtc_poll_jobs_waiting") == 0
                && apps.allSatisfy { page.sum("rtc_usage_seconds", "app=\"140001200\($0)\"") != nil }
        }
    }

    /// The calls that arrived at the Tencent account.
    func calls() async throws -> [RunningSimulator.Call] {
        try await RunningSimulator(process: nil, url: simulators.tencent).calls()
    }
}
