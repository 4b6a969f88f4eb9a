/// A budget of calls and what was made of it.
public struct CallBudget: Sendable {
    /// How often apps are read.
    public struct Freshness: Hashable, Sendable {
        /// How often they are to be read.
        public let wanted: Duration
        /// How often the app that is read the most often is read by plan.
        public let shortest: Duration
        /// How often the app that is read the least often is.
        public let longest: Duration

        /// What was asked for and what is planned.
        public init(wanted: Duration, shortest: Duration, longest: Duration) {
            self.wanted = wanted
            self.shortest = shortest
            self.longest = longest
        }
    }

    /// The provider's name.
    public var provider: String
    /// The names of the accounts that share it.
    public var accounts: [String]
    /// The name of the API.
    public var api: String
    /// The shortest time between two calls that is kept now.
    public var spacing: Duration
    /// The shortest time between two calls that the provider allows.
    public var allowedSpacing: Duration
    /// Calls since the exporter started.
    public var calls: Int
    /// Those of them that failed.
    public var failed: Int
    /// Since when calls are counted, as a length of time.
    public var countedFor: Duration
    /// Calls that are due and not yet sent.
    public var waiting: Int
    /// How many apps share it.
    public var apps: Int
    /// How often they are read; `nil` without apps.
    public var freshness: Freshness?

    /// A budget.
    public init(
        provider: String,
        accounts: [String],
        api: String,
        spacing: Duration,
        allowedSpacing: Duration,
        calls: Int,
        failed: Int,
        countedFor: Duration,
        waiting: Int,
        apps: Int,
        freshness: Freshness?
    ) {
        self.provider = provider
        self.accounts = accounts
        self.api = api
        self.spacing = spacing
        self.allowedSpacing = allowedSpacing
        self.calls = calls
        self.failed = failed
        self.countedFor = countedFor
        self.waiting = waiting
        self.apps = apps
        self.freshness = freshness
    }

    /// Calls per hour that the provider allows.
    var allowedPerHour: Double { 3600 / max(allowedSpacing / .seconds(1), 0.001) }

    /// Calls per hour since the exporter started; `nil` in the first minute, of which nothing can be said.
    var madePerHour: Double? {
        countedFor >= .seconds(60) ? Double(calls) * 3600 / (countedFor / .seconds(1)) : nil
    }
}
