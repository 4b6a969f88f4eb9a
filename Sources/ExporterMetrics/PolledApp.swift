public import Usage

/// An app as the metrics name it.
public struct PolledApp: Hashable, Sendable {
    /// Provider and id.
    public let key: AppKey
    /// The account's name in the configuration.
    public let account: String
    /// The app's name in the configuration; empty where it has none.
    public let name: String
    /// Its sources; the first is the primary.
    public let sources: [UsageSource]

    /// An app with its sources, of which there is at least one.
    public init(key: AppKey, account: String, name: String, sources: [UsageSource]) {
        self.key = key
        self.account = account
        self.name = name
        self.sources = sources
    }

    /// The source that `rtc_usage_seconds` is from: the first that knows rooms, else the primary.
    public var roomSource: UsageSource? { sources.first(where: \.knowsRooms) ?? sources.first }

    /// What a source is for, as the `role` label says it.
    func role(of source: UsageSource) -> String {
        let isPrimary = source == sources.first
        let givesRooms = source == roomSource
        return switch (isPrimary, givesRooms) {
        case (true, true): "both"
        case (true, false): "primary"
        case (false, true): "rooms"
        case (false, false): "compare"
        }
    }
}
