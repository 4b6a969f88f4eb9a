/// One source of one account that can be asked what an app used.
///
/// Conformances are values or keep nothing between calls but connections. They neither wait nor retry: when to call is the
/// poller's business, and so is what was read before.
public protocol UsageReader: Sendable {
    /// What is known of the source, the user's corrections included.
    var source: UsageSource { get }

    /// Makes one call. It runs beside its caller: an answer may take long to read, and the poller has to go on.
    ///
    /// - Parameters:
    ///   - app: The provider's application id.
    ///   - window: What to ask for.
    ///   - now: The wall clock: requests are signed with it, and the reading carries it as the time of asking.
    /// - Returns: The reading, or why there is none, with what the answer told beside the figures. An answer without any
    ///   usage is a reading without rooms, which is not the same as a failure. A partly usable answer is a failure.
    @concurrent
    func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer
}

/// What came of one call.
public struct ReadingAnswer: Sendable {
    /// The reading, or why there is none.
    public let result: Result<Reading, ReadingFailure>
    /// The provider's clock as its answer gave it, to the second; `nil` when it gave none.
    public let providerTime: UnixTime?

    /// What came of a call.
    public init(_ result: Result<Reading, ReadingFailure>, providerTime: UnixTime? = nil) {
        self.result = result
        self.providerTime = providerTime
    }
}
