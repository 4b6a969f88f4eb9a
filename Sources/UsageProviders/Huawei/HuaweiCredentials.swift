import Usage

/// An access key of Huawei Cloud, permanent or temporary.
struct HuaweiKey: Sendable {
    /// Names the key; sent with each request.
    let accessKey: Secret
    /// Signs requests; never sent.
    let secretKey: Secret
    /// Goes with temporary keys only.
    let securityToken: Secret?

    init(accessKey: Secret, secretKey: Secret, securityToken: Secret? = nil) {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.securityToken = securityToken.flatMap { $0.reveal().isEmpty ? nil : $0 }
    }

    /// The key among an account's secrets; `nil` when there is none, as with an account that uses a password.
    ///
    /// - Throws: When there is but a part of it.
    init?(_ keys: KeySet) throws(ReadingFailure) {
        guard let accessKey = keys["access_key"] else { return nil }
        guard let secretKey = keys["secret_key"] else { throw .incomplete("secret_key") }
        self.init(accessKey: accessKey, secretKey: secretKey, securityToken: keys["token"])
    }
}

/// An IAM user who asks for tokens of one project. A HUAWEI ID gets none:
/// <https://support.huaweicloud.com/api-iam/iam_30_0001.html>.
struct HuaweiUser: Sendable {
    /// What tokens are good for. The service takes tokens of projects only.
    enum Scope: Sendable {
        case projectName(String)
        case projectID(String)
    }

    let domain: String
    let user: String
    let scope: Scope

    /// The user among an account's settings.
    ///
    /// - Throws: When there is but a part of it.
    init(_ details: [String: String]) throws(ReadingFailure) {
        domain = try details.required("domain")
        user = try details.required("user")
        if let project = details["project"], !project.isEmpty {
            scope = .projectName(project)
        } else {
            scope = .projectID(try details.required("project_id"))
        }
    }
}

extension [String: String] {
    /// A setting without which nothing can be asked.
    func required(_ name: String) throws(ReadingFailure) -> String {
        guard let value = self[name], !value.isEmpty else { throw .incomplete(name) }
        return value
    }
}

extension ReadingFailure {
    /// The account's settings lack something.
    static func incomplete(_ name: String) -> ReadingFailure {
        ReadingFailure(
            .rejected,
            "The account has no \(name), so that the request cannot be written.",
            advice: "Set \(name) of this account.",
            scope: .account
        )
    }
}
