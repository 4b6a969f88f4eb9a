/// Keeps the calls of one budget inside the provider's limit as the provider measures it: by arrivals.
///
/// The limit allows `window` calls in any stretch of `window` times the spacing. Two rules keep it:
/// - Calls start at least a spacing apart, which spreads them evenly.
/// - A call has arrived by its answer, and by its start and an allowance in any case. It may start only when fewer than `window`
///   earlier calls may have arrived within the stretch that ends then.
///
/// The second rule alone is enough. Were there `window` and one more arrivals within a stretch, the one of them that started
/// last would have found the others, all of which arrived later than a stretch before its own arrival and so than a stretch
/// before its start; it would not have started.
///
/// While answers are slow, calls start on average ``longestInterval(spacing:window:)`` apart. Nobody who does not see arrivals
/// can do better when a call is on the way for anything up to 200 ms: of any `window` and one more calls the first may
/// arrive that late and the last at once, so that their starts have to be a stretch and 200 ms apart. That is 1/1.2 of a
/// limit by the second; answers that come within 100 ms give 1/1.1.
///
/// A value without a clock: times are uptimes.
public struct CallSpacing: Sendable {
    /// A call that was made.
    private struct Call {
        let start: Duration
        /// When it has arrived at the latest.
        var bound: Duration
        var hasEnded = false
        /// Whether the provider refused it as one too many.
        var isThrottled = false
    }

    /// So many of the newest calls are known for sure whenever the limit changes: more than any provider counts together.
    private static let leastKnown = 64

    /// The provider's shortest time between two calls, on the average of those it counts together.
    public private(set) var spacing: Duration
    /// How many calls the provider counts together.
    public private(set) var window: Int
    /// The earliest moment at which the next call may start, as far as is known by now; an answer may make it earlier.
    public private(set) var nextStart: Duration

    private var earliest: Duration
    private var lowered = Duration.zero
    /// No call is bound later than so long after its start.
    private var longestWay = Duration.zero
    private var known: Int
    /// In the order of their starts.
    private var calls: [Call] = []

    /// - Parameters:
    ///   - spacing: The shortest time between two calls.
    ///   - window: How many calls are counted together: there may be that many in any stretch of `window` spacings.
    ///   - firstStart: The earliest moment for the first call: ``firstWait(spacing:)`` after a start of the process, unless
    ///     it is certain that no earlier process called.
    public init(spacing: Duration, window: Int = 1, firstStart: Duration) {
        self.spacing = spacing
        self.window = max(window, 1)
        known = max(window, Self.leastKnown)
        earliest = firstStart
        nextStart = firstStart
    }

    /// The shortest time between two starts, throttled calls left out: the spacing, or more while the rate is lowered.
    public var pace: Duration { max(spacing, lowered) }

    /// Notes that a call starts; starts do not go back in time.
    public mutating func start(at uptime: Duration) {
        let allowance = Self.allowance(of: spacing * window)
        calls.append(Call(start: uptime, bound: uptime + allowance))
        longestWay = max(longestWay, allowance)
        forget()
        renew()
    }

    /// Notes that the request of the call which started at `start` is on a connection only now: one had to be made first.
    public mutating func sent(_ start: Duration, at uptime: Duration) {
        guard let index = calls.lastIndex(where: { $0.start == start }), !calls[index].hasEnded else { return }
        let bound = max(calls[index].bound, uptime + Self.allowance(of: spacing * window))
        calls[index].bound = bound
        longestWay = max(longestWay, bound - start)
        renew()
    }

    /// Notes that the call which started at `start` has its answer, or has failed for good; it may be one that the provider
    /// refused as one too many.
    public mutating func end(of start: Duration, at uptime: Duration, isThrottled: Bool = false) {
        guard let index = calls.lastIndex(where: { $0.start == start }), !calls[index].hasEnded else { return }
        calls[index].bound = min(calls[index].bound, max(start, uptime))
        calls[index].hasEnded = true
        calls[index].isThrottled = isThrottled
        renew()
    }

    /// Lets calls start no more often than that from now on, or as often as the limit allows where that is less.
    ///
    /// Throttled calls count for the limit, but not for this: what strikes a lowered rate is somebody else's call, and a
    /// whole interval later that may strike again, every time. What the provider counts stays what it was, so that a rate
    /// which is lowered and raised again breaks no limit on the way.
    public mutating func lower(to pace: Duration) {
        lowered = pace
        renew()
    }

    /// Goes by another limit from now on; the calls that were made count.
    public mutating func change(spacing: Duration, window: Int) {
        // The first call of a stricter limit keeps the old one too, since nobody knows which of them the provider goes by.
        if spacing > self.spacing { earliest = max(earliest, permitted) }
        self.spacing = spacing
        self.window = max(window, 1)
        if window > known, let bound = calls.map(\.bound).max() {
            // Some calls that count now are forgotten: none of them counts any more after a whole stretch.
            earliest = max(earliest, bound + spacing * window)
            known = window
        }
        renew()
    }

    /// How long the first call waits after a start of the process: an earlier one may have called up to its last moment.
    ///
    /// Its calls were a spacing apart too. With one gap that is longer by the time a call may be on the way, the calls of
    /// both that arrive within a stretch are no more than those that start within it, however many are counted together.
    public static func firstWait(spacing: Duration) -> Duration { spacing + allowance(of: spacing) }

    /// The average time between two calls while work waits and answers are as slow as can be; never is it longer.
    public static func longestInterval(spacing: Duration, window: Int) -> Duration {
        let stretch = spacing * max(window, 1)
        return (stretch + allowance(of: stretch)) / max(window, 1)
    }

    /// How long a call may be on the way, and so how much a slow answer may delay a later call: 3 %, but no less than
    /// 200 ms, since less does not cover what a loaded machine and a new connection take.
    private static func allowance(of stretch: Duration) -> Duration { max(stretch * 3 / 100, .milliseconds(200)) }

    /// The earliest start that the limit permits.
    private var permitted: Duration {
        guard let newest = calls.last else { return .zero }
        let apart = newest.start + spacing
        guard calls.count >= window else { return apart }
        // The newest calls, as many as count, are bound later than the first of them starts: so are those that matter.
        let mark = calls[calls.count - window].start
        let relevant = calls.lazy.reversed().prefix { $0.start + longestWay > mark }
        return max(apart, relevant.map(\.bound).sorted(by: >)[window - 1] + spacing * window)
    }

    private mutating func renew() {
        let served = calls.last { !$0.isThrottled }
        nextStart = max(earliest, permitted, served.map { $0.start + pace } ?? .zero)
    }

    /// Drops calls that can no longer matter: as many as are ever counted arrive later for sure.
    private mutating func forget() {
        let surplus = calls.count - known
        guard surplus > 0 else { return }
        let mark = calls[surplus].start
        calls = calls[..<surplus].filter { $0.bound > mark } + calls[surplus...]
    }
}
