public import Usage

/// Which app, for a link to its page.
public struct AppName: Hashable, Sendable {
    /// The provider's name.
    public let provider: String
    /// The app's id.
    public let app: String
    /// The app's name in the configuration or the provider's list; empty where it has none.
    public let name: String

    /// Names an app.
    public init(provider: String, app: String, name: String) {
        self.provider = provider
        self.app = app
        self.name = name
    }

    /// The name, or the id where there is none.
    var shown: String { name.isEmpty ? app : name }
}

/// What is told of every app, shown or not: enough to sort by.
public struct AppSummary: Sendable {
    /// How the polling of an app goes.
    public enum State: Int, Sendable {
        /// The newest attempt of one of its sources failed.
        case failing
        /// Nothing was read yet.
        case waiting
        /// All is well.
        case ok
    }

    /// Which app.
    public var name: AppName
    /// The account's name in the configuration.
    public var account: String
    /// How its polling goes.
    public var state: State
    /// The newest usage day's participant-seconds so far.
    public var seconds: Int?
    /// The month's participant-seconds so far.
    public var month: Int?
    /// How many rooms had usage that day.
    public var rooms: Int?
    /// When it was last read with success.
    public var lastSuccess: UnixTime?
    /// When it is asked next.
    public var nextCall: UnixTime?
    /// The names of its sources, the primary first.
    public var sources: [String]

    /// What is known of an app.
    public init(
        name: AppName,
        account: String,
        state: State,
        seconds: Int? = nil,
        month: Int? = nil,
        rooms: Int? = nil,
        lastSuccess: UnixTime? = nil,
        nextCall: UnixTime? = nil,
        sources: [String] = []
    ) {
        self.name = name
        self.account = account
        self.state = state
        self.seconds = seconds
        self.month = month
        self.rooms = rooms
        self.lastSuccess = lastSuccess
        self.nextCall = nextCall
        self.sources = sources
    }
}
