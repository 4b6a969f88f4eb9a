/// A key of Tencent Cloud's access management.
public struct TencentCredentials: Hashable, Sendable {
    /// Names the key; sent with each request.
    public let secretID: Secret
    /// Signs requests; never sent.
    public let secretKey: Secret
    /// Goes with temporary keys only.
    public let token: Secret?

    /// A key.
    public init(secretID: Secret, secretKey: Secret, token: Secret? = nil) {
        self.secretID = secretID
        self.secretKey = secretKey
        self.token = token
    }

    /// The key among an account's secrets; `nil` when a part of it is missing.
    init?(_ keys: KeySet) {
        guard let id = keys["secret_id"], let key = keys["secret_key"] else { return nil }
        self.init(secretID: id, secretKey: key, token: keys["token"])
    }
}
