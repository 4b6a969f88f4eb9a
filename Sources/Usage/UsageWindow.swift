/// A part of one usage day that is asked about. Half-open: `start` is included, `end` is not.
public struct UsageWindow: Hashable, Sendable {
    /// The day that the window lies in.
    public let day: UsageDay
    /// The instant at which it ends: the day's own end when the whole day is asked for.
    public let end: UnixTime

    /// The whole of a day.
    public init(day: UsageDay) {
        self.day = day
        end = day.end
    }

    /// The running day up to a full minute; `nil` in the day's first minute, when there is nothing to ask for yet.
    public init?(day: UsageDay, through time: UnixTime) {
        let end = min(time.flooredToMinute, day.end)
        guard end > day.start else { return nil }
        self.day = day
        self.end = end
    }

    /// The instant with which the window begins: always a midnight of the day's zone.
    public var start: UnixTime { day.start }
}
