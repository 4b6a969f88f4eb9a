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
    ///   - now: The time by the provider's clock, as far as it is known: requests are signed with it, and the reading carries
    ///     it as the time of asking.
    /// - Returns: The reading, or why there is none, with what the answer told beside the figures. An answer without any
    ///   usage is a reading without rooms, which is not the same as a failure. A partly usable answer is a failure.
    @concurrent
    func read(app: String, window: UsageWindow, now: UnixTime) async -> ReadingAnswer
}
