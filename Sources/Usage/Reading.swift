/// What a source said at one moment about one app and one window. A reading asked later replaces one asked earlier.
public struct Reading: Hashable, Sendable {
    /// The app that was asked about.
    public let app: AppKey
    /// The window that was asked for.
    public let window: UsageWindow
    /// When it was asked: the moment of the call, not of the answer.
    public let askedAt: UnixTime
    /// The usage, each room once, ordered by the bytes of its id; one entry with an empty room where the source knows no rooms.
    /// Empty when the provider answered that there was no usage.
    public let rooms: [RoomUsage]
    /// What was odd about the answer without making it unusable.
    public let anomalies: [ReadingAnomaly: Int]

    /// A reading; rows with the same room are added up.
    public init(
        app: AppKey,
        window: UsageWindow,
        askedAt: UnixTime,
        rooms: [RoomUsage],
        anomalies: [ReadingAnomaly: Int] = [:]
    ) {
        self.app = app
        self.window = window
        self.askedAt = askedAt
        self.rooms = rooms.merged()
        self.anomalies = anomalies
    }

    /// The usage of all rooms together.
    public var total: TierSeconds { rooms.total }

    /// The instant up to which the figures reach by the provider's documented lag.
    public func through(lag: Duration) -> UnixTime {
        min(window.end, askedAt - lag)
    }
}

/// Something odd in an answer that is still used: the `kind` label of `rtc_reading_anomalies_total`.
public enum ReadingAnomaly: String, CaseIterable, Sendable {
    /// A room stood in several rows, which were added up.
    case duplicateRoom = "duplicate_room"
    /// A room id was not valid UTF-8, or was longer than is kept, and was repaired or cut.
    case alteredRoom = "altered_room"
    /// A figure had a fraction of a second and was rounded.
    case fraction
    /// An answer without any usage came after one with usage, and is not believed before a second one agrees.
    case emptied
}
