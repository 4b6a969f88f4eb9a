public import Usage

/// What is known of an app, as `/metrics` and the status page show it. What is not known is `nil`.
public struct AppFigures: Sendable, Hashable {
    /// What each source tells, in the order of the app's sources: the primary first.
    public let sources: [SourceFigures]
    /// The settled days of the last two months, newest first: by the primary, and where it does not have a day by the next
    /// source that does.
    public let settled: [DayTotal]
    /// The month of the app's newest day, by the same rule.
    public let month: MonthTotal?
    /// The month before; `nil` unless all of its days are known.
    public let previousMonth: MonthTotal?
    /// What was used since the app was first asked about; zero before that.
    public let metered: TierSeconds
    /// By how many seconds settled days were raised later.
    public let revisedUp: Int
    /// By how many seconds settled days were lowered later.
    public let revisedDown: Int

    /// The primary's current usage day.
    public var current: SourceFigures.CurrentDay? { sources.first?.current }
}

/// What is known of an app from one source.
public struct SourceFigures: Sendable, Hashable {
    /// The current usage day: the newest one of which a reading succeeded.
    public struct CurrentDay: Sendable, Hashable {
        /// The day with its total.
        public let total: DayTotal
        /// Its rooms.
        public let rooms: FoldedRooms
        /// The instant up to which the figures reach.
        public let through: UnixTime
    }

    /// The source that said all this.
    public let source: UsageSource
    /// The current usage day.
    public let current: CurrentDay?
    /// The settled days of the last two months, newest first.
    public let settled: [DayTotal]
}

/// A day with its total.
public struct DayTotal: Sendable, Hashable {
    /// Which day.
    public let day: UsageDay
    /// The whole app's usage.
    public let seconds: TierSeconds

    /// A day with its total.
    public init(day: UsageDay, seconds: TierSeconds) {
        self.day = day
        self.seconds = seconds
    }
}

/// A calendar month.
public struct MonthTotal: Sendable, Hashable {
    /// Which month.
    public let month: UsageMonth
    /// The sum of the days that are known.
    public let seconds: TierSeconds
    /// Whether all its days so far are known.
    public let isComplete: Bool
}
