public import Exposition
import Synchronization
public import Usage
public import UsageLedger
public import UsagePolling

/// Keeps the page that scrapes are answered with. It is encoded when a poll brings news, and only the app concerned anew.
public actor MetricsPublisher {
    private struct AppState {
        var app: PolledApp
        var figures: AppFigures
        var shown: Set<RoomID> = []
        var encoded: [EncodedFamily] = []
    }

    private var facts: ExporterFacts
    private var seriesLimit: SeriesLimit
    private var apps: [AppKey: AppState] = [:]
    private var roomsPerApp: Int?
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
        let day = current(of: state)?.day.total.day
        (state.app, state.figures) = (app, figures)
        // Each day begins without rooms that hold their places.
        if current(of: state)?.day.total.day != day { state.shown = [] }
        apps[app.key] = state
        encode(app.key)
    }

    /// The apps that are on the page, or will be on the next one.
    public var known: Set<AppKey> { Set(apps.keys) }

    /// Takes an app off, from the next page on.
    public func remove(_ app: AppKey) {
        apps[app] = nil
    }

    /// An app's figures as they were last taken.
    public func figures(of app: AppKey) -> AppFigures? {
        apps[app]?.figures
    }

    /// Makes the next page. What its first scrape by Prometheus needs is done here.
    public func publish(_ budgets: [BudgetStatus], lists: [AppListStatus] = []) {
        applySeriesLimit()
        let usage = apps.sorted { $0.key < $1.key }.flatMap(\.value.encoded)
        let folded = FamilySamples(ExporterFamilies.seriesFolded, [Sample(.empty, seriesFolded)])
        let others = PollSamples(budgets: budgets, lists: lists).families() + facts.families() + [folded]
        let page = MetricsPage(encoded: usage + others.map(EncodedFamily.init))
        page.prepare(format: .openMetrics, gzip: true)
        published.withLock { $0 = page }
    }

    /// What is true for the moment of a scrape only.
    public nonisolated func tail(
        budgets: [BudgetStatus],
        store: StoreCondition,
        http: HTTPStatistics
    ) -> [FamilySamples] {
        PollSamples(budgets: budgets).queues() + StoreSamples(condition: store).families() + http.families()
            + ProcessSamples().families()
    }

    // MARK: Rooms

    /// The day that `rtc_usage_seconds` shows, and how many tiers its source tells apart.
    private func current(of state: AppState) -> (day: SourceFigures.CurrentDay, tiers: Int)? {
        guard let figures = state.figures.sources.rooms, let current = figures.current else { return nil }
        return (current, figures.source.tiers.count)
    }

    /// When the limit begins or ceases to bite, or bites differently, it concerns all apps.
    private func applySeriesLimit() {
        let all = apps.values.compactMap { state in
            current(of: state).map { current in
                SeriesLimit.App(rooms: current.day.rooms.named, shown: state.shown, tiers: current.tiers)
            }
        }
        let limit = seriesLimit.roomsPerApp(all)
        guard limit != roomsPerApp else { return }
        roomsPerApp = limit
        for key in apps.keys { encode(key) }
    }

    private func encode(_ key: AppKey) {
        guard var state = apps[key] else { return }
        let shown = shownRooms(of: state)
        state.shown = Set(shown?.named.map(\.room) ?? [])
        state.encoded = AppSamples(app: state.app, figures: state.figures, rooms: shown).families().map(
            EncodedFamily.init
        )
        apps[key] = state
    }

    private func shownRooms(of state: AppState) -> FoldedRooms? {
        guard let rooms = current(of: state)?.day.rooms else { return nil }
        guard let roomsPerApp, roomsPerApp < rooms.named.count else { return rooms }
        let ranked = SeriesLimit.ranked(rooms.named, shown: state.shown)
        return FoldedRooms(
            named: Array(ranked.prefix(roomsPerApp)),
            other: ranked.dropFirst(roomsPerApp).total + rooms.other,
            roomCount: rooms.roomCount
        )
    }

    private var seriesFolded: Int {
        apps.values.reduce(0) { sum, state in
            sum + (current(of: state).map { $0.day.rooms.named.count - state.shown.count } ?? 0)
        }
    }
}
