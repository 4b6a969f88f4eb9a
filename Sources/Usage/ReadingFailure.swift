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

    /// Whom a failure concerns, which is who has to wait.
    public enum Scope: Sendable {
        /// Everything that is asked with the account's key.
        case account
        /// The app and day that were asked about.
        case app
        /// Either of them: it shows when another app fails too.
        case unknown
    }

    /// What a person, or the code that made the call, has to act upon; a failure may have none of these.
    public enum Cause: String, CaseIterable, Sendable {
        /// The key does not exist, or its secret is another one.
        case wrongKey = "wrong key"
        /// A temporary key or a token has run out.
        case expiredKey = "expired key"
        /// The key is right and may not do this.
        case noPermission = "no permission"
        /// The account has no such app.
        case unknownApp = "unknown app"
        /// The request was signed by a clock that is too far off.
        case clockOff = "clock off"
        /// The endpoint cannot be reached.
        case noNetwork = "no network"
        /// The provider no longer serves the API.
        case retired = "retired API"
    }

    /// What kind of failure it is.
    public let reason: Reason
    /// What has to be acted upon, if it is known.
    public let cause: Cause?
    /// Whom it concerns.
    public let scope: Scope
    /// One sentence: what happened, in the provider's words where it gave some, without any secret.
    public let explanation: String
    /// What a person can do about it; `nil` where waiting is all there is to do.
    public let advice: String?
    /// How long the provider asked us to wait.
    public let retryAfter: Duration?
    /// Whether what caused it has been mended meanwhile, such as by a new token, so that the next turn may well succeed.
    public let isMended: Bool

    /// A failure.
    ///
    /// - Parameters:
    ///   - reason: What kind it is.
    ///   - explanation: One sentence, without any secret.
    ///   - advice: What a person can do about it.
    ///   - retryAfter: How long the provider asked us to wait.
    ///   - scope: Whom it concerns, where the reason alone does not tell.
    ///   - cause: What has to be acted upon.
    ///   - isMended: Whether the cause is gone already.
    public init(
        _ reason: Reason,
        _ explanation: String,
        advice: String? = nil,
        retryAfter: Duration? = nil,
        scope: Scope? = nil,
        cause: Cause? = nil,
        isMended: Bool = false
    ) {
        self.reason = reason
        self.scope = scope ?? (retryAfter == nil ? reason.usualScope : .account)
        self.explanation = explanation
        self.advice = advice
        self.retryAfter = retryAfter
        self.cause = cause
        self.isMended = isMended
    }

    /// Whether it takes a living provider to fail like this.
    public var provesEndpointAlive: Bool { reason != .unavailable && reason != .timeout }

    /// The same failure in other words, or mended.
    public func with(explanation: String? = nil, retryAfter: Duration? = nil, isMended: Bool? = nil) -> ReadingFailure {
        ReadingFailure(
            reason,
            explanation ?? self.explanation,
            advice: advice,
            retryAfter: retryAfter ?? self.retryAfter,
            scope: scope,
            cause: cause,
            isMended: isMended ?? self.isMended
        )
    }
}

extension ReadingFailure.Reason {
    /// Whom a failure of this kind concerns as a rule. A wait that is asked for always concerns the account.
    public var usualScope: ReadingFailure.Scope {
        switch self {
        case .throttled, .unauthorized: .account
        case .unavailable, .timeout: .unknown
        case .rejected, .malformed: .app
        }
    }
}

extension ReadingFailure: CustomStringConvertible {
    /// The explanation and the advice.
    public var description: String {
        advice.map { "\(explanation) \($0)" } ?? explanation
    }
}
