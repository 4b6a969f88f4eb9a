/// What the status page tells, in words: whoever makes it has formatted times and figures already.
public struct StatusReport: Sendable {
    /// One app from one source.
    public struct App: Sendable {
        /// The provider's name.
        public let provider: String
        /// The account's name in the configuration.
        public let account: String
        /// The app's id.
        public let app: String
        /// The app's name in the configuration; empty where it has none.
        public let name: String
        /// The source's name.
        public let source: String
        /// The current usage day with its zone, `2026-11-21 (+08:00)`; `nil` before one is known.
        public let day: String?
        /// That day's participant-seconds so far.
        public let seconds: Int?
        /// How many rooms had usage that day.
        public let rooms: Int?
        /// When it was last read with success, and how long ago.
        public let lastSuccess: String?
        /// When it is asked next, and in how long.
        public let nextCall: String?
        /// What went wrong last and what to do about it; `nil` when all is well.
        public let error: String?
        /// How the day grew, as it was read; `nil` when it was read once at most.
        public let curve: UsageCurve?

        /// A row of the page.
        public init(
            provider: String,
            account: String,
            app: String,
            name: String,
            source: String,
            day: String?,
            seconds: Int?,
            rooms: Int?,
            lastSuccess: String?,
            nextCall: String?,
            error: String?,
            curve: UsageCurve? = nil
        ) {
            self.provider = provider
            self.account = account
            self.app = app
            self.name = name
            self.source = source
            self.day = day
            self.seconds = seconds
            self.rooms = rooms
            self.lastSuccess = lastSuccess
            self.nextCall = nextCall
            self.error = error
            self.curve = curve
        }
    }

    /// A settled day on which two sources of an app differ.
    public struct Difference: Sendable {
        /// The app's name, or its id where it has none.
        public let app: String
        /// The day, `2026-11-20`.
        public let day: String
        /// The app's first source and what it tells, in participant-seconds.
        public let primary: (source: String, seconds: Int)
        /// The source that it is compared with, and what that one tells.
        public let other: (source: String, seconds: Int)
        /// How much more the other one tells, in words: `+3.1 %`.
        public let share: String

        /// A row of the page.
        public init(
            app: String,
            day: String,
            primary: (source: String, seconds: Int),
            other: (source: String, seconds: Int),
            share: String
        ) {
            self.app = app
            self.day = day
            self.primary = primary
            self.other = other
            self.share = share
        }
    }

    /// The exporter's version.
    public let version: String
    /// What is wrong with the exporter as a whole, in sentences.
    public let problems: [String]
    /// What is worth knowing at the top of the page, in sentences.
    public let notes: [String]
    /// The apps, in the order of the page.
    public let apps: [App]
    /// The settled days on which sources differ, newest first.
    public let differences: [Difference]

    /// What the page tells.
    public init(
        version: String,
        problems: [String],
        notes: [String],
        apps: [App],
        differences: [Difference] = []
    ) {
        self.version = version
        self.problems = problems
        self.notes = notes
        self.apps = apps
        self.differences = differences
    }
}
