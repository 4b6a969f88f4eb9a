public import Usage

/// What the status page tells: figures and moments as values, which the page puts into words.
public struct StatusReport: Sendable {
    /// The exporter's version.
    public var version: String
    /// The time at which all this is so.
    public var now: UnixTime
    /// What is wrong, the most far-reaching first.
    public var problems: [StatusProblem]
    /// What is worth knowing at the top of the page, in sentences.
    public var notes: [String]
    /// Usage by provider, in the order of the configuration.
    public var providers: [ProviderUsage]
    /// Which of the apps are shown, by what was asked for.
    public var listing: AppListing
    /// The apps that are shown, in the order of the page.
    public var rows: [AppRow]
    /// The budgets of calls, in the order of the configuration.
    public var budgets: [CallBudget]
    /// The settled days on which sources differ, newest first.
    public var differences: Differences

    /// What the page tells.
    public init(
        version: String,
        now: UnixTime,
        problems: [StatusProblem] = [],
        notes: [String] = [],
        providers: [ProviderUsage] = [],
        listing: AppListing,
        rows: [AppRow],
        budgets: [CallBudget] = [],
        differences: Differences = Differences()
    ) {
        self.version = version
        self.now = now
        self.problems = problems
        self.notes = notes
        self.providers = providers
        self.listing = listing
        self.rows = rows
        self.budgets = budgets
        self.differences = differences
    }
}

/// The usage of all apps of a provider.
public struct ProviderUsage: Sendable {
    /// The provider's name.
    public var provider: String
    /// How many apps are polled.
    public var apps: Int
    /// How many of them have a figure of the day that is shown.
    public var knownApps: Int
    /// The newest usage day; `nil` before one is known.
    public var day: DayProgress?
    /// The month of that day.
    public var month: MonthProgress?

    /// The usage of a provider's apps.
    public init(provider: String, apps: Int, knownApps: Int, day: DayProgress?, month: MonthProgress?) {
        self.provider = provider
        self.apps = apps
        self.knownApps = knownApps
        self.day = day
        self.month = month
    }
}

/// A row of the table of apps.
public struct AppRow: Sendable {
    /// What is told of every app.
    public var summary: AppSummary
    /// Its newest usage day; `nil` before one is known.
    public var day: DayProgress?
    /// The month of that day.
    public var month: MonthProgress?

    /// A row.
    public init(summary: AppSummary, day: DayProgress?, month: MonthProgress?) {
        self.summary = summary
        self.day = day
        self.month = month
    }
}
