import ExporterHTTP
import ExporterMetrics
import Logging
import ServiceLifecycle
import UnixSignals
import Usage
import UsageLedger
import UsagePolling
import UsageProviders
import UsageReports

/// The exporter as a whole: opens the ledger, polls, keeps the page and serves it.
struct Exporter: Sendable {
    let configuration: ExporterConfiguration
    /// Where the configuration comes from, to be loaded anew; `nil` when from no file.
    let file: ConfigurationFile?
    /// Tells of each SIGHUP, which asks for that.
    let hangUps: UnixSignalsSequence
    let listeners: [Listener]
    let options: WebOptions
    /// What the web configuration file asks for, as it is at each moment; `nil` for an open door.
    let protection: WebProtectionWatch?
    let wallClock: @Sendable () -> UnixTime
    /// Sentences for the top of the status page.
    let notes: [String]

    /// Runs until a signal or, within a larger group of services, that group ends it.
    ///
    /// - Throws: What keeps it from starting, as a sentence.
    func run() async throws {
        let logger = Logger(label: "exporter")
        // What is wrong with the configuration is told before a ledger is made.
        _ = try PollBudget.budgets(of: configuration)
        let proxies = try ProxySettings.ofProcess()
        let ledger = try UsageLedger(
            path: configuration.ledger.path,
            folding: RoomFolding(limit: configuration.rooms.limit),
            roomNaming: HashingStore.naming(by: configuration.rooms.hashKey),
            refilled: configuration.refilledDays,
            now: wallClock
        )
        logger.info("The ledger is open.", metadata: ["path": "\(ledger.path)", "new": "\(!ledger.existedBefore)"])
        if let recovery = ledger.condition.lastRecovery {
            logger.error(
                "The ledger was damaged: it is set aside, and another one is filled from the providers.",
                metadata: ["set_aside": "\(recovery.setAside)", "cause": "\(recovery.cause)"]
            )
        }
        let clients = HTTPClients(proxies: proxies)
        do {
            let clock = SystemClock.pollClock(wall: wallClock)
            let surroundings = AccountAccess.Surroundings(clients: clients, refusals: ledger, uptime: clock.uptime)
            let plan = try PollingPlan(configuration, surroundings)
            let polling = Polling(plan: plan, ledger: ledger, clock: clock)
            let reloader = ConfigurationReloader(
                file: file,
                polling: polling,
                surroundings: surroundings,
                hangUps: hangUps
            )
            try await serve(polling, reloader, ledger: ledger)
        } catch {
            await clients.shutdown()
            throw error
        }
        await clients.shutdown()
        try ledger.close()
        logger.info("The exporter has ended.")
    }

    private func serve(_ polling: Polling, _ reloader: ConfigurationReloader, ledger: UsageLedger) async throws {
        let statistics = HTTPStatistics(handlers: ExporterRouter.handlers)
        let pages = pages(polling, reloader, ledger, statistics)
        let router = ExporterRouter(pages: pages, options: options, statistics: statistics)
        let servers = listeners.map { listener in
            ExporterServer(
                listener: listener,
                router: router,
                protection: protection?.protection,
                logger: Logger(label: "http")
            )
        }
        let watches: [any Service] = protection.map { [$0] } ?? []
        try await Lifecycle.run(servers + watches + [polling, reloader], logger: Logger(label: "exporter"))
    }

    private func pages(
        _ polling: Polling,
        _ reloader: ConfigurationReloader,
        _ ledger: UsageLedger,
        _ statistics: HTTPStatistics
    ) -> ExporterPages {
        let (notes, clock, started) = (notes, wallClock, wallClock())
        let reporter: @Sendable () async -> StatusReporter = {
            StatusReporter(
                polling: polling,
                reloadProblem: await reloader.problem,
                ledger: ledger,
                notes: notes,
                started: started,
                now: clock()
            )
        }
        return ExporterPages(
            metrics: { polling.publisher.page },
            metricsTail: {
                let queues = await polling.queues()
                return polling.publisher.tail(queues: queues, store: ledger.condition, http: statistics)
            },
            usage: Self.usageAPI(polling, ledger, clock).answer,
            status: { await reporter().report($0) },
            app: { await reporter().report(provider: $0, app: $1) },
            reload: { await reloader.reload() }
        )
    }

    private static func usageAPI(
        _ polling: Polling,
        _ ledger: UsageLedger,
        _ clock: @escaping @Sendable () -> UnixTime
    ) -> UsageAPI {
        let logger = Logger(label: "http")
        return UsageAPI(
            history: ledger,
            apps: {
                let accounts = await polling.plan.configuration.accounts
                let providers = Set(accounts.map { Provider(rawValue: $0.provider) })
                return ReportedApps(apps: await polling.apps, providers: providers)
            },
            now: clock,
            onFailure: { logger.error("Recorded usage cannot be read.", metadata: ["error": "\($0)"]) }
        )
    }
}
