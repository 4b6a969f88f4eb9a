import ExporterMetrics
import Logging
import ServiceLifecycle
import Usage
import UsageLedger
import UsagePolling
import UsageProviders

/// Everything that runs behind the page: the pollers of all budgets and lists, the page's renewal, the watch over secrets
/// and the ledger's retention.
struct Polling: Service {
    /// Keeps the page.
    let publisher: MetricsPublisher

    private let configuration: ExporterConfiguration
    private let ledger: UsageLedger
    private let clock: PollClock
    private let accounts: [AccountAccess]
    private let budgets: [(budget: PollBudget, poller: BudgetPoller)]
    private let lists: [(account: AccountAccess, poller: AppListPoller)]
    private let directory: AppDirectory
    private let changed: ChangedApps
    private let logger = Logger(label: "exporter")

    init(
        configuration: ExporterConfiguration,
        accounts: [AccountAccess],
        budgets: [PollBudget],
        ledger: UsageLedger,
        clock: PollClock
    ) {
        self.configuration = configuration
        self.accounts = accounts
        self.ledger = ledger
        self.clock = clock
        let (changed, directory) = (ChangedApps(), AppDirectory(configuration))
        (self.changed, self.directory) = (changed, directory)
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
            chance: Self.chance,
            onChange: { changed.insert($0) }
        )
        self.budgets = budgets.map { ($0, Self.poller($0, configuration, ledger, environment)) }
        var gates: [String: CallGate] = [:]
        lists = accounts.compactMap { Self.list($0, ledger, clock, directory, changed, &gates) }
    }

    /// The apps in the order of the configuration.
    var apps: [PolledApp] { directory.apps }

    func run() async throws {
        do {
            try await load()
        } catch is CancellationError {
            return
        }
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for (_, poller) in budgets { group.addTask { await poller.run() } }
                for (_, poller) in lists { group.addTask { await poller.run(waitsFirst: ledger.existedBefore) } }
                for account in accounts { group.addTask { await watchSecrets(of: account) } }
                group.addTask { await renewPage() }
                group.addTask { await prune() }
            }
        }
    }

    /// How the budgets stand.
    func statuses() async -> [BudgetStatus] {
        var statuses: [BudgetStatus] = []
        for (_, poller) in budgets { statuses.append(await poller.status()) }
        return statuses
    }

    /// How the lists of apps stand.
    func listStatuses() async -> [AppListStatus] {
        var statuses: [AppListStatus] = []
        for (_, poller) in lists { statuses.append(await poller.status()) }
        return statuses
    }

    // MARK: Steps

    /// What the ledger knows is on the page before the first call.
    private func load() async throws {
        for (account, _) in lists {
            let known = try await ledger.listedApps(of: account.provider, account: account.account.name)
            directory.set(known, of: account.account.name)
        }
        try await pollApps()
        for app in apps { await publisher.update(app, figures: try await figures(of: app)) }
        let statuses = await statuses()
        await publisher.publish(statuses, lists: listStatuses())
        warnOfWishesThatDoNotFit(statuses)
    }

    /// Tells each budget which apps it polls.
    private func pollApps() async throws {
        let apps = apps
        for (budget, poller) in budgets {
            for account in accounts where budget.accounts.contains(account.account.name) {
                guard let reader = account.access.reader(for: budget.source) else { continue }
                let polled = apps.filter { $0.account == account.account.name && $0.sources.contains(budget.source) }
                let targets = polled.map { PollTarget(account: $0.account, app: $0.key, reader: reader) }
                try await poller.poll(targets, of: account.account.name)
            }
        }
    }

    private func figures(of app: PolledApp) async throws -> [SourceFigures] {
        var figures: [SourceFigures] = []
        for source in app.sources { figures.append(try await ledger.figures(of: app.key, from: source)) }
        return figures
    }

    private func renewPage() async {
        await changed.forEachBatch { batch in
            var isShown = true
            do {
                if batch.listsChanged { try await pollApps() }
                try await renew(batch)
            } catch {
                guard !Task.isCancelled else { return }
                logger.error("Figures cannot be read from the ledger.", metadata: ["error": "\(error)"])
                isShown = false
            }
            await publisher.publish(statuses(), lists: listStatuses())
            guard !isShown else { return }
            try? await clock.sleep(.seconds(10))
            changed.insert(batch)
        }
    }

    /// New figures for the apps of a batch; when lists changed, also for apps that came, and none for those that went.
    private func renew(_ batch: ChangedApps.Batch) async throws {
        let apps = apps
        let published = await publisher.known
        for app in published.subtracting(apps.map(\.key)) { await publisher.remove(app) }
        for app in apps where batch.apps.contains(app.key) || !published.contains(app.key) || batch.listsChanged {
            await publisher.update(app, figures: try await figures(of: app))
        }
    }

    private func watchSecrets(of account: AccountAccess) async {
        let watch = SecretWatch(account: account.account, keys: account.keys, logger: logger)
        guard watch.isNeeded else { return }
        await watch.run(sleep: clock.sleep) {
            for (budget, poller) in budgets where budget.accounts.contains(account.account.name) {
                await poller.retryNow()
            }
            for (other, poller) in lists where other.account.name == account.account.name { await poller.retryNow() }
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

    @Sendable private static func chance() -> Double { Double.random(in: 0..<1) }

    private static func store(_ ledger: UsageLedger, _ rooms: ExporterConfiguration.Rooms) -> any ReadingStore {
        guard let key = rooms.hashKey else { return ledger }
        return HashingStore(store: ledger, key: key)
    }

    /// A poller that is told its apps later.
    private static func poller(
        _ budget: PollBudget,
        _ configuration: ExporterConfiguration,
        _ ledger: UsageLedger,
        _ environment: BudgetPoller.Environment
    ) -> BudgetPoller {
        // A day that retention deletes must not be asked for again.
        let history = min(configuration.poll.history, configuration.ledger.retention)
        return BudgetPoller(
            targets: [],
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

    private static func list(
        _ account: AccountAccess,
        _ ledger: UsageLedger,
        _ clock: PollClock,
        _ directory: AppDirectory,
        _ changed: ChangedApps,
        _ gates: inout [String: CallGate]
    ) -> (AccountAccess, AppListPoller)? {
        guard account.account.selection != nil, let lister = account.access.lister else { return nil }
        let (provider, name) = (account.provider, account.account.name)
        let logger = Logger(label: "discovery")
        let gate = gates[account.budgetKey] ?? CallGate(spacing: lister.spacing)
        gates[account.budgetKey] = gate
        let poller = AppListPoller(
            provider: provider,
            account: name,
            lister: lister,
            gate: gate,
            clock: clock,
            chance: chance,
            logger: logger,
            onList: { apps, time in
                do {
                    try await ledger.record(apps, listedBy: provider, account: name, at: time)
                    directory.set(try await ledger.listedApps(of: provider, account: name), of: name)
                } catch {
                    logger.error(
                        "The list of apps cannot be kept: what is polled stays as it was.",
                        metadata: ["error": "\(error)"]
                    )
                }
                changed.noteLists()
            },
            onFailure: { changed.noteCalls() }
        )
        return (account, poller)
    }
}
