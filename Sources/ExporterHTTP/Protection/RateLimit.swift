/// How many requests are answered: one per interval on average, and some at once.
public struct RateLimit: Hashable, Sendable {
    /// The time that one request takes; more than zero.
    public let interval: Duration
    /// How many may come at once after a pause; at least 1.
    public let burst: Int

    /// A limit by its parts.
    public init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}

/// A bucket that holds as many tokens as the burst and gets one per interval; each request takes one.
///
/// What is kept is not the tokens but when the bucket will be full again: that is exact, however the intervals fall.
struct TokenBucket {
    private let limit: RateLimit
    private var fullAt: Duration?

    /// A full one.
    init(_ limit: RateLimit) {
        self.limit = limit
    }

    /// Takes a token; `false` when there is none.
    mutating func take(at now: Duration) -> Bool {
        let full = max(fullAt ?? now, now)
        guard full - now <= limit.interval * (limit.burst - 1) else { return false }
        fullAt = full + limit.interval
        return true
    }
}
