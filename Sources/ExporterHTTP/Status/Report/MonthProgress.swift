public import Usage

/// A month so far, day by day, beside the month before.
public struct MonthProgress: Sendable {
    /// The days that are over, and the same days of the month before.
    public struct SameDays: Hashable, Sendable {
        /// This month's participant-seconds on them.
        public let now: Int
        /// Those of the month before.
        public let before: Int
        /// How many days that is.
        public let days: Int

        /// Two figures of the same days.
        public init(now: Int, before: Int, days: Int) {
            self.now = now
            self.before = before
            self.days = days
        }
    }

    /// Which month.
    public var month: UsageMonth
    /// Its participant-seconds so far.
    public var seconds: Int
    /// Whether all its days so far are known.
    public var isComplete: Bool
    /// Its days so far.
    public var days: [DayBar]
    /// The days that are over, beside the month before; `nil` unless all of them are known of both.
    public var sameDays: SameDays?

    /// A month so far.
    public init(month: UsageMonth, seconds: Int, isComplete: Bool, days: [DayBar], sameDays: SameDays? = nil) {
        self.month = month
        self.seconds = seconds
        self.isComplete = isComplete
        self.days = days
        self.sameDays = sameDays
    }

    /// How many days it has as a whole.
    var length: Int { month.end.number - month.firstDay.number }
}

/// A day among others.
public struct DayBar: Hashable, Sendable {
    /// How final a day's figure is.
    public enum State: String, Sendable {
        /// It is final.
        case settled
        /// The day is over, and its figure may still change.
        case provisional
        /// The day goes on.
        case running
        /// There is no figure, or not one of each app, or the day is over and its figure is not of all of it.
        case missing
    }

    /// Which day.
    public let day: UsageDay
    /// Its participant-seconds, as far as they are known.
    public let seconds: Int?
    /// How final that is.
    public let state: State
    /// The participant-seconds of the same day of the month before.
    public let before: Int?

    /// A day among others.
    public init(day: UsageDay, seconds: Int?, state: State, before: Int? = nil) {
        self.day = day
        self.seconds = seconds
        self.state = state
        self.before = before
    }
}
