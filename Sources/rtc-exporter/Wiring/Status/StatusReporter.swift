import ExporterHTTP
import ExporterMetrics
import Usage
import UsageLedger
import UsagePolling

/// Gathers what the pages for people tell. Of all apps it looks at what is in memory; the ledger is asked about those only
/// that are shown.
struct StatusReporter {
    let polling: Polling
    /// Why the configuration could not be loaded anew; `nil` when that is not so.
    let reloadProblem: String?
    let ledger: any UsageStore
    let notes: [String]
    /// When the exporter started.
    let started: UnixTime
    let now: UnixTime

    /// What the status page tells.
    func report(_ query: StatusQuery) async -> StatusReport {
        let (budgets, queues) = (await polling.statuses(), await polling.queues())
        let apps = await facts(of: await polling.apps, budgets)
        let listing = AppListing(apps.map(\.summary), by: query)
        let looks = await looks(at: Self.lookedAt(apps, listing))
        return StatusReport(
            version: Version.number,
            now: now,
            problems: await problems(of: apps),
            notes: notes,
            providers: ProviderTotals.all(of: apps, looks),
            listing: listing,
            rows: listing.shown.map { summary in
                let look = looks[summary.name]
                return AppRow(summary: summary, day: look?.day, month: look?.month)
            },
            budgets: budgets.compactMap { CallBudget($0, queues: queues, countedFor: now - started) },
            differences: Self.differences(of: apps)
        )
    }

    /// What the page of an app tells; `nil` when it is not polled.
    func report(provider: String, app id: String) async -> AppReport? {
        let key = AppKey(provider: Provider(rawValue: provider), app: id)
        guard let app = await polling.apps.first(where: { $0.key == key }),
            let facts = await facts(of: [app], await polling.statuses()).first
        else { return nil }
        return await AppReporter(facts: facts, look: await look(at: facts), ledger: ledger, now: now).report()
    }

    private func facts(of apps: [PolledApp], _ budgets: [BudgetStatus]) async -> [AppFacts] {
        let statuses = Dictionary(grouping: budgets.flatMap(\.targets), by: \.app)
        var facts: [AppFacts] = []
        for app in apps {
            let figures = await polling.publisher.figures(of: app.key)
            facts.append(AppFacts(app: app, figures: figures, statuses: statuses[app.key] ?? []))
        }
        return facts
    }

    // MARK: The ledger

    /// The apps that are shown; where one page has room for all of them, all: what is looked for changes no provider's curves.
    static func lookedAt(_ apps: [AppFacts], _ listing: AppListing) -> [AppFacts] {
        guard apps.count > AppListing.appsPerPage else { return apps }
        let shown = Set(listing.shown.map(\.name))
        return apps.filter { shown.contains($0.name) }
    }

    private func looks(at apps: [AppFacts]) async -> [AppName: AppLook] {
        var looks: [AppName: AppLook] = [:]
        for app in apps {
            if let look = await look(at: app) { looks[app.name] = look }
        }
        return looks
    }

    private func look(at app: AppFacts) async -> AppLook? {
        guard let days = app.days else { return nil }
        return await LedgerGlance(ledger: ledger, app: app.app, days: days).look()
    }

    // MARK: What is wrong

    private func problems(of apps: [AppFacts]) async -> [StatusProblem] {
        let lists = await polling.listStatuses().compactMap { list in
            list.failure.map { "The apps of account \(list.account) cannot be listed: those known stay. \($0)" }
        }
        let sentences = [reloadProblem].compactMap(\.self) + ledgerProblems + lists
        return sentences.map { StatusProblem($0) } + StatusProblem.grouped(apps.flatMap(\.failures))
    }

    private var ledgerProblems: [String] {
        let store = ledger.condition
        var sentences = [store.writeProblem].compactMap(\.self)
        if let recovery = store.lastRecovery {
            sentences.append(
                "The ledger was damaged (\(recovery.cause)) and set aside as \(recovery.setAside) at "
                    + "\(recovery.time.minuteText(in: .utc)) UTC: history is being read again."
            )
        }
        return sentences
    }

    /// The newest days are enough to see that sources differ, and how.
    private static func differences(of apps: [AppFacts]) -> Differences {
        let most = 20
        let all = apps.flatMap { $0.differences.prefix(3) }.sorted { $1.day < $0.day }
        return Differences(shown: Array(all.prefix(most)), more: max(0, all.count - most))
    }
}
