import Usage

/// What the plan knows of one target: its days as recorded, and its attempts since the start.
struct TargetDays: Sendable {
    /// The newest attempt for a day.
    struct Attempt: Sendable {
        var at: Duration
        var failures: Int
        /// After failures, the earliest uptime for the next attempt.
        var notBefore: Duration
    }

    /// What the store knows, by the day's number.
    var recorded: [Int: RecordedDay] = [:]
    /// Attempts since the start, by the day's number.
    var attempts: [Int: Attempt] = [:]
    /// The days that are being asked for at this moment.
    var inFlight: Set<Int> = []
    /// Whether the newest attempt for a running day got an answer about the app, if only an odd one: closed days wait for
    /// that, so that an app which cannot be read at all does not cost a call for each day of its history.
    var canBeAsked = false

    /// Forgets days that the plan no longer looks at.
    mutating func forget(before day: Int) {
        recorded = recorded.filter { $0.key >= day }
        attempts = attempts.filter { $0.key >= day }
    }
}
