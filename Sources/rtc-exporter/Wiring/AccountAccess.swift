import Usage
import UsageProviders

/// An account of the configuration with its way to the provider. Everything that asks about its apps shares this one.
struct AccountAccess: Sendable {
    let account: ExporterConfiguration.Account
    let registration: ProviderRegistration
    /// The secrets, which may be renewed.
    let keys: AccountKeys
    let access: any ProviderAccount

    /// Where calls go and what they need on the way.
    struct Surroundings: Sendable {
        let clients: HTTPClients
        let timeout: Duration
        let refusals: any SignatureRefusalStore
        let uptime: @Sendable () -> Duration
    }

    init(
        _ account: ExporterConfiguration.Account,
        _ registration: ProviderRegistration,
        _ surroundings: Surroundings
    ) throws {
        self.account = account
        self.registration = registration
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
                    timeout: surroundings.timeout
                ),
                refusals: surroundings.refusals,
                uptime: surroundings.uptime
            )
        )
    }

    /// The accounts of a configuration, in its order.
    static func all(
        of configuration: ExporterConfiguration,
        _ surroundings: Surroundings
    ) throws -> [AccountAccess] {
        try configuration.accounts.compactMap { account in
            try ProviderRegistry.registration(of: account.provider).map {
                try AccountAccess(account, $0, surroundings)
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
}

extension ExporterConfiguration.Account {
    /// What is known of a source, with the user's corrections.
    func source(_ name: String, of registration: ProviderRegistration) -> UsageSource? {
        registration.sources.first { $0.name == name }?.corrected(by: sourceSettings[name])
    }
}
