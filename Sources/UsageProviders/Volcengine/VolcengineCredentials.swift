/// A key of Volcengine's access management.
struct VolcengineCredentials: Hashable, Sendable {
    /// Names the key; sent with each request.
    let accessKey: Secret
    /// Signs requests; never sent.
    let secretKey: Secret
    /// Goes with temporary keys only.
    let token: Secret?

    init(accessKey: Secret, secretKey: Secret, token: Secret? = nil) {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.token = token.flatMap { $0.reveal().isEmpty ? nil : $0 }
    }

    /// The key among an account's secrets; `nil` when a part of it is missing.
    init?(_ keys: KeySet) {
        guard let accessKey = keys["access_key"], let secretKey = keys["secret_key"] else { return nil }
        self.init(accessKey: accessKey, secretKey: secretKey, token: keys["token"])
    }
}
