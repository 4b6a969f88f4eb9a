/// Keeps the calls of an API apart that several callers make with one key.
public actor CallGate {
    private var spacing: CallSpacing

    /// A gate that lets the first call through at once.
    ///
    /// - Parameter spacing: The shortest time between two arrivals.
    public init(spacing: Duration) {
        self.spacing = CallSpacing(spacing: spacing, firstStart: .zero)
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
