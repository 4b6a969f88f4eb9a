public import Exposition
import Synchronization
public import Usage
public import UsageLedger
public import UsagePolling

/// Keeps the page that scrapes are answered with. What a poll has changed is encoded and compressed when it brings the news, and
/// nothing else.
public actor MetricsPublisher {
    private struct AppState {
        var app: PolledApp
        var figures: AppFigures
        var rooms = LimitedRooms()
    }

    private var facts: ExporterFacts
    private var seriesLimit: SeriesLimit
    private var apps: [AppKey: AppState] = [:]
    /// The apps of which the next page has something new.
    private var changed: Set<AppKey> = []
    /// How many series all apps together take when all their rooms are named.
    private var series = 0
    private var polled: [AppKey: [TargetSamples]] = [:]
    private var roomsPerApp: Int?
    private var composer = PageComposer<PagePart>(MetricCatalogue.families)
    private let published = Mutex<MetricsPage?>(nil)

    /// A publisher that knows no app yet.
    ///
    /// - Parameters:
    ///   - facts: What the exporter tells of itself.
    ///   - seriesLimit: How many samples `rtc_usage_seconds` may have.
    public init(facts: ExporterFacts, seriesLimit: Int) {
        self.facts = facts
        self.seriesLimit = SeriesLimit(limit: seriesLimit)
    }

    /// The page as it stands; `nil` before the ledger's figures are on it.
    public nonisolated var page: MetricsPage? { published.withLock { $0 } }

    /// Notes that another configuration has come into force, to be seen on the next page.
    ///
    /// - Parameters:
    ///   - time: When it was loaded.
    ///   - seriesLimit: How many samples `rtc_usage_seconds` may have by it.
    public func noteConfiguration(loadedAt time: UnixTime, seriesLimit: Int) {
        facts.configurationLoaded = time
        facts.newestLoadSucceeded = true
        self.seriesLimit = SeriesLimit(limit: seriesLimit)
    }

    /// Notes that a configuration could not be loaded, so that the one before stays in force.
    public func noteFailedLoad() {
        facts.newestLoadSucceeded = false
    }

    /// Takes an app's figures, to be on the next page. Name, account and sources of the app may be others than before.
    public func update(_ app: PolledApp, figures: AppFigures) {
        var state = apps[app.key] ?? AppState(app: app, figures: figures)
        series -= state.rooms.demand.series
        (state.app, state.figures) = (app, figures)
        state.rooms.take(figures.sources.rooms)
        series += state.rooms.demand.series
        apps[app.key] = state
        changed.insert(app.key)
    }

    /// The apps that are on the page, or will be on the next one.
    public var known: Set<AppKey> { Set(apps.keys) }

    /// Takes an app off, from the next page on.
    public func remove(_ app: AppKey) {
        series -= apps[app]?.rooms.demand.series ?? 0
        apps[app] = nil
        changed.remove(app)
        composer.remove(.usage(app))
    }

    /// An app's figures as they were last taken.
    public func figures(of app: AppKey) -> AppFigures? {
        apps[app]?.figures
    }

    /// Makes the next page.
    public func publish(_ budgets: [BudgetStatus], lists: [AppListStatus] = []) {
        limitSeries()
        for key in changed { encode(key) }
        changed = []
        encodePolling(of: budgets)
        encode(PollSamples(budgets: budgets, lists: lists).families(), of: .calls)
        let folded = roomsPerApp == nil ? 0 : apps.values.reduce(0) { $0 + $1.rooms.foldedByLimit }
        encode(
            facts.families() + [FamilySamples(ExporterFamilies.seriesFolded, [Sample(.empty, folded)])],
            of: .exporter
        )
        let page = composer.page()
        published.withLock { $0 = page }
    }

    /// What is true for the moment of a scrape only.
    public nonisolated func tail(
        queues: [CallQueue],
        store: StoreCondition,
        http: HTTPStatistics
    ) -> [FamilySamples] {
        QueueSamples(queues: queues).families() + StoreSamples(condition: store).families() + http.families()
            + ProcessSamples().families()
    }

    // MARK: What has changed

    private func encode(_ families: [FamilySamples], of part: PagePart) {
        composer.set(families.map(EncodedFamily.init), of: part)
    }

    private func encode(_ key: AppKey) {
        guard var state = apps[key] else { return }
        let rooms = state.rooms.shown(most: roomsPerApp)
        composer.set(AppSamples(app: state.app, figures: state.figures, rooms: rooms).encoded(), of: .usage(key))
        state.rooms.note(rooms)
        apps[key] = state
    }

    /// Most apps were not called since the page before.
    private func encodePolling(of budgets: [BudgetStatus]) {
        let now = Dictionary(grouping: budgets.flatMap(\.targets), by: \.app).mapValues { $0.map(TargetSamples.init) }
        for (app, targets) in now where polled[app] != targets {
            encode(TargetSamples.families(targets), of: .polling(app))
        }
        for app in polled.keys where now[app] == nil { composer.remove(.polling(app)) }
        polled = now
    }

    /// When the limit begins or ceases to bite, or bites differently, it concerns all apps that have so many rooms.
    private func limitSeries() {
        let limit = series > seriesLimit.limit ? limitedRoomsPerApp() : nil
        guard limit != roomsPerApp else { return }
        for (key, state) in apps {
            let named = state.rooms.named.count
            if min(named, limit ?? named) != min(named, roomsPerApp ?? named) { changed.insert(key) }
        }
        roomsPerApp = limit
    }

    private func limitedRoomsPerApp() -> Int? {
        let keys = Array(apps.keys)
        return seriesLimit.roomsPerApp(keys.compactMap { apps[$0]?.rooms.demand }, before: roomsPerApp) { index in
            apps[keys[index]]?.rooms.seriesByRooms() ?? [0]
        }
    }
}
