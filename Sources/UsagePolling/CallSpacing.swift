/// Keeps two calls of one budget apart by at least the provider's spacing, as the provider measures it: between arrivals.
///
/// A call arrives at some moment between its start and its answer. If the answer came quickly, the next call starts one
/// spacing after the answer, which cannot be too early. If not, the next one starts a spacing and an allowance after the
/// start, so that a slow answer does not cost the budget more than that allowance.
///
/// A value without a clock: times are uptimes.
public struct CallSpacing: Sendable {
    /// The provider's shortest time between two calls.
    public let spacing: Duration
    /// The earliest moment at which the next call may start.
    public private(set) var nextStart: Duration
    private var newestStart: Duration?

    /// - Parameters:
    ///   - spacing: The shortest time between two arrivals.
    ///   - firstStart: The earliest moment for the first call: one spacing after a start of the process, unless it is
    ///     certain that no earlier process called.
    public init(spacing: Duration, firstStart: Duration) {
        self.spacing = spacing
        nextStart = firstStart
    }

    /// How much longer than the spacing a slow answer may delay the next call: 3 %, but no less than 200 ms, since less
    /// does not cover what a loaded machine and a new connection take.
    private var allowance: Duration { max(spacing * 3 / 100, .milliseconds(200)) }

    /// Notes that a call starts.
    public mutating func start(at uptime: Duration) {
        newestStart = uptime
        nextStart = uptime + spacing + allowance
    }

    /// Notes that the call which started at `start` has its answer, or has failed for good.
    public mutating func end(of start: Duration, at uptime: Duration) {
        guard start == newestStart else { return }
        nextStart = min(nextStart, uptime + spacing)
    }
}
