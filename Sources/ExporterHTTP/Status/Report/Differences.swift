public import Usage

/// Settled days on which sources of an app differ.
public struct Differences: Sendable {
    /// The newest of them.
    public var shown: [Difference]
    /// How many more there are.
    public var more: Int

    /// Some days, and how many more there are.
    public init(shown: [Difference] = [], more: Int = 0) {
        self.shown = shown
        self.more = more
    }
}

/// A settled day on which two sources of an app differ.
public struct Difference: Sendable {
    /// Which app.
    public let app: AppName
    /// Which day.
    public let day: UsageDay
    /// The app's first source and what it tells, in participant-seconds.
    public let primary: (source: String, seconds: Int)
    /// The source that it is compared with, and what that one tells.
    public let other: (source: String, seconds: Int)

    /// A row of the page.
    public init(
        app: AppName,
        day: UsageDay,
        primary: (source: String, seconds: Int),
        other: (source: String, seconds: Int)
    ) {
        self.app = app
        self.day = day
        self.primary = primary
        self.other = other
    }
}
