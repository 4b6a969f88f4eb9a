public import Usage

/// One account at a provider: makes what asks it.
public protocol ProviderAccount: Sendable {
    /// The reader of a source; `nil` when the provider has no such source.
    func reader(for source: UsageSource) -> (any UsageReader)?

    /// The account's list of apps; `nil` where the provider has none.
    var lister: (any AppLister)? { get }
}

/// What an account is made of.
public struct AccountSettings: Sendable {
    /// Where the provider answers.
    public let endpoint: Endpoint
    /// Settings without secrets by their names in the configuration, such as `region` or `project_id`.
    public let details: [String: String]
    /// The account's secrets.
    public let keys: AccountKeys
    /// The way to the provider.
    public let transport: any ProviderTransport
    /// Where refused signatures are counted.
    public let refusals: any SignatureRefusalStore
    /// Time since some fixed moment, for the duration of calls.
    public let uptime: @Sendable () -> Duration

    /// What an account is made of.
    public init(
        endpoint: Endpoint,
        details: [String: String],
        keys: AccountKeys,
        transport: any ProviderTransport,
        refusals: any SignatureRefusalStore,
        uptime: @escaping @Sendable () -> Duration
    ) {
        self.endpoint = endpoint
        self.details = details
        self.keys = keys
        self.transport = transport
        self.refusals = refusals
        self.uptime = uptime
    }
}
