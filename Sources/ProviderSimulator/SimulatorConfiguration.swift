/// Who may call the simulated provider, what they own and how it behaves.
public struct SimulatorConfiguration: Hashable, Sendable {
    /// The accounts that the provider knows; their secret ids and their apps' ids are unique.
    public var accounts: [SimulatedAccount]
    /// Where all made-up usage comes from: the same seed gives the same usage.
    public var seed: UInt64
    /// The least distance between two calls of one account to the room usage action.
    public var spacing: Duration
    /// How late usage becomes visible.
    public var lag: ArrivalLag
    /// Whether a day's figures are slightly incomplete until about 09:30 on the next day.
    public var revisions: Bool

    /// A configuration, by default with the provider's documented limits and delays.
    public init(
        accounts: [SimulatedAccount],
        seed: UInt64 = 1,
        spacing: Duration = .seconds(15),
        lag: ArrivalLag = .documented,
        revisions: Bool = true
    ) {
        self.accounts = accounts
        self.seed = seed
        self.spacing = spacing
        self.lag = lag
        self.revisions = revisions
    }

    /// The apps of all accounts, in order.
    public var apps: [SimulatedApp] { accounts.flatMap(\.apps) }
}

/// One set of credentials and the apps that belong to it.
public struct SimulatedAccount: Hashable, Sendable {
    /// What the calls are counted against; shown in the arrival log.
    public let secretID: String
    /// What signatures are made with; never shown.
    public let secretKey: String
    /// The session token that every call has to carry; `nil` for permanent credentials, whose calls carry none.
    public let token: String?
    /// The account's apps.
    public let apps: [SimulatedApp]

    /// An account.
    public init(secretID: String, secretKey: String, token: String? = nil, apps: [SimulatedApp]) {
        self.secretID = secretID
        self.secretKey = secretKey
        self.token = token
        self.apps = apps
    }
}

extension SimulatedAccount: CustomStringConvertible {
    /// The secret id alone, so that no log shows a key.
    public var description: String { "SimulatedAccount(\(secretID))" }
}

extension SimulatedAccount: CustomReflectable {
    /// The account without its key and token: `dump` and string interpolation of what holds it go by the mirror.
    public var customMirror: Mirror { Mirror(self, children: ["secretID": secretID, "apps": apps]) }
}

/// One app and how much its users do.
public struct SimulatedApp: Hashable, Sendable {
    /// The provider's application id.
    public let id: Int
    /// What people call it.
    public let name: String
    /// How many rooms it knows; four in five are used on a working day. 0 for an app without any usage.
    public let rooms: Int
    /// About how many people are in the largest room in business hours; the second has half as many, and so on.
    public let largestRoom: Int
    /// What its users send.
    public let media: MediaMix

    /// An app.
    public init(id: Int, name: String, rooms: Int, largestRoom: Int, media: MediaMix) {
        self.id = id
        self.name = name
        self.rooms = rooms
        self.largestRoom = largestRoom
        self.media = media
    }
}
