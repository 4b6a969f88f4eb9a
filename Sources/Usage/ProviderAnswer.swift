/// What came of one call to a provider, with what the answer told beside its content.
public struct ProviderAnswer<Value: Sendable>: Sendable {
    /// The content, or why there is none.
    public let result: Result<Value, ReadingFailure>
    /// The provider's clock as its answer gave it, to the second; `nil` when it gave none.
    public let providerTime: UnixTime?
    /// Whether the API was called at all. Not so when the reader knew beforehand that it must not be.
    public let wasSent: Bool
    /// Calls of other APIs that were needed on the way, such as one for a token.
    public let sideCalls: [SideCall]

    /// What came of a call.
    public init(
        _ result: Result<Value, ReadingFailure>,
        providerTime: UnixTime? = nil,
        wasSent: Bool = true,
        sideCalls: [SideCall] = []
    ) {
        self.result = result
        self.providerTime = providerTime
        self.wasSent = wasSent
        self.sideCalls = sideCalls
    }

    /// The same answer with another result.
    public func replacing<Other: Sendable>(
        _ result: Result<Other, ReadingFailure>
    ) -> ProviderAnswer<Other> {
        ProviderAnswer<Other>(result, providerTime: providerTime, wasSent: wasSent, sideCalls: sideCalls)
    }
}

/// What came of asking a source about an app.
public typealias ReadingAnswer = ProviderAnswer<Reading>

/// A call that was needed to make another one.
public struct SideCall: Hashable, Sendable {
    /// The API's name in the label `api`.
    public let api: String
    /// Why it failed; `nil` when it succeeded.
    public let failure: ReadingFailure.Reason?
    /// The time from its start to the end of its answer.
    public let took: Duration

    /// A call on the way.
    public init(api: String, failure: ReadingFailure.Reason?, took: Duration) {
        self.api = api
        self.failure = failure
        self.took = took
    }
}
