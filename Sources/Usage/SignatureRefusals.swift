/// How often in a row a provider refused what was signed with a key. Some providers lock a key that fails too often, whoever
/// signed with it and however often this process was restarted in between.
public struct SignatureRefusals: Hashable, Sendable {
    /// Nothing was refused since the last success.
    public static let none = SignatureRefusals(count: 0, last: UnixTime(milliseconds: 0))

    /// How many in a row.
    public let count: Int
    /// When the newest one was signed.
    public let last: UnixTime

    /// A number of refusals in a row.
    public init(count: Int, last: UnixTime) {
        self.count = count
        self.last = last
    }
}

/// Where ``SignatureRefusals`` outlive the process: an object, by which those who use the same one know each other.
public protocol SignatureRefusalStore: AnyObject, Sendable {
    /// What is known of a key, by a name that does not tell the key.
    func signatureRefusals(of key: String) async throws -> SignatureRefusals

    /// Notes what is known of a key from now on.
    func record(_ refusals: SignatureRefusals, of key: String) async throws
}
