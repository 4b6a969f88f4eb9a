/// The usage of five minutes of a day, as some sources tell of the running one.
public struct IntervalUsage: Hashable, Sendable {
    /// How long each interval is.
    public static let length = Duration.seconds(300)

    /// The instant with which the five minutes begin: a multiple of them after the day's midnight.
    public let start: UnixTime
    /// What was used in them, in participant-seconds.
    public let seconds: TierSeconds

    /// The usage of five minutes.
    public init(start: UnixTime, seconds: TierSeconds) {
        self.start = start
        self.seconds = seconds
    }

    /// The instant that ends the five minutes and no longer belongs to them.
    public var end: UnixTime { start + Self.length }
}
