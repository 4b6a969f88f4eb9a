import Logging
import Usage
import UsagePolling

/// The poller of all apps of a page, which never calls: the page tells how it stands, and each scrape how long its queue is.
struct IdlePoller {
    /// A source that nobody asks.
    private struct SilentReader: UsageReader {
        let source: UsageSource

        @concurrent
        func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer {
            ReadingAnswer(.failure(ReadingFailure(.unavailable, "Nobody is asked.")), wasSent: false)
        }
    }

    private let poller: BudgetPoller

    /// A poller that knows the apps of a ledger.
    init(of ledger: PageLedger) async throws {
        let source = ledger.scenario.source
        poller = BudgetPoller(
            planner: PollPlanner(
                source: source,
                settings: PollPlanner.Settings(interval: .seconds(300), historyDays: 30)
            ),
            waitsFirst: false,
            environment: BudgetPoller.Environment(
                store: ledger.store,
                clock: PollClock(now: { PageScenario.now }, uptime: { .seconds(3600) }, sleep: { _ in }),
                activity: AppActivity(),
                chance: { 0.5 },
                onChange: { _ in }
            ),
            circuit: EndpointCircuit(),
            memory: nil,
            logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
        )
        let reader = SilentReader(source: source)
        try await poller.poll(
            ledger.scenario.apps.map { PollTarget(account: "main", app: $0.key, reader: reader) },
            of: "main"
        )
    }

    /// What waits.
    func queues() async -> [CallQueue] { await poller.queues() }

    /// How it stands.
    func status() async -> BudgetStatus { await poller.status() }
}
