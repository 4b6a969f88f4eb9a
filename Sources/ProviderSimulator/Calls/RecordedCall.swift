/// One call as the provider saw it. Holds no key, no token, no password and no signature.
public struct RecordedCall: Hashable, Sendable, Codable {
    /// When it arrived on the simulator's monotonic clock, in whole milliseconds.
    public let monotonicMilliseconds: Int
    /// When it arrived on the provider's wall clock, in Unix milliseconds.
    public let wallMilliseconds: Int
    /// Whom it was made to.
    public let provider: SimulatedProvider
    /// What was called; `nil` when the provider has no such thing.
    public let api: SimulatedAPI?
    /// The account that it was made for; `nil` when the provider does not know the one that was named.
    public let secretID: String?
    /// The action as it was asked for, or the API's name where calls have paths; `nil` when there is none.
    public let action: String?
    /// The app as it was asked for; `nil` when none was.
    public let app: String?
    /// The start of the window as it was asked for.
    public let from: String?
    /// The end of the window as it was asked for.
    public let to: String?
    /// `ok`, the provider's error code, the name of the fault that took the answer's place, or `locked` when
    /// Huawei had locked the key. The provider's code for too many calls, where no fault struck, is a call that came too early.
    public let outcome: String
    /// The fault that struck, if one did; several are joined with a plus sign.
    public let fault: String?

    private enum CodingKeys: String, CodingKey {
        case monotonicMilliseconds = "monotonic_ms"
        case wallMilliseconds = "wall_ms"
        case secretID = "secret_id"
        case provider, api, action, app, from, to, outcome, fault
    }
}
