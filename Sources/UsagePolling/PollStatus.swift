public import Usage

/// What one budget does and did: for metrics and the status page.
public struct BudgetStatus: Sendable {
    /// Whose API it is and which.
    public let source: UsageSource
    /// The spacing that is kept now.
    public let minInterval: Duration
    /// By account: entries that share a key share the budget.
    public let accounts: [AccountStatus]
    /// By target, in the order of the configuration.
    public let targets: [TargetStatus]
    /// How long calls took.
    public let durations: CallDurations
}

/// What one account's calls came to.
public struct AccountStatus: Sendable {
    /// The account's name in the configuration.
    public let account: String
    /// Calls of the source's own API.
    public var calls = CallCounts()
    /// Calls of other APIs that were needed on the way, by their names.
    public var sideCalls: [String: CallCounts] = [:]
    /// The provider's clock less ours, by its newest answer; good to a second.
    public var clockOffset: Duration?
    /// What was odd about answers that were used.
    public var anomalies: [ReadingAnomaly: Int] = [:]
}

/// The calls of a source's API that wait for an account.
public struct CallQueue: Sendable, Hashable {
    /// Whose API it is and which.
    public let source: UsageSource
    /// The account's name in the configuration.
    public let account: String
    /// Calls that are due and not yet sent.
    public let waiting: Int

    /// What waits for an account.
    public init(source: UsageSource, account: String, waiting: Int) {
        (self.source, self.account, self.waiting) = (source, account, waiting)
    }
}

/// What came of calls.
public struct CallCounts: Sendable {
    /// Calls that gave what was asked for.
    public var succeeded = 0
    /// Calls that failed, by reason.
    public var failed: [ReadingFailure.Reason: Int] = [:]
    /// How long they took; only of calls that are counted here one by one.
    public private(set) var durations = CallDurations()

    /// None so far.
    public init() {}

    /// Adds other calls to these.
    public mutating func add(_ other: CallCounts) {
        succeeded += other.succeeded
        failed.merge(other.failed, uniquingKeysWith: +)
    }

    mutating func count(_ call: SideCall) {
        if let reason = call.failure { failed[reason, default: 0] += 1 } else { succeeded += 1 }
        durations.observe(call.took)
    }
}

/// How the polling of one app stands.
public struct TargetStatus: Sendable {
    /// The account's name in the configuration.
    public let account: String
    /// Which app.
    public let app: AppKey
    /// The name of the source.
    public let source: String
    /// When it was last asked in this run of the process.
    public var lastAttempt: UnixTime?
    /// When it was last asked with success, earlier runs included.
    public var lastSuccess: UnixTime?
    /// Why the newest attempt failed; `nil` when it succeeded or there was none.
    public var failure: ReadingFailure?
    /// When the running day is due next.
    public var nextCall: UnixTime?
    /// How fresh the running day is to be.
    public var wantedInterval: Duration
    /// How fresh the plan can keep it.
    public var plannedInterval: Duration
}

/// A histogram of the time that calls took, from start to the end of the answer.
public struct CallDurations: Sendable {
    /// The upper bounds in seconds; one more count follows for what is above.
    public static let bounds: [Double] = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    /// How many fell at or below each bound and above the one before; the last counts what is above all.
    public private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// All durations together, in seconds.
    public private(set) var sum = 0.0

    /// An empty histogram.
    public init() {}

    mutating func observe(_ duration: Duration) {
        let seconds = duration.inSeconds
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }
}
