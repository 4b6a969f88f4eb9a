public import Usage

/// A usage day so far, beside the day before and what is expected of it.
public struct DayProgress: Sendable {
    /// The same hours of two days.
    public struct SameHours: Hashable, Sendable {
        /// The day's participant-seconds so far.
        public let now: Int
        /// The participant-seconds of the day before until the same time of day.
        public let before: Int
        /// How many apps both figures are of.
        public let apps: Int

        /// Two figures of the same apps and hours.
        public init(now: Int, before: Int, apps: Int = 1) {
            self.now = now
            self.before = before
            self.apps = apps
        }
    }

    /// What history makes likely for the whole day, in participant-seconds.
    public struct Expected: Hashable, Sendable {
        /// Below this the day is unusually quiet.
        public let low: Int
        /// What is likeliest.
        public let middle: Int
        /// Above this the day is unusually busy.
        public let high: Int

        /// What is likely.
        public init(low: Int, middle: Int, high: Int) {
            self.low = low
            self.middle = middle
            self.high = high
        }
    }

    /// Which day.
    public var day: UsageDay
    /// Its participant-seconds so far.
    public var seconds: Int
    /// The instant up to which they reach.
    public var through: UnixTime
    /// Of several apps, the instant up to which the figures of all of them reach.
    public var leastThrough: UnixTime
    /// How it grew.
    public var curve: UsageCurve
    /// How the day before grew.
    public var curveBefore: UsageCurve
    /// The day before as a whole.
    public var secondsBefore: Int?
    /// The same hours of both days.
    public var sameHours: SameHours?
    /// What is likely for the whole day.
    public var expected: Expected?

    /// A day so far.
    public init(
        day: UsageDay,
        seconds: Int,
        through: UnixTime,
        leastThrough: UnixTime? = nil,
        curve: UsageCurve = .none,
        curveBefore: UsageCurve = .none,
        secondsBefore: Int? = nil,
        sameHours: SameHours? = nil,
        expected: Expected? = nil
    ) {
        self.day = day
        self.seconds = seconds
        self.through = through
        self.leastThrough = leastThrough ?? through
        self.curve = curve
        self.curveBefore = curveBefore
        self.secondsBefore = secondsBefore
        self.sameHours = sameHours
        self.expected = expected
    }

    /// The part of the day that the figures cover, from 0 to 1.
    public var part: Double { day.part(at: through) }

    /// Whether the figures cover the whole day.
    var isOver: Bool { part >= 1 }
}

extension UsageDay {
    /// The part of the day that is over at an instant, from 0 to 1.
    public func part(at time: UnixTime) -> Double {
        min(max((time - start).inSeconds / (end - start).inSeconds, 0), 1)
    }
}
