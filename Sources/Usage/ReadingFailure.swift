/// Why a source could not be read. The reason decides what happens next; the explanation is for a person.
public struct ReadingFailure: Error, Hashable, Sendable {
    /// The closed set of ways to fail; the `outcome` label of `rtc_api_requests_total`, together with `ok`.
    public enum Reason: String, CaseIterable, Sendable {
        /// The provider asks for fewer calls.
        case throttled
        /// The provider refuses the credentials or the permission: asking again does not help until somebody acts.
        case unauthorized
        /// The provider refuses this request: asking again does not help until somebody acts.
        case rejected
        /// The provider or the way to it is out of order.
        case unavailable
        /// No complete answer came in time.
        case timeout
        /// The answer is not what the provider documents.
        case malformed
    }

    /// What kind of failure it is.
    public let reason: Reason
    /// One sentence: what happened, in the provider's words where it gave some, without any secret.
    public let explanation: String
    /// What a person can do about it; `nil` where waiting is all there is to do.
    public let advice: String?
    /// How long the provider asked us to wait.
    public let retryAfter: Duration?

    /// A failure.
    public init(_ reason: Reason, _ explanation: String, advice: String? = nil, retryAfter: Duration? = nil) {
        self.reason = reason
        self.explanation = explanation
        self.advice = advice
        self.retryAfter = retryAfter
    }
}

extension ReadingFailure: CustomStringConvertible {
    /// The explanation and the advice.
    public var description: String {
        advice.map { "\(explanation) \($0)" } ?? explanation
    }
}
