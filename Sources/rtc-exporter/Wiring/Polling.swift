import ExporterMetrics
import Logging
import ServiceLifecycle
import Usage
import UsageLedger
import UsagePolling
import UsageProviders

/// Everything that runs behind the page: the pollers of all budgets, the page's renewal and the ledger's retention.
struct Polling: Service {
    /// Keeps the page.
    let publisher: MetricsPublisher
    /// The apps in the order of the configuration.
    let apps: [PolledApp]

    private let configuration: ExporterConfiguration
    private let ledger: UsageLedger
    private let clock: PollClock
    private let pollers: [BudgetPoller]
    private let changed: ChangedApps
    private let logger = Logger(label: "exporter")

    init(
        configuration: ExporterConfiguration,
        budgets: [PollBudget],
        ledger: UsageLedger,
        transport: any ProviderTransport,
        clock: PollClock
    ) throws {
        self.configuration = configuration
        self.ledger = ledger
        self.clock = clock
        let changed = ChangedApps()
        self.changed = changed
        apps = configuration.polledApps()
        let facts = ExporterFacts(
            version: Version.number,
            revision: Version.revision,
            swiftVersion: Version.swift,
            configurationLoaded: clock.now()
        )
        publisher = MetricsPublisher(facts: facts, seriesLimit: configuration.seriesLimit)
        let environment = BudgetPoller.Environment(
            store: Self.store(ledger, configuration.rooms),
            clock: clock,
            chance: { Double.random(in: 0..<1) },
            onChange: { changed.insert($0) }
        )
        pollers = try budgets.map { try Self.poller($0, configuration, ledger, transport, environment) }
    }

    func run() async throws {
        do {
            try await load()
        } catch is CancellationError {
            return
        }
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for poller in pollers { group.addTask { await poller.run() } }
                group.addTask { await renewPage() }
                group.addTask { await prune() }
            }
        }
    }

    /// How the budgets stand.
    func statuses() async -> [BudgetStatus] {
        var statuses: [BudgetStatus] = []
        for poller in pollers { statuses.append(await poller.status()) }
        return statuses
    }

    // MARK: Steps

    /// What the ledger knows is on the page before the first call.
    private func load() async throws {
        for poller in pollers { try await poller.load() }
        for app in apps { await publisher.update(app, figures: try await figures(of: app)) }
        let statuses = await statuses()
        await publisher.publish(statuses)
        warnOfWishesThatDoNotFit(statuses)
    }

    private func figures(of app: PolledApp) async throws -> [SourceFigures] {
        var figures: [SourceFigures] = []
        for source in app.sources { figures.append(try await ledger.figures(of: app.key, from: source)) }
        return figures
    }

    private func renewPage() async {
        await changed.forEachBatch { batch in
            for app in apps where batch.contains(app.key) {
                do {
                    await publisher.update(app, figures: try await figures(of: app))
                } catch {
                    guard !Task.isCancelled else { return }
                    logger.error(
                        "An app's figures cannot be read from the ledger.",
                        metadata: ["app": "\(app.key.app)", "error": "\(error)"]
                    )
                }
            }
            await publisher.publish(statuses())
        }
    }

    private func prune() async {
        while !Task.isCancelled {
            do {
                try await ledger.prune(
                    keepingDays: configuration.ledger.retention,
                    rooms: configuration.ledger.roomsRetention
                )
                try await clock.sleep(.seconds(3600))
            } catch is CancellationError {
                return
            } catch {
                logger.error("Old days cannot be deleted from the ledger.", metadata: ["error": "\(error)"])
                try? await clock.sleep(.seconds(3600))
            }
        }
    }

    private func warnOfWishesThatDoNotFit(_ statuses: [BudgetStatus]) {
        for status in statuses {
            guard let target = status.targets.first, target.plannedInterval > target.wantedInterval else { continue }
            logger.warning(
                "The wanted interval does not fit the provider's limit: apps are read less often.",
                metadata: [
                    "source": "\(status.source.name)", "apps": "\(status.targets.count)",
                    "wanted": "\(target.wantedInterval.wholeMilliseconds / 1000)s",
                    "planned": "\(target.plannedInterval.wholeMilliseconds / 1000)s",
                ]
            )
        }
    }

    // MARK: Making

    private static func store(_ ledger: UsageLedger, _ rooms: ExporterConfiguration.Rooms) -> any ReadingStore {
        guard let key = rooms.hashKey else { return ledger }
        return HashingStore(store: ledger, key: key)
    }

    private static func poller(
        _ budget: PollBudget,
        _ configuration: ExporterConfiguration,
        _ ledger: UsageLedger,
        _ transport: any ProviderTransport,
        _ environment: BudgetPoller.Environment
    ) throws -> BudgetPoller {
        let targets = try budget.apps.map { member in
            let endpoint = try Endpoint(member.account.endpoint)
            guard let reader = member.registration.makeReader(budget.source, member.account, endpoint, transport)
            else {
                throw PollBudget.Conflict(
                    description: "The account \(member.account.name) has no \(budget.source.name)."
                )
            }
            return PollTarget(account: member.account.name, app: member.key, reader: reader)
        }
        // A day that retention deletes must not be asked for again.
        let history = min(configuration.poll.history, configuration.ledger.retention)
        return BudgetPoller(
            targets: targets,
            planner: PollPlanner(
                source: budget.source,
                settings: PollPlanner.Settings(
                    interval: configuration.poll.interval,
                    history: history,
                    source: budget.source
                )
            ),
            waitsFirst: ledger.existedBefore,
            environment: environment,
            logger: Logger(label: "poller")
        )
    }
}
