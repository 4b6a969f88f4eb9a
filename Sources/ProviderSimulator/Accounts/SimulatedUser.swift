/// A user of Huawei's identity service (IAM), who may get tokens for one project.
public struct SimulatedUser: Hashable, Sendable {
    /// The name of the account that the user belongs to.
    public let domain: String
    /// The user's name.
    public let name: String
    /// The password; never shown.
    public let password: String
    /// The name of the project, such as `cn-north-4`; its id is the account's.
    public let project: String

    /// A user.
    public init(domain: String, name: String, password: String, project: String) {
        self.domain = domain
        self.name = name
        self.password = password
        self.project = project
    }
}

extension SimulatedUser: CustomStringConvertible {
    /// Domain and name, so that no log shows a password.
    public var description: String { "SimulatedUser(\(domain)/\(name))" }
}

extension SimulatedUser: CustomReflectable {
    /// The user without the password.
    public var customMirror: Mirror { Mirror(self, children: ["domain": domain, "name": name, "project": project]) }
}
