import ExporterMetrics
import Logging
import ServiceLifecycle
import Usage
import UsageLedger
import UsagePolling
import UsageProviders

/// Everything that runs behind the page: the pollers of all budgets and lists, the page's renewal, the watch over secrets
/// and the ledger's retention.
///
/// The actor's one job is to keep what runs in step with the plan in force, which another one may follow at any time.
actor Polling: Service {
    /// A budget's poller, which lives as long as the process: whatever comes and goes, its spacing holds.
    private struct Budget {
        let poller: BudgetPoller
        /// The accounts that it was told of, by name.
        var accounts: Set<String> = []
    }

    /// Keeps the page.
    nonisolated let publisher: MetricsPublisher
    /// The plan in force.
    private(set) var plan: PollingPlan
    /// The apps in the order of the configuration.
    private(set) var apps: [PolledApp] = []

    private let ledger: any UsageStore
    private let clock: PollClock
    private let environment: BudgetPoller.Environment
    private let changed: ChangedApps
    private let children = ChildTasks()
    /// What changes apps, pollers and page in several steps does so alone.
    private let turnstile = Turnstile()
    private let logger = Logger(label: "exporter")

    private var directory: AppDirectory { didSet { apps = directory.apps } }
    private var budgets: [Secret: Budget] = [:]
    private var lists = AccountWorkers<AppListPoller>()
    private var watches = AccountWorkers<SecretWatch>()
    /// The spacing of lists, by what the provider counts their calls against. They live as long as the process, too.
    private var gates: [String: CallGate] = [:]
    /// Whether endpoints are alive, by address.
    private var circuits: [String: EndpointCircuit] = [:]
    private var fitWarning = FitWarning()
    private var ledgerWarning = LedgerWarning()

    init(plan: PollingPlan, ledger: any UsageStore, clock: PollClock) {
        let configuration = plan.configuration
        let changed = ChangedApps()
        self.plan = plan
        self.ledger = ledger
        self.clock = clock
        self.changed = changed
        directory = AppDirectory(configuration)
        apps = directory.apps
        let facts = ExporterFacts(
            version: Version.number,
            revision: Version.revision,
            swiftVersion: Version.swift,
            configurationLoaded: clock.now()
        )
        publisher = MetricsPublisher(facts: facts, seriesLimit: configuration.seriesLimit)
        environment = BudgetPoller.Environment(
            store: configuration.rooms.hashKey.map { HashingStore(store: ledger, key: $0) } ?? ledger,
            clock: clock,
            activity: AppActivity(),
            chance: Self.chance,
            onChange: { changed.insert($0) }
        )
    }

    func run() async throws {
        do {
            try await load()
        } catch is CancellationError {
            return
        }
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { await self.children.run() }
                group.addTask { await self.renewPage() }
                group.addTask { await self.prune() }
                group.addTask { await self.followRecoveries() }
            }
        }
    }

    /// Puts another plan in force. Budgets, waits after failures and calls under way go on; apps that are no longer wanted are
    /// gone with the page that is made at once, and new ones are on it with what the ledger knows of them.
    ///
    /// - Returns: What has changed.
    /// - Throws: When the ledger cannot be read; nothing has changed then.
    func adopt(_ plan: PollingPlan) async throws -> PlanChanges {
        await turnstile.enter()
        defer { turnstile.leave() }
        let listed = try await listedApps(of: plan)
        let (former, formerApps) = (self.plan, apps)
        await enforce(plan, listed)
        let changes = PlanChanges(
            from: (former.configuration.accounts, formerApps),
            to: (plan.configuration.accounts, apps)
        )
        await publisher.noteConfiguration(loadedAt: clock.now(), seriesLimit: plan.configuration.seriesLimit)
        handOverSecrets(of: plan, since: former)
        if await !show(ChangedApps.Batch(listsChanged: true)) { changed.noteLists() }
        for account in plan.mendedAccounts(since: former) { await retry(account.account.name) }
        return changes
    }

    /// Notes that no other plan could be made, to be seen on a page that is made at once.
    func noteFailedLoad() async {
        await turnstile.enter()
        defer { turnstile.leave() }
        await publisher.noteFailedLoad()
        guard publisher.page != nil else { return }
        await publish()
    }

    /// How the budgets stand.
    func statuses() async -> [BudgetStatus] {
        let (plan, budgets) = (plan, budgets)
        var statuses: [BudgetStatus] = []
        for budget in plan.budgets {
            guard let running = budgets[budget.identity] else { continue }
            statuses.append(await running.poller.status().limited(to: Set(budget.accounts)))
        }
        // Of budgets that are gone it is still told how long calls took, as long as there are others of their API: the
        // histogram of them all must not fall.
        for (identity, running) in budgets where plan.budget(identity) == nil {
            let status = await running.poller.status().limited(to: [])
            let hasOthers = statuses.contains {
                ($0.source.provider, $0.source.name) == (status.source.provider, status.source.name)
            }
            if hasOthers { statuses.append(status) }
        }
        return statuses
    }

    /// What waits to be called, by source and account.
    func queues() async -> [CallQueue] {
        let (plan, budgets) = (plan, budgets)
        var queues: [CallQueue] = []
        for budget in plan.budgets {
            guard let running = budgets[budget.identity] else { continue }
            queues += await running.poller.queues().filter { budget.accounts.contains($0.account) }
        }
        return queues
    }

    /// How the lists of apps stand.
    func listStatuses() async -> [AppListStatus] {
        let (plan, lists) = (plan, lists)
        var statuses: [AppListStatus] = []
        for account in plan.listedAccounts {
            if let poller = lists[account] { statuses.append(await poller.status()) }
        }
        return statuses
    }

    // MARK: Putting a plan in force

    /// What the ledger knows is on the page before the first call.
    private func load() async throws {
        await turnstile.enter()
        defer { turnstile.leave() }
        await enforce(plan, try await listedApps(of: plan))
        try await tellBudgets()
        try await renew(ChangedApps.Batch(listsChanged: true))
        await publish()
    }

    private func listedApps(of plan: PollingPlan) async throws -> [String: [ListedApp]] {
        var listed: [String: [ListedApp]] = [:]
        for account in plan.listedAccounts {
            let name = account.account.name
            listed[name] = try await ledger.listedApps(of: account.provider, account: name)
        }
        return listed
    }

    /// Makes what runs fit a plan, apart from the apps that budgets poll.
    private func enforce(_ plan: PollingPlan, _ listed: [String: [ListedApp]]) async {
        self.plan = plan
        directory = AppDirectory(plan.configuration, listed: listed)
        ledger.folding = RoomFolding(limit: plan.configuration.rooms.limit)
        lists.adopt(plan.listedAccounts, goesOn: { $0.isSameWay(as: $1) }, begin: beginList)
        watches.adopt(
            plan.accounts.filter { SecretWatch.isNeeded(for: $0.account) },
            goesOn: { old, new in
                old.isSameWay(as: new) && old.account.credentials == new.account.credentials
                    && old.account.secretOrigins == new.account.secretOrigins
            },
            begin: beginWatch
        )
        for budget in plan.budgets where budgets[budget.identity] == nil { begin(budget) }
    }

    /// Accounts that go on are given the secrets as they are now. The keys see to it that wrong ones do no harm.
    private func handOverSecrets(of plan: PollingPlan, since former: PollingPlan) {
        for account in plan.accounts {
            let isRenewed = former.accounts.contains {
                $0.isSameWay(as: account) && $0.account.credentials != account.account.credentials
            }
            if isRenewed { account.keys.renew(KeySet(account.account.credentials)) }
        }
    }

    /// Tells each budget by which plan it goes and which apps it polls; telling it again changes nothing.
    private func tellBudgets() async throws {
        ledger.setSources(Dictionary(apps.map { ($0.key, $0.sources) }) { $1 })
        for (identity, running) in budgets {
            let wanted = Set(plan.budget(identity)?.accounts ?? [])
            for account in running.accounts.subtracting(wanted) {
                try await running.poller.poll([], of: account)
                budgets[identity]?.accounts.remove(account)
            }
        }
        for budget in plan.budgets {
            guard let poller = budgets[budget.identity]?.poller else { continue }
            try await poller.adopt(plan.planner(of: budget), circuit: circuit(of: budget.endpoint))
            for (account, targets) in plan.targets(of: budget, among: apps) {
                budgets[budget.identity]?.accounts.insert(account)
                try await poller.poll(targets, of: account)
            }
        }
        fitWarning.tell(of: CallPlan(plan.configuration, budgets: plan.budgets, apps: apps, at: clock.now()), logger)
    }

    /// A ledger that was begun anew in the middle knows less: the pollers ask for it again.
    private func followRecoveries() async {
        for await recovery in ledger.recoveries {
            logger.error(
                "The ledger is damaged: it was set aside, and another one is filled from the providers.",
                metadata: ["set_aside": "\(recovery.setAside)", "cause": "\(recovery.cause)"]
            )
            while await !relearn(), !Task.isCancelled { try? await clock.sleep(.seconds(10)) }
            changed.noteLists()
        }
    }

    /// - Returns: Whether all pollers know again what the ledger does.
    private func relearn() async -> Bool {
        await turnstile.enter()
        defer { turnstile.leave() }
        do {
            for budget in budgets.values { try await budget.poller.relearn() }
            return true
        } catch {
            logger.error("What the ledger knows cannot be read.", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Ends the waits of an account after failures.
    private func retry(_ account: String) async {
        for budget in plan.budgets where budget.accounts.contains(account) {
            await budgets[budget.identity]?.poller.retryNow()
        }
        for listed in plan.listedAccounts where listed.account.name == account { await lists[listed]?.retryNow() }
    }

    // MARK: The page

    private func renewPage() async {
        await changed.forEachBatch { batch in
            await turnstile.enter()
            let isShown = await show(batch)
            turnstile.leave()
            guard !isShown, !Task.isCancelled else { return }
            try? await clock.sleep(.seconds(10))
            changed.insert(batch)
        }
    }

    /// Makes a page with the news, as far as the ledger can be read.
    ///
    /// - Returns: Whether all of them are on it.
    private func show(_ batch: ChangedApps.Batch) async -> Bool {
        var isShown = true
        do {
            if batch.listsChanged { try await tellBudgets() }
            try await renew(batch)
        } catch {
            isShown = false
            if !Task.isCancelled {
                logger.error("Figures cannot be read from the ledger.", metadata: ["error": "\(error)"])
            }
        }
        await publish()
        return isShown
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

    private func figures(of app: PolledApp) async throws -> AppFigures {
        try await ledger.figures(of: app.key, from: app.sources)
    }

    private func publish() async {
        ledgerWarning.tell(of: ledger.condition, logger)
        await publisher.publish(statuses(), lists: listStatuses())
    }

    // MARK: What runs

    private func prune() async {
        while !Task.isCancelled {
            do {
                let kept = plan.configuration.ledger
                try await ledger.prune(keepingDays: kept.retention, rooms: kept.roomsRetention)
                try await clock.sleep(.seconds(3600))
            } catch is CancellationError {
                return
            } catch {
                logger.error("Old days cannot be deleted from the ledger.", metadata: ["error": "\(error)"])
                try? await clock.sleep(.seconds(3600))
            }
        }
    }

    /// Begins a poller that is told its apps later. Its first call waits a spacing: another process, or a trial, may have
    /// called a moment ago.
    private func begin(_ budget: PollBudget) {
        let poller = BudgetPoller(
            planner: plan.planner(of: budget),
            waitsFirst: true,
            environment: environment,
            circuit: circuit(of: budget.endpoint),
            memory: ThrottleMemory(store: ledger, budget: budget.storedName),
            logger: Logger(label: "poller")
        )
        budgets[budget.identity] = Budget(poller: poller)
        children.begin { await poller.run() }
    }

    /// Whoever calls an endpoint shares what is known of it.
    private func circuit(of endpoint: String) -> EndpointCircuit {
        let circuit = circuits[endpoint] ?? EndpointCircuit(endpoint: endpoint, logger: Logger(label: "poller"))
        circuits[endpoint] = circuit
        return circuit
    }

    private func beginWatch(over account: AccountAccess) -> (SecretWatch, ChildTasks.Hold) {
        let watch = SecretWatch(account: account.account, keys: account.keys, logger: logger)
        let (clock, name) = (clock, account.account.name)
        let hold = children.begin { [weak self] in
            await watch.run(sleep: clock.sleep) { await self?.retry(name) }
        }
        return (watch, hold)
    }

    private func beginList(of account: AccountAccess) -> (AppListPoller, ChildTasks.Hold)? {
        guard let lister = account.access.lister else { return nil }
        let firstStart = clock.uptime() + CallSpacing.firstWait(spacing: lister.spacing)
        let gate = gates[account.budgetKey] ?? CallGate(spacing: lister.spacing, firstStart: firstStart)
        gates[account.budgetKey] = gate
        let poller = AppListPoller(
            provider: account.provider,
            account: account.account.name,
            lister: lister,
            gate: gate,
            circuit: circuit(of: account.account.endpoint),
            clock: clock,
            chance: Self.chance,
            logger: Logger(label: "discovery"),
            onList: { [weak self] in await self?.take($0, listedAt: $1, of: account) },
            onFailure: { [changed] in changed.noteCalls() }
        )
        return (poller, children.begin { await poller.run() })
    }

    /// Takes an account's list, unless the account has gone or become another one while it was asked for.
    private func take(_ apps: [ListedApp], listedAt time: UnixTime, of account: AccountAccess) async {
        await turnstile.enter()
        defer { turnstile.leave() }
        guard lists[account] != nil, !Task.isCancelled else { return }
        let (provider, name) = (account.provider, account.account.name)
        do {
            try await ledger.record(apps, listedBy: provider, account: name, at: time)
            directory.set(try await ledger.listedApps(of: provider, account: name), of: name)
        } catch {
            guard !Task.isCancelled else { return }
            logger.error(
                "The list of apps cannot be kept: what is polled stays as it was.",
                metadata: ["error": "\(error)"]
            )
        }
        changed.noteLists()
    }

    @Sendable private static func chance() -> Double { Double.random(in: 0..<1) }
}
