/// Keeps the calls of an API apart that several callers make with one key.
public actor CallGate {
    private var spacing: CallSpacing

    /// A gate that nobody has passed yet.
    ///
    /// - Parameters:
    ///   - spacing: The shortest time between two arrivals.
    ///   - firstStart: The earliest uptime for the first call: ``CallSpacing/firstWait(spacing:)`` after the start of the
    ///     process, since an earlier one may have called up to its last moment.
    public init(spacing: Duration, firstStart: Duration) {
        self.spacing = CallSpacing(spacing: spacing, firstStart: firstStart)
    }

    /// Reserves the next call.
    ///
    /// - Returns: The uptime at which it may start.
    func reserve(at uptime: Duration) -> Duration {
        let start = max(uptime, spacing.nextStart)
        spacing.start(at: start)
        return start
    }

    /// Notes that the call which was to start at `start` has ended.
    func end(of start: Duration, at uptime: Duration) {
        spacing.end(of: start, at: uptime)
    }
}
