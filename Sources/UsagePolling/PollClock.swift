public import Usage

/// The two clocks that polling goes by, and a way to wait; a parameter, so that tests turn them.
///
/// The wall clock only picks days and signs requests. All limits and waits go by the uptime, which no clock step touches.
public struct PollClock: Sendable {
    /// The wall clock.
    public let now: @Sendable () -> UnixTime
    /// Time since some fixed moment; never steps, never falls.
    public let uptime: @Sendable () -> Duration
    /// Waits for that much uptime; throws when the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void

    /// Clocks to go by.
    public init(
        now: @escaping @Sendable () -> UnixTime,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }
}
