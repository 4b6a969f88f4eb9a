import Usage

/// What the plan knows of one target: its days as recorded, and its attempts since the start.
struct TargetDays: Sendable {
    /// The newest attempt for a day.
    struct Attempt: Sendable {
        var at: Duration
        var failures: Int
        /// After failures, the earliest uptime for the next attempt.
        var notBefore: Duration
        /// How many days the next call may cover, where one about more of them got an unusable answer; `nil` for as many as
        /// the source allows.
        var span: Int?
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
    /// Whether the app is no longer polled. Its place stays, since calls under way know it by its number.
    var isRemoved = false

    /// Forgets days that the plan no longer looks at.
    mutating func forget(before day: Int) {
        recorded = recorded.filter { $0.key >= day }
        attempts = attempts.filter { $0.key >= day }
    }

    /// Lets all that waits after failures be asked at once: what made them fail may be mended.
    mutating func retryNow() {
        for day in attempts.keys { attempts[day]?.notBefore = .zero }
    }
}
