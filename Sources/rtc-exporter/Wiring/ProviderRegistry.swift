import Usage
import UsageProviders

/// A provider as the wiring knows it.
struct ProviderRegistration: Sendable {
    /// What the configuration has to know.
    let entry: ProviderCatalogue.Provider
    /// What is known of the provider's sources.
    let sources: [UsageSource]
    /// What the provider counts calls against: accounts with the same key share their budgets.
    let budgetKey: @Sendable (ExporterConfiguration.Account) -> String
    /// Makes the reader of a source for an account.
    let makeReader:
        @Sendable (UsageSource, ExporterConfiguration.Account, Endpoint, any ProviderTransport) -> (any UsageReader)?
}

/// The providers there are: a new one is one more line here.
enum ProviderRegistry {
    static let all: [ProviderRegistration] = [.tencent]

    /// What the configuration is checked against.
    static let catalogue = ProviderCatalogue(providers: all.map(\.entry))

    static func registration(of name: String) -> ProviderRegistration? {
        all.first { $0.entry.name == name }
    }
}

extension ProviderRegistration {
    static let tencent = ProviderRegistration(
        entry: ProviderCatalogue.Provider(
            name: Provider.tencent.rawValue,
            defaultEndpoint: TencentProvider.defaultEndpoint,
            defaultRegion: TencentProvider.defaultRegion,
            allowedRegions: TencentProvider.regions,
            requiredCredentials: ["secret_id", "secret_key"],
            optionalCredentials: ["token"],
            sources: TencentProvider.sources.map(ProviderCatalogue.Source.init),
            appIDs: .number(UInt64(TencentProvider.appIDs.lowerBound)...UInt64(TencentProvider.appIDs.upperBound))
        ),
        sources: TencentProvider.sources,
        budgetKey: { $0.credentials["secret_id"]?.reveal() ?? $0.name },
        makeReader: { source, account, endpoint, transport in
            guard let id = account.credentials["secret_id"], let key = account.credentials["secret_key"] else {
                return nil
            }
            return TencentProvider.reader(
                for: source,
                endpoint: endpoint,
                region: account.region ?? TencentProvider.defaultRegion,
                credentials: TencentCredentials(secretID: id, secretKey: key, token: account.credentials["token"]),
                transport: transport
            )
        }
    )
}

extension ProviderCatalogue.Source {
    init(_ source: UsageSource) {
        self.init(
            name: source.name,
            minimumSpacing: source.spacing,
            zoneOffsetSeconds: source.zone.seconds,
            settledAfter: source.settledAfter,
            lag: source.lag
        )
    }
}
