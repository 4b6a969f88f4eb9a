public import Usage

/// What the page of one app tells.
public struct AppReport: Sendable {
    /// One of the app's sources.
    public struct Source: Sendable {
        /// The source's name.
        public var name: String
        /// What it is for, in words.
        public var role: String
        /// Its newest usage day, with its zone; `nil` before one is known.
        public var day: UsageDay?
        /// That day's participant-seconds so far.
        public var seconds: Int?
        /// The instant up to which they reach.
        public var through: UnixTime?
        /// When it was last read with success.
        public var lastSuccess: UnixTime?
        /// When it is asked next.
        public var nextCall: UnixTime?
        /// How often it is read by plan.
        public var interval: Duration?
        /// What went wrong last and what to do about it; `nil` when all is well.
        public var problem: String?

        /// A source.
        public init(
            name: String,
            role: String,
            day: UsageDay? = nil,
            seconds: Int? = nil,
            through: UnixTime? = nil,
            lastSuccess: UnixTime? = nil,
            nextCall: UnixTime? = nil,
            interval: Duration? = nil,
            problem: String? = nil
        ) {
            self.name = name
            self.role = role
            self.day = day
            self.seconds = seconds
            self.through = through
            self.lastSuccess = lastSuccess
            self.nextCall = nextCall
            self.interval = interval
            self.problem = problem
        }
    }

    /// One of the last days.
    public struct Day: Sendable {
        /// The day, its total and how final that is.
        public var bar: DayBar
        /// The total by tier; `nil` when the day is missing.
        public var tiers: TierSeconds?
        /// The name of the source that told it.
        public var source: String?

        /// A day.
        public init(bar: DayBar, tiers: TierSeconds?, source: String?) {
            self.bar = bar
            self.tiers = tiers
            self.source = source
        }
    }

    /// The rooms of the newest usage day.
    public struct Rooms: Sendable {
        /// Which day.
        public var day: UsageDay
        /// The largest of them by name, the largest first.
        public var largest: [RoomUsage]
        /// All rooms together.
        public var total: TierSeconds
        /// How many rooms had usage.
        public var count: Int

        /// The rooms of a day.
        public init(day: UsageDay, largest: [RoomUsage], total: TierSeconds, count: Int) {
            self.day = day
            self.largest = largest
            self.total = total
            self.count = count
        }
    }

    /// The time at which all this is so.
    public var now: UnixTime
    /// What the home page tells of the app.
    public var row: AppRow
    /// The newest day by tier; `nil` before one is known.
    public var tiers: TierSeconds?
    /// Its sources, the primary first.
    public var sources: [Source]
    /// The last days, the newest first.
    public var days: [Day]
    /// The newest day's rooms; `nil` where no source knows rooms, or nothing is known yet.
    public var rooms: Rooms?
    /// The settled days on which the sources differ.
    public var differences: Differences

    /// What the page of an app tells.
    public init(
        now: UnixTime,
        row: AppRow,
        tiers: TierSeconds? = nil,
        sources: [Source] = [],
        days: [Day] = [],
        rooms: Rooms? = nil,
        differences: Differences = Differences()
    ) {
        self.now = now
        self.row = row
        self.tiers = tiers
        self.sources = sources
        self.days = days
        self.rooms = rooms
        self.differences = differences
    }
}
