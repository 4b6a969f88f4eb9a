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
    /// How many days back it answers.
    public let reach: Int
    /// The zone of its days.
    public var zone: ZoneOffset
    /// How long after the end of a day its figures are final, a margin included.
    public var settledAfter: Duration
    /// How late figures arrive, by the provider's own word; zero when it gives none.
    public var lag: Duration
    /// The shortest time between two calls that the provider allows one account.
    public var spacing: Duration

    /// Describes a source.
    public init(
        provider: Provider,
        name: String,
        tiers: [Tier],
        knowsRooms: Bool,
        grain: Grain,
        reach: Int,
        zone: ZoneOffset,
        settledAfter: Duration,
        lag: Duration,
        spacing: Duration
    ) {
        self.provider = provider
        self.name = name
        self.tiers = tiers
        self.knowsRooms = knowsRooms
        self.grain = grain
        self.reach = reach
        self.zone = zone
        self.settledAfter = settledAfter
        self.lag = lag
        self.spacing = spacing
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
