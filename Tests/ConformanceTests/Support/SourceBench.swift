import Foundation
import Logging
import ProviderSimulator
import TestSupport
import Testing
import Usage
import UsageLedger
@testable import UsagePolling
import UsageProviders

/// A source as the exporter has it: real calls over loopback to the simulated provider, the poller, a ledger on disk. Only
/// time is turned.
struct SourceBench {
    let variant: SourceVariant
    let clock: TurnedClock
    let simulation: Simulation
    let ledger: UsageLedger
    /// What the poller hands to the ledger.
    let poller: BudgetPoller
    let apps: [AppKey]
    /// All readings that were recorded.
    let readings = ReadingLog()
    private let targets: [PollTarget]
    private let executor: CountedExecutor

    struct Setup {
        /// A Friday evening in Beijing, so that a week's end comes soon.
        var start = UnixTime(seconds: 1_700_222_400)
        var interval = Duration.seconds(6 * 3600)
        var historyDays = 5
        /// How far the machine's clock is ahead of the provider's.
        var skew = Duration.zero
        var timeout = Duration.seconds(10)
        /// Where the ledger is, which then outlives the bench as it outlives a machine that is off; `nil` for one that does not.
        var ledgerFolder: URL?
        /// The provider's further behaviour.
        var behaviour: @Sendable (inout SimulatorConfiguration) -> Void = { _ in }
    }

    /// Runs `body` with everything around a source.
    static func with(
        _ variant: SourceVariant,
        _ setup: Setup = Setup(),
        _ body: (SourceBench) async throws -> Void
    ) async throws {
        let clock = TurnedClock(wall: setup.start)
        var configuration = SimulatorConfiguration.demo
        variant.behaviour(&configuration)
        setup.behaviour(&configuration)
        let simulation = Simulation(
            configuration: configuration,
            clock: SimulatorClock(wall: { clock.now.milliseconds }, monotonic: { clock.uptime })
        )
        let simulators = ProviderSimulators(
            simulation: simulation,
            host: "127.0.0.1",
            ports: ProviderSimulators.Ports(),
            logger: .quiet
        )
        let serving = Task { try await simulators.run() }
        let ownFolder = FileManager.default.temporaryDirectory.appending(path: "conformance-\(UUID().uuidString)")
        let folder = setup.ledgerFolder ?? ownFolder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clients = HTTPClients(proxies: .none)
        do {
            let ledger = try UsageLedger(
                path: folder.appending(path: "l.sqlite").path,
                folding: RoomFolding(limit: 100),
                now: { clock.now }
            )
            let ports = try await simulators.endpoints
            let bench = try SourceBench(variant, setup, clock, simulation, ledger, clients, ports)
            try await bench.run(body)
            try ledger.close()
        } catch {
            Issue.record("\(error)")
        }
        serving.cancel()
        _ = await serving.result
        await clients.shutdown()
        if setup.ledgerFolder == nil { try FileManager.default.removeItem(at: folder) }
    }

    private init(
        _ variant: SourceVariant,
        _ setup: Setup,
        _ clock: TurnedClock,
        _ simulation: Simulation,
        _ ledger: UsageLedger,
        _ clients: HTTPClients,
        _ ports: ProviderSimulators.Ports
    ) throws {
        self.variant = variant
        self.clock = clock
        self.simulation = simulation
        self.ledger = ledger
        executor = CountedExecutor(clock: clock)
        let accounts = simulation.configuration.accounts(of: variant.played.provider)
        let account = try #require(accounts.first)
        let endpoint = try Endpoint("http://127.0.0.1:\(variant.port(ports))")
        let access = variant.make(
            AccountSettings(
                endpoint: endpoint,
                details: variant.details(account, ports),
                keys: AccountKeys(KeySet(variant.keys(account))),
                transport: clients.transport(for: endpoint, certificateAuthorities: nil, timeout: setup.timeout),
                refusals: ledger,
                uptime: { clock.uptime }
            )
        )
        let reader = BlockingReader(reader: try #require(access.reader(for: variant.source)))
        // The busiest app and, where there is one, an app without any usage.
        let polled = [account.apps.first, account.apps.last].compactMap { $0 }
        apps = polled.map { AppKey(provider: variant.source.provider, app: $0.id) }
        var settings = PollPlanner.Settings(interval: setup.interval, historyDays: setup.historyDays)
        settings.longestWait = .seconds(6 * 3600)
        let (start, skew) = (clock.clock, setup.skew)
        targets = apps.map { PollTarget(account: "main", app: $0, reader: reader) }
        poller = BudgetPoller(
            planner: PollPlanner(source: variant.source, settings: settings),
            waitsFirst: false,
            environment: BudgetPoller.Environment(
                store: BlockingStore(store: ledger, log: readings),
                clock: PollClock(now: { start.now() + skew }, uptime: start.uptime, sleep: start.sleep),
                activity: AppActivity(),
                chance: { 0 },
                onChange: { _ in }
            ),
            circuit: EndpointCircuit(),
            memory: nil,
            logger: .quiet
        )
    }

    /// Polls while `body` turns the clock.
    private func run(_ body: (SourceBench) async throws -> Void) async throws {
        clock.loopBegins()
        let polling = Task(executorPreference: executor) { [poller, clock, targets] in
            try? await poller.poll(targets, of: "main")
            await poller.run()
            clock.loopEnds()
        }
        do {
            try await body(self)
        } catch {
            Issue.record("\(error)")
        }
        polling.cancel()
        await polling.value
    }

    /// What the provider claims about a day, as it stands at a moment; silence is none.
    func claimed(_ app: AppKey, _ day: UsageDay, at time: UnixTime) -> Usage.TierSeconds {
        let claim = simulation.truth.claimed(variant.played, app: app.app, day: day.number, now: time.milliseconds)
        return claim.map(Usage.TierSeconds.init) ?? .zero
    }

    /// What the ledger knows of an app.
    func figures(of app: AppKey) async throws -> AppFigures {
        try await ledger.figures(of: app, from: [variant.source])
    }

    /// The day that is current by the design's rule, and what is claimed of it now.
    func currentClaim(_ app: AppKey) -> (day: UsageDay, seconds: Usage.TierSeconds)? {
        let today = variant.source.day(containing: clock.now)
        guard variant.source.grain == .days else { return (today, claimed(app, today, at: clock.now)) }
        for ago in 0..<variant.source.reach {
            let day = today.advanced(by: -ago)
            let now = clock.now.milliseconds
            if let claim = simulation.truth.claimed(variant.played, app: app.app, day: day.number, now: now) {
                return (day, Usage.TierSeconds(claim))
            }
            if variant.source.settleTime(of: day) <= clock.now { return (day, .zero) }
        }
        return nil
    }
}

extension Usage.TierSeconds {
    /// The simulator's figures, which share no code with ours, as ours.
    init(_ claim: ProviderSimulator.TierSeconds) {
        self.init([
            .audio: claim.audio, .sd: claim.sd, .hd: claim.hd, .fhd: claim.fhd, .twoK: claim.twoK, .fourK: claim.fourK,
            .mixed: claim.mixed,
        ])
    }
}

extension Logger {
    /// Tells nobody.
    static let quiet = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
}
