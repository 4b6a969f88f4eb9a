/// One usage API and what is known of it: its limits, its days and how late its figures are.
///
/// A value, so that a user can correct by configuration what a provider does not document.
public struct UsageSource: Hashable, Sendable {
    /// How finely a source divides the running day.
    public enum Grain: String, Sendable {
        /// It tells what was used so far today.
        case minutes
        /// It tells whole days only.
        case days
    }

    /// Whose API it is.
    public let provider: Provider
    /// The name in the labels `source` and `api` and in the configuration.
    public let name: String
    /// The tiers it tells apart.
    public let tiers: [Tier]
    /// Whether it tells usage by room.
    public let knowsRooms: Bool
    /// How finely it divides the running day.
    public let grain: Grain
    /// How many days back it answers, the running one included.
    public let reach: Int
    /// How many days one call may cover.
    public let span: Int
    /// How many days a call about closed days has to cover at least for its rows to be days.
    public let leastSpan: Int
    /// How many calls of one key may be under way at once: more are never needed, and a provider that does not answer must not
    /// collect them.
    public let mostInFlight: Int
    /// The zone of its days.
    public var zone: ZoneOffset
    /// How long after the end of a day its figures are final, a margin included.
    public var settledAfter: Duration
    /// How late figures arrive, by the provider's own word; zero when it gives none.
    public var lag: Duration
    /// The shortest time between two calls that the provider allows one account, on the average of those it counts together.
    public var spacing: Duration
    /// How many calls the provider counts together: it allows one account that many in any stretch of ``countedStretch``.
    public var window: Int

    /// Describes a source.
    public init(
        provider: Provider,
        name: String,
        tiers: [Tier],
        knowsRooms: Bool,
        grain: Grain,
        reach: Int,
        span: Int = 1,
        leastSpan: Int = 1,
        mostInFlight: Int? = nil,
        zone: ZoneOffset,
        settledAfter: Duration,
        lag: Duration,
        spacing: Duration,
        window: Int = 1
    ) {
        self.provider = provider
        self.name = name
        self.tiers = tiers
        self.knowsRooms = knowsRooms
        self.grain = grain
        self.reach = reach
        self.span = span
        self.leastSpan = leastSpan
        // Ten seconds' worth of calls: who answers more slowly than that has other troubles.
        self.mostInFlight =
            mostInFlight ?? max(16, Int(clamping: Duration.seconds(10).attoseconds / max(spacing.attoseconds, 1)))
        self.zone = zone
        self.settledAfter = settledAfter
        self.lag = lag
        self.spacing = spacing
        self.window = window
    }

    /// The time over which the provider counts calls.
    public var countedStretch: Duration { spacing * window }

    /// The same source with another limit than the documented one.
    ///
    /// Whoever is allowed less has fewer calls counted over the same time, of which whole ones fit: 5 per second become 3 in
    /// 999 ms when there are 333 ms between calls.
    public func limited(to spacing: Duration) -> UsageSource {
        var source = self
        source.spacing = spacing
        guard spacing > self.spacing else { return source }
        source.window = max(1, min(window, Int(clamping: countedStretch.attoseconds / spacing.attoseconds)))
        return source
    }

    /// The usage day of an instant.
    public func day(containing time: UnixTime) -> UsageDay {
        UsageDay(containing: time, zone: zone)
    }

    /// The instant after which a successful reading of that day is final.
    public func settleTime(of day: UsageDay) -> UnixTime {
        day.end + settledAfter
    }
}
