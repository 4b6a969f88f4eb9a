/// A refusal as a provider writes it.
protocol ProviderRefusal: Error {
    /// What the arrival log says about it: the provider's code.
    var outcome: String { get }
}

/// What a call asks for, as far as it can be read; nothing about it is checked.
struct AskedFor {
    /// The API; `nil` when the provider has no such one.
    var api: SimulatedAPI?
    /// The action in the provider's words.
    var action: String?
    /// The app, as text.
    var app: String?
    /// Start of the window.
    var from: String?
    /// End of the window.
    var to: String?
}

/// What is particular to one provider; the course of a call is ``ProviderGate``'s.
protocol ProviderDialect: Sendable {
    /// A call's parameters, checked.
    associatedtype Query: Sendable
    associatedtype Refusal: ProviderRefusal

    static var provider: SimulatedProvider { get }
    /// The refusal of a call that comes too early.
    static var throttled: Refusal { get }
    /// The refusal of a body that is too large to be read.
    static var tooLarge: Refusal { get }

    /// The refusal of a method that is not served at all, before the body is read and without an entry in the log.
    static func refusal(ofMethod method: String) -> Refusal?

    /// What a call asks for.
    func askedFor(by call: ReceivedCall) -> AskedFor

    /// The known key that a call names; nothing about it is proven.
    func claimedKey(of call: ReceivedCall) -> String?

    /// The account that a call comes from; `now` is the provider's moment, in Unix milliseconds.
    func account(of call: ReceivedCall, now: Int) throws(Refusal) -> SimulatedAccount

    /// The parameters of an authenticated call.
    func query(of call: ReceivedCall, account: SimulatedAccount, now: Int) throws(Refusal) -> Query

    /// The refusal that a fault is answered with; `nil` for one that is no refusal in this dialect.
    static func refusal(for kind: FaultKind, api: SimulatedAPI?) -> Refusal?

    /// The answer to a good call.
    func answer(_ query: Query, fault: FaultKind?, now: Int, requestID: String) -> ProviderAnswer

    /// The answer that says no.
    func answer(_ refusal: Refusal, asked: AskedFor, requestID: String) -> ProviderAnswer
}

extension ProviderDialect {
    static func refusal(ofMethod method: String) -> Refusal? { nil }
}
