/// One or several usage days in a row that are asked about in one call. Half-open: `start` is included, `end` is not.
public struct UsageWindow: Hashable, Sendable {
    /// The first day.
    public let first: UsageDay
    /// The last day; the same as ``first`` for a single one.
    public let last: UsageDay
    /// The instant at which it ends: the last day's own end when the whole of it is asked for.
    public let end: UnixTime

    /// Whole days, both included; `nil` when the last one comes before the first.
    public init?(first: UsageDay, last: UsageDay) {
        guard first.number <= last.number else { return nil }
        self.init(first: first, last: last, end: last.end)
    }

    /// The whole of a day.
    public init(day: UsageDay) {
        self.init(first: day, last: day, end: day.end)
    }

    /// Days of which the last one still runs, up to a full minute; `nil` while there is nothing to ask for: in the first
    /// minute of the first day.
    public init?(first: UsageDay, last: UsageDay, through time: UnixTime) {
        let end = min(time.flooredToMinute, last.end)
        guard end > first.start, first.number <= last.number else { return nil }
        self.init(first: first, last: last, end: end)
    }

    /// The running day up to a full minute; `nil` in the day's first minute.
    public init?(day: UsageDay, through time: UnixTime) {
        self.init(first: day, last: day, through: time)
    }

    private init(first: UsageDay, last: UsageDay, end: UnixTime) {
        self.first = first
        self.last = last
        self.end = end
    }

    /// The instant with which the window begins: always a midnight of the days' zone.
    public var start: UnixTime { first.start }

    /// The days, oldest first.
    public var days: [UsageDay] { (0..<count).map(first.advanced(by:)) }

    /// How many days.
    public var count: Int { last.number - first.number + 1 }

    /// Whether a day is asked about.
    public func contains(_ day: UsageDay) -> Bool {
        day.zone == first.zone && (first.number...last.number).contains(day.number)
    }
}
