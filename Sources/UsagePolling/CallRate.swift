/// How often a budget calls while somebody else may be using the same key: additive increase, multiplicative decrease.
///
/// A throttled call halves the rate, and ten successes in a row raise it by a twentieth of the full rate. So it swings
/// between half of what fits and a little more than fits, which costs few throttled calls. From the lowest rate it is
/// back at the full one after 200 successes at most.
///
/// How long to wait before the call after a throttled one is not its matter: after one counted stretch, whatever struck the
/// call has left. A value without a clock: times are uptimes.
public struct CallRate: Hashable, Sendable {
    /// So many successes in a row raise the rate.
    private static let successesPerRise = 10
    /// By so much of the full rate.
    private static let rise = 0.05
    /// The rate is not lowered further than to one call in so many counted stretches. Whether such a call finds room does
    /// not depend on ours any more, but on when the others call, so that going on would only cost figures.
    private static let stretchesPerCall = 4
    /// Nor is it lowered beyond this: what is rarer looks like a standstill.
    private static let longestSpacing = Duration.seconds(300)

    /// The spacing at the full rate.
    public private(set) var base: Duration
    /// How many calls the provider counts together.
    public private(set) var window: Int
    /// What is left of the full rate: above 0, at most 1. What has to outlive the process.
    public private(set) var fraction: Double

    private var newestDecrease: Duration?
    private var successes = 0

    /// A rate.
    ///
    /// - Parameters:
    ///   - base: The spacing at the full rate.
    ///   - window: How many calls the provider counts together.
    ///   - fraction: What an earlier process had left of the full rate; brought into the bounds.
    public init(base: Duration, window: Int = 1, fraction: Double = 1) {
        self.base = base
        self.window = max(window, 1)
        self.fraction = fraction
        confine()
    }

    /// The time between two calls that fits the rate.
    public var spacing: Duration { fraction < 1 ? base / fraction : base }
    /// Whether it is less than the full rate.
    public var isLowered: Bool { fraction < 1 }

    /// Notes that the provider asked for fewer calls.
    ///
    /// Calls that started before the newest decrease were made at the rate of before and say nothing of the one since: of
    /// many that were under way together, only the first lowers the rate.
    ///
    /// - Returns: Whether the rate is lower now.
    @discardableResult
    public mutating func throttled(callStartedAt start: Duration, at uptime: Duration) -> Bool {
        if let newestDecrease, start < newestDecrease { return false }
        let before = fraction
        successes = 0
        newestDecrease = uptime
        fraction /= 2
        confine()
        return fraction < before
    }

    /// Notes that the provider let a call through, whatever else it answered.
    ///
    /// - Returns: Whether the rate is higher now.
    @discardableResult
    public mutating func succeeded(callStartedAt start: Duration) -> Bool {
        if let newestDecrease, start < newestDecrease { return false }
        guard isLowered else { return false }
        successes += 1
        guard successes >= Self.successesPerRise else { return false }
        successes = 0
        fraction += Self.rise
        confine()
        return true
    }

    /// Goes by another limit from now on; what is left of the full rate stays.
    public mutating func change(base: Duration, window: Int) {
        self.base = base
        self.window = max(window, 1)
        confine()
    }

    private var lowestFraction: Double {
        base / min(base * window * Self.stretchesPerCall, max(base, Self.longestSpacing))
    }

    private mutating func confine() {
        // Twentieths do not add up to exactly one.
        let isFull = !(fraction < 1 - Self.rise / 10) || base <= .zero
        fraction = isFull ? 1 : max(fraction, lowestFraction)
    }
}
