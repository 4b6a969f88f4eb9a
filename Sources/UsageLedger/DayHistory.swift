public import Usage

/// What one source told of one usage day of an app, as the ledger holds it: for exports and reports.
public struct DayHistory: Hashable, Sendable {
    /// Who told it.
    public let source: UsageSource
    /// Which day.
    public let day: UsageDay
    /// The whole app's usage, in participant-seconds.
    public let seconds: TierSeconds
    /// Whether the figures are final; they are provisional before that.
    public let isSettled: Bool
    /// The instant up to which the figures reach.
    public let through: UnixTime
    /// The day by five minutes, oldest first and those without usage left out, as the newest reading that had them told;
    /// empty where none did. They may add up to less than ``seconds``: the day went on after that reading, or was restated.
    public let intervals: [IntervalUsage]
    /// The largest rooms and the sum of the rest; `nil` where the source knows no rooms, or they are no longer kept.
    public let rooms: FoldedRooms?

    /// What is held of a day.
    public init(
        source: UsageSource,
        day: UsageDay,
        seconds: TierSeconds,
        isSettled: Bool,
        through: UnixTime,
        intervals: [IntervalUsage] = [],
        rooms: FoldedRooms? = nil
    ) {
        self.source = source
        self.day = day
        self.seconds = seconds
        self.isSettled = isSettled
        self.through = through
        self.intervals = intervals
        self.rooms = rooms
    }
}
