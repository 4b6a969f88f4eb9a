/// One set of credentials and the apps that belong to it.
public struct SimulatedAccount: Hashable, Sendable {
    /// Whose account it is.
    public let provider: SimulatedProvider
    /// What the calls are counted against, shown in the arrival log: a secret id at Tencent, else an access key.
    public let secretID: String
    /// What signatures are made with; never shown.
    public let secretKey: String
    /// The session token that every signed call has to carry; `nil` for permanent credentials, whose calls carry none.
    public let token: String?
    /// Huawei's project; empty elsewhere.
    public let projectID: String
    /// Huawei's user who may get tokens for the project; `nil` when there is none.
    public let user: SimulatedUser?
    /// The account's apps.
    public let apps: [SimulatedApp]

    /// An account.
    public init(
        provider: SimulatedProvider = .tencent,
        secretID: String,
        secretKey: String,
        token: String? = nil,
        projectID: String = "",
        user: SimulatedUser? = nil,
        apps: [SimulatedApp]
    ) {
        self.provider = provider
        self.secretID = secretID
        self.secretKey = secretKey
        self.token = token
        self.projectID = projectID
        self.user = user
        self.apps = apps
    }
}

extension SimulatedAccount: CustomStringConvertible {
    /// The secret id alone, so that no log shows a key.
    public var description: String { "SimulatedAccount(\(secretID))" }
}

extension SimulatedAccount: CustomReflectable {
    /// The account without its key and token: `dump` and string interpolation of what holds it go by the mirror.
    public var customMirror: Mirror {
        Mirror(self, children: ["provider": provider, "secretID": secretID, "user": user as Any, "apps": apps])
    }
}
