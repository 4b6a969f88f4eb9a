/// What a source said at one moment about one app and the days of one window. A reading asked later replaces one asked
/// earlier, day by day.
public struct Reading: Hashable, Sendable {
    /// The app that was asked about.
    public let app: AppKey
    /// The window that was asked for.
    public let window: UsageWindow
    /// When it was asked: the moment of the call, not of the answer.
    public let askedAt: UnixTime
    /// The days of which the answer told something, oldest first, each once. A day that is missing here is as unknown as it
    /// was before.
    public let days: [DayUsage]
    /// What was odd about the answer without making it unusable.
    public let anomalies: [ReadingAnomaly: Int]

    /// A reading; days outside the window are left out, and of a day that comes twice the usage is added up.
    public init(
        app: AppKey,
        window: UsageWindow,
        askedAt: UnixTime,
        days: [DayUsage],
        anomalies: [ReadingAnomaly: Int] = [:]
    ) {
        self.app = app
        self.window = window
        self.askedAt = askedAt
        let byDay = Dictionary(grouping: days.filter { window.contains($0.day) }, by: \.day)
        // Of a day that comes twice nobody knows how its parts divide it.
        self.days = byDay.map { day, usages in
            usages.count == 1 ? usages[0] : DayUsage(day: day, rooms: usages.flatMap(\.rooms))
        }
        .sorted { $0.day < $1.day }
        self.anomalies = anomalies
    }

    /// A reading of a window of one day.
    public init(
        app: AppKey,
        window: UsageWindow,
        askedAt: UnixTime,
        rooms: [RoomUsage],
        anomalies: [ReadingAnomaly: Int] = [:]
    ) {
        let day = DayUsage(day: window.last, rooms: rooms)
        self.init(app: app, window: window, askedAt: askedAt, days: [day], anomalies: anomalies)
    }

    /// A reading of an answer that lists days and may pass over those without usage.
    ///
    /// What silence means depends on the source. One that tells the running day as it grows has said "none so far". One of
    /// whole days may not have got there yet: its silence means "none" only about days that it has settled.
    ///
    /// `certain` are the days of the window that the answer is about beyond doubt; all of them unless given. Where a provider
    /// does not say whether the last day is included, a day more is asked for, and silence about that one means nothing.
    public init(
        app: AppKey,
        window: UsageWindow,
        askedAt: UnixTime,
        listed: [DayUsage],
        by source: UsageSource,
        certain: UsageWindow? = nil,
        anomalies: [ReadingAnomaly: Int] = [:]
    ) {
        let known = Set(listed.map(\.day))
        let silent = (certain ?? window).days.filter { day in
            !known.contains(day) && (source.grain == .minutes || source.settleTime(of: day) <= askedAt)
        }
        let empty = silent.map { DayUsage(day: $0, rooms: []) }
        self.init(app: app, window: window, askedAt: askedAt, days: listed + empty, anomalies: anomalies)
    }

    /// The usage of all days and rooms together.
    public var total: TierSeconds { days.reduce(into: .zero) { $0 += $1.total } }

    /// The instant up to which a day's figures reach by the provider's documented lag.
    public func through(_ day: UsageDay, lag: Duration) -> UnixTime {
        min(day.end, window.end, askedAt - lag)
    }
}

/// What an answer says of one usage day.
public struct DayUsage: Hashable, Sendable {
    /// Which day.
    public let day: UsageDay
    /// The usage, each room once, ordered by the bytes of its id; one entry with an empty room where the source knows no rooms.
    /// Empty when there was no usage.
    public let rooms: [RoomUsage]
    /// The same usage by five minutes, oldest first, each interval once and those without usage left out; empty where the
    /// answer did not divide the day.
    public let intervals: [IntervalUsage]

    /// A day's usage by room; rows with the same room are added up.
    ///
    /// Rooms that nobody else holds are put in order where they are.
    public init(day: UsageDay, rooms: consuming [RoomUsage], intervals: [IntervalUsage] = []) {
        self.day = day
        rooms.merge()
        self.rooms = rooms
        self.intervals = intervals
    }

    /// A day's usage from a source that knows no rooms.
    public init(day: UsageDay, total: TierSeconds, intervals: [IntervalUsage] = []) {
        let rooms = total.isZero ? [] : [RoomUsage(room: .empty, seconds: total)]
        self.init(day: day, rooms: rooms, intervals: intervals)
    }

    /// The usage of all rooms together.
    public var total: TierSeconds { rooms.total }
}
