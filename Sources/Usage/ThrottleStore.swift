/// How far a provider has made us slow down with one budget of calls.
public struct Throttling: Hashable, Sendable {
    /// What is left of the full rate: above 0, at most 1.
    public let fraction: Double
    /// Until when the provider asked to be left alone; `nil` when it did not.
    public let pausedUntil: UnixTime?
    /// When all this was noted.
    public let notedAt: UnixTime

    /// How far we slowed down.
    public init(fraction: Double, pausedUntil: UnixTime?, notedAt: UnixTime) {
        self.fraction = fraction
        self.pausedUntil = pausedUntil
        self.notedAt = notedAt
    }

    /// What is left of the pause; zero when it is over.
    ///
    /// A clock that was set back since must not make the pause longer than it was when it was noted.
    public func pauseLeft(at now: UnixTime) -> Duration {
        guard let pausedUntil else { return .zero }
        return max(min(pausedUntil - now, pausedUntil - notedAt), .zero)
    }
}

/// Where ``Throttling`` outlives the process.
public protocol ThrottleStore: Sendable {
    /// What is known of a budget, by a name that does not tell its key; `nil` when it was never throttled.
    func throttling(of budget: String) async throws -> Throttling?

    /// Notes what is known of a budget from now on.
    func record(_ throttling: Throttling, of budget: String) async throws
}
