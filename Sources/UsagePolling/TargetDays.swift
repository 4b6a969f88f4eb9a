package import Usage

/// What the plan knows of one target: its days as recorded, its attempts since the start, and whether the app is in use.
package struct TargetDays: Sendable {
    /// The newest attempt for a day.
    struct Attempt: Sendable {
        /// The moment that the next one is counted from: that of the call, or when the call was due if it was hardly late.
        var at: Duration
        var failures: Int
        /// After failures, the earliest uptime for the next attempt.
        var notBefore: Duration
        /// So many failures in a row do not cost an app its place in the queue. Who fails on and on takes turns like one that
        /// was just read.
        static let patience = 3

        /// Since when the day waits, by its place in the queue from before it failed, while that is kept.
        var waitsSince: Duration?
        /// How many days the next call may cover, where one about more of them got an unusable answer; `nil` for as many as
        /// the source allows.
        var span: Int?
    }

    /// What the store knows, by the day's number.
    package var recorded: [Int: RecordedDay] = [:]
    /// Attempts since the start, by the day's number.
    var attempts: [Int: Attempt] = [:]
    /// The moment that the next call about a running day is counted from, whichever day was running then.
    var runningAt: Duration?
    /// The days that are being asked for at this moment.
    var inFlight: Set<Int> = []
    /// Whether the newest attempt for a running day got an answer about the app, if only an odd one: closed days wait for
    /// that, so that an app which cannot be read at all does not cost a call for each day of its history.
    var canBeAsked = false
    /// Whether the app is no longer polled. Its place stays, since calls under way know it by its number.
    var isRemoved = false
    /// Whether its use is told by a cheaper source.
    package var isGuided = false
    /// Whether the app is in use, by the source that guides this one or else by this one; `nil` while nobody has told.
    package var use: AppUse?
    /// The same by this source's own word, where another one guides it: either of them may know what the other does not.
    package var ownUse: AppUse?

    /// A target of which nothing is known.
    package init() {}

    /// When a day from that one on was last asked for with success.
    func lastAsked(since day: Int) -> UnixTime? {
        recorded.lazy.filter { $0.key >= day }.map(\.value.askedAt).max()
    }

    /// Forgets days that the plan no longer looks at.
    mutating func forget(before day: Int) {
        guard recorded.keys.contains(where: { $0 < day }) || attempts.keys.contains(where: { $0 < day }) else { return }
        recorded = recorded.filter { $0.key >= day }
        attempts = attempts.filter { $0.key >= day }
    }

    /// Lets all that waits after failures be asked at once: what made them fail may be mended.
    mutating func retryNow() {
        for day in attempts.keys { attempts[day]?.notBefore = .zero }
    }
}
