import Usage
import UsageProviders

/// An account of the configuration with its way to the provider. Everything that asks about its apps shares this one.
struct AccountAccess: Sendable {
    private(set) var account: ExporterConfiguration.Account
    let registration: ProviderRegistration
    /// The secrets, which may be renewed.
    let keys: AccountKeys
    let access: any ProviderAccount
    private let timeout: Duration

    /// What calls need on their way.
    struct Surroundings: Sendable {
        let clients: HTTPClients
        let refusals: any SignatureRefusalStore
        let uptime: @Sendable () -> Duration
    }

    /// - Parameters:
    ///   - account: The account as configured.
    ///   - registration: Its provider.
    ///   - timeout: Of one call.
    ///   - surroundings: What calls need on their way.
    /// - Throws: When the endpoint is none, which the configuration's check does not let pass.
    init(
        _ account: ExporterConfiguration.Account,
        _ registration: ProviderRegistration,
        timeout: Duration,
        _ surroundings: Surroundings
    ) throws {
        self.account = account
        self.registration = registration
        self.timeout = timeout
        keys = AccountKeys(KeySet(account.credentials))
        let endpoint = try Endpoint(account.endpoint)
        access = registration.makeAccount(
            AccountSettings(
                endpoint: endpoint,
                details: account.details,
                keys: keys,
                transport: surroundings.clients.transport(
                    for: endpoint,
                    certificateAuthorities: account.authorities,
                    timeout: timeout
                ),
                refusals: surroundings.refusals,
                uptime: surroundings.uptime
            )
        )
    }

    /// The accounts of a configuration, in its order.
    ///
    /// - Parameters:
    ///   - configuration: Which accounts there are.
    ///   - surroundings: What calls need on their way.
    ///   - former: Those of the configuration before. One that is reached in the same way as now goes on, with its tokens,
    ///     its guards and whatever its keys have come to.
    /// - Returns: The accounts.
    /// - Throws: When an endpoint is none.
    static func all(
        of configuration: ExporterConfiguration,
        _ surroundings: Surroundings,
        keeping former: [AccountAccess] = []
    ) throws -> [AccountAccess] {
        let timeout = configuration.poll.timeout
        return try configuration.accounts.compactMap { account in
            if let known = former.first(where: { $0.reaches(account, timeout: timeout) }) {
                return known.with(account)
            }
            return try ProviderRegistry.registration(of: account.provider).map {
                try AccountAccess(account, $0, timeout: timeout, surroundings)
            }
        }
    }

    var provider: Provider { Provider(rawValue: account.provider) }

    /// What the provider counts the account's calls against.
    var budgetKey: String { "\(account.provider) \(registration.budgetKey(account))" }

    /// What is known of a source, with the user's corrections.
    func source(_ name: String) -> UsageSource? {
        account.source(name, of: registration)
    }

    /// Whether both lead to the provider by the same way, with the same memory.
    func isSameWay(as other: AccountAccess) -> Bool { keys === other.keys }

    /// Whether an edition of the account can be asked about in the same way. Other secrets of the same key can: they are
    /// handed to ``keys``, which go back to those before should they be refused.
    private func reaches(_ other: ExporterConfiguration.Account, timeout: Duration) -> Bool {
        account.name == other.name && account.provider == other.provider && account.endpoint == other.endpoint
            && account.details == other.details && account.authorities == other.authorities && timeout == self.timeout
            && registration.budgetKey(account) == registration.budgetKey(other)
    }

    private func with(_ account: ExporterConfiguration.Account) -> AccountAccess {
        var copy = self
        copy.account = account
        return copy
    }
}

extension ExporterConfiguration.Account {
    /// What is known of a source, with the user's corrections.
    func source(_ name: String, of registration: ProviderRegistration) -> UsageSource? {
        registration.sources.first { $0.name == name }?.corrected(by: sourceSettings[name])
    }
}
