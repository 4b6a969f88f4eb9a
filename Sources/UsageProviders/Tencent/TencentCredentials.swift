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

    /// A provider's own words, with whatever of the key they may repeat made unreadable.
    func redacted(_ text: String) -> String {
        // The longest first: one may be a part of another.
        let secrets = [secretID, secretKey, token].compactMap { $0?.reveal() }.filter { !$0.isEmpty }
        return secrets.sorted { $0.utf8.count > $1.utf8.count }.reduce(text) { text, secret in
            text.replacing(secret, with: "<secret>")
        }
    }
}
