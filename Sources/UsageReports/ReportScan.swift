import ExporterMetrics
import Usage
import UsageLedger

/// Goes through the rows of a report, app by app and a batch of days at a time, so that the memory it takes does not depend
/// on how long the history is.
struct ReportScan {
    /// The app that is gone through.
    fileprivate struct Stretch {
        let app: PolledApp
        let merge: DayMerge
        let rows: UsageRows
        /// The next day, up to the last one.
        var next: UsageDay
        let last: Int
    }

    private let selection: ReportSelection
    /// How many days are reported when no beginning is said; `nil` for all that are held.
    private let usualDays: Int?
    private let history: any UsageHistory
    private let now: UnixTime
    private var apps: ArraySlice<PolledApp>
    private var stretch: Stretch?
    /// How often the ledger was asked, at most.
    private(set) var reads = 0
    private let start: ReportPosition?

    /// Begins with the first of the apps that the selection is about, which come by provider and id, or with the place that
    /// is given: rows before that are left out.
    init(
        _ selection: ReportSelection,
        of apps: [PolledApp],
        usualDays: Int? = nil,
        history: any UsageHistory,
        now: UnixTime,
        from start: ReportPosition? = nil
    ) {
        self.selection = selection
        self.usualDays = usualDays
        self.history = history
        self.now = now
        self.start = start
        self.apps = apps.drop { app in start.map { app.key < $0.app } ?? false }
    }

    /// Where the next rows begin; `nil` when there are none.
    var position: ReportPosition? {
        if let stretch { return ReportPosition(app: stretch.app.key, start: stretch.rowStart) }
        return apps.first.map { ReportPosition(app: $0.key, start: UnixTime(seconds: 0)) }
    }

    /// The rows of some more days, maybe none; `nil` at the end.
    mutating func next() async throws -> [UsageRow]? {
        if stretch == nil {
            guard let app = apps.popFirst() else { return nil }
            stretch = try await begin(app)
        }
        guard var stretch else { return [] }
        let numbers = selection.step.batch(from: stretch.next, to: stretch.last)
        let days = try await days(numbers, of: stretch)
        let rows = stretch.rows.rows(of: days)
        stretch.next = UsageDay(number: numbers.upperBound + 1, zone: stretch.next.zone)
        self.stretch = stretch.next.number > stretch.last ? nil : stretch
        guard let start else { return rows }
        return rows.filter { ReportPosition(of: $0) >= start }
    }

    /// `nil` when nothing is held of the app in the range.
    private mutating func begin(_ app: PolledApp) async throws -> Stretch? {
        guard let sources = sources(of: app), let zone = sources.first?.zone else { return nil }
        let range = usualDays.map { selection.range.completed(days: $0, zone: zone, now: now) } ?? selection.range
        let bounds = range.bounds(in: zone, now: now)
        guard let wanted = bounds.days else { return nil }
        let merge = DayMerge(of: app.key, from: sources, history: history)
        reads += merge.sources.count
        guard let first = try await merge.firstDay(upTo: wanted.upperBound) else { return nil }
        let rows = UsageRows(app: app.key, selection: selection, bounds: bounds)
        let next = UsageDay(number: max(first, wanted.lowerBound, firstNumber(of: app.key, zone)), zone: zone)
        guard next.number <= wanted.upperBound else { return nil }
        return Stretch(app: app, merge: merge, rows: rows, next: next, last: wanted.upperBound)
    }

    /// Of a room only what knows rooms tells.
    private func sources(of app: PolledApp) -> [UsageSource]? {
        guard selection.room != nil else { return app.sources }
        return app.sources.first(where: \.knowsRooms).map { [$0] }
    }

    /// The day from which rows are wanted of the app with which the report goes on.
    private func firstNumber(of app: AppKey, _ zone: ZoneOffset) -> Int {
        guard let start, start.app == app else { return 0 }
        return UsageDay(containing: start.start, zone: zone).number
    }

    private mutating func days(_ numbers: ClosedRange<Int>, of stretch: Stretch) async throws -> [DayHistory] {
        reads += stretch.merge.sources.count
        let isDivided = selection.step == .fiveMinutes
        let days = try await stretch.merge.days(numbers) { !isDivided || !$0.intervals.isEmpty }
        guard let room = selection.room else { return days }
        reads += days.count
        var ofRoom: [DayHistory] = []
        for day in days {
            if let seconds = try await seconds(of: room, on: day, app: stretch.app.key) {
                ofRoom.append(day.with(seconds: seconds))
            }
        }
        return ofRoom
    }

    /// A room that a day does not have had no usage, as long as the day's rooms are still kept.
    private func seconds(of room: RoomID, on day: DayHistory, app: AppKey) async throws -> TierSeconds? {
        if let known = try await history.room(room, of: app, from: day.source, on: day.day) { return known }
        guard let rooms = day.rooms else { return nil }
        // Rooms were counted and none is there any more, or none is named: nobody knows which.
        return rooms.named.isEmpty && rooms.roomCount > 0 ? nil : .zero
    }
}

extension ReportScan.Stretch {
    /// The beginning of the stretch of time that the next rows are about.
    fileprivate var rowStart: UnixTime {
        rows.selection.step == .month ? next.month.firstDay.start : next.start
    }
}

extension DayHistory {
    /// The same day with the figures of one of its rooms.
    fileprivate func with(seconds: TierSeconds) -> DayHistory {
        DayHistory(source: source, day: day, seconds: seconds, isSettled: isSettled, through: through)
    }
}
