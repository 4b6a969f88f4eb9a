import Foundation
import Logging
import ProviderSimulator
import Usage
import UsageLedger
import UsagePolling
import UsageProviders

/// How much of a budget of one call per 15 s is used while work waits, measured where calls arrive: at a simulated provider,
/// over HTTP, in real time, with the reader, the poller and the ledger that the exporter has.
struct ArrivalBenchmark {
    /// How long it takes.
    let duration: Duration

    func run() async throws {
        let simulation = Simulation(configuration: .demo)
        let simulators = ProviderSimulators(
            simulation: simulation,
            host: "127.0.0.1",
            ports: ProviderSimulators.Ports(),
            logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
        )
        let folder = FileManager.default.temporaryDirectory.appending(path: "arrivals-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clients = HTTPClients()
        let serving = Task { try await simulators.run() }
        let now: @Sendable () -> UnixTime = { UnixTime(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) }
        let path = folder.appending(path: "l.sqlite").path
        let ledger = try UsageLedger(path: path, folding: RoomFolding(limit: 100), now: now)
        let poller = try await poller(simulation, port: simulators.endpoints.tencent, clients, ledger)
        let polling = Task { await poller.run() }
        try await Task.sleep(for: duration)
        polling.cancel()
        await polling.value
        serving.cancel()
        _ = await serving.result
        await clients.shutdown()
        try ledger.close()
        report(simulation.calls.all.filter { $0.api == .roomUsage })
    }

    private func poller(_ simulation: Simulation, port: Int, _ clients: HTTPClients, _ ledger: UsageLedger) async throws
        -> BudgetPoller
    {
        let source = TencentProvider.roomUsage
        let start = ContinuousClock.now
        let clock = PollClock(
            now: { UnixTime(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) },
            uptime: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0, tolerance: .zero, clock: .continuous) }
        )
        let poller = BudgetPoller(
            planner: PollPlanner(
                source: source,
                settings: PollPlanner.Settings(interval: .seconds(300), historyDays: 30)
            ),
            waitsFirst: false,
            environment: BudgetPoller.Environment(
                store: ledger,
                clock: clock,
                activity: AppActivity(),
                chance: { Double.random(in: 0..<1) },
                onChange: { _ in }
            ),
            circuit: EndpointCircuit(),
            memory: nil,
            logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
        )
        guard let account = simulation.configuration.accounts(of: .tencent).first else { return poller }
        let endpoint = try Endpoint("http://127.0.0.1:\(port)")
        let access = TencentAccount(
            AccountSettings(
                endpoint: endpoint,
                details: [:],
                keys: AccountKeys(
                    KeySet(["secret_id": Secret(account.secretID), "secret_key": Secret(account.secretKey)])
                ),
                transport: clients.transport(for: endpoint, timeout: .seconds(30)),
                refusals: ledger,
                uptime: clock.uptime
            )
        )
        guard let reader = access.reader(for: source) else { return poller }
        try await poller.poll(
            account.apps.map { app in
                PollTarget(account: "main", app: AppKey(provider: .tencent, app: app.id), reader: reader)
            },
            of: "main"
        )
        return poller
    }

    private func report(_ calls: [RecordedCall]) {
        let arrivals = calls.map(\.monotonicMilliseconds)
        guard let first = arrivals.first, let last = arrivals.last, last > first else {
            return print("no calls arrived")
        }
        let use = Double((arrivals.count - 1) * 15_000) / Double(last - first)
        let early = calls.count { $0.outcome != "ok" }
        print("room calls at one per 15 s over HTTP, for \(duration.components.seconds) s of real time")
        print("  calls: \(calls.count), refused as too early: \(early)")
        print("  use of the budget while work waits: \(String(format: "%.2f", use * 100)) %")
    }
}
