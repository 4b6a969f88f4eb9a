public import Usage

/// What one reading told of a day as a whole.
public struct ReadTotal: Hashable, Sendable {
    /// When it was asked.
    public let askedAt: UnixTime
    /// The instant up to which its figures reach.
    public let through: UnixTime
    /// The whole app's usage of the day so far.
    public let seconds: TierSeconds
}
