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
    /// Makes an account's way to the provider.
    let makeAccount: @Sendable (AccountSettings) -> any ProviderAccount
}

/// The providers there are: a new one is one more line here.
enum ProviderRegistry {
    static let all: [ProviderRegistration] = [.tencent, .huawei, .volcengine]

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
            credentialForms: [
                ProviderCatalogue.CredentialForm(
                    requiredSecrets: ["secret_id", "secret_key"],
                    optionalSecrets: ["token"]
                )
            ],
            sources: ProviderCatalogue.Source.all(TencentProvider.sources, defaults: TencentProvider.defaultSources),
            appIDs: .number(UInt64(TencentProvider.appIDs.lowerBound)...UInt64(TencentProvider.appIDs.upperBound))
        ),
        sources: TencentProvider.sources,
        budgetKey: { $0.budgetKey(by: "secret_id") },
        makeAccount: { TencentAccount($0) }
    )

    static let huawei = ProviderRegistration(
        entry: ProviderCatalogue.Provider(
            name: Provider.huawei.rawValue,
            defaultEndpoint: HuaweiProvider.defaultEndpoint,
            defaultRegion: nil,
            allowedRegions: [],
            credentialForms: [
                ProviderCatalogue.CredentialForm(
                    requiredSecrets: ["access_key", "secret_key"],
                    optionalSecrets: ["token"]
                ),
                ProviderCatalogue.CredentialForm(
                    requiredSecrets: ["password"],
                    requiredTexts: [.init(name: "domain"), .init(name: "user")],
                    optionalTexts: [.init(name: "iam_endpoint", form: .endpoint), .init(name: "project")]
                ),
            ],
            requiredTexts: [.init(name: "project_id", form: .identifier)],
            sources: ProviderCatalogue.Source.all(HuaweiProvider.sources, defaults: HuaweiProvider.defaultSources),
            appIDs: .text,
            listsApps: true
        ),
        sources: HuaweiProvider.sources,
        budgetKey: { account in
            // Who has no key of its own is an IAM user.
            let user = ["domain", "user"].compactMap { account.details[$0] }.joined(separator: "\u{0}")
            return account.budgetKey(by: "access_key", else: user)
        },
        makeAccount: { HuaweiAccount($0) }
    )

    static let volcengine = ProviderRegistration(
        entry: ProviderCatalogue.Provider(
            name: Provider.volcengine.rawValue,
            defaultEndpoint: VolcengineProvider.defaultEndpoint,
            defaultRegion: VolcengineProvider.defaultRegion,
            allowedRegions: nil,
            credentialForms: [
                ProviderCatalogue.CredentialForm(
                    requiredSecrets: ["access_key", "secret_key"],
                    optionalSecrets: ["token"]
                )
            ],
            sources: ProviderCatalogue.Source.all(
                VolcengineProvider.sources,
                defaults: VolcengineProvider.defaultSources
            ),
            appIDs: .text,
            listsApps: true
        ),
        sources: VolcengineProvider.sources,
        budgetKey: { $0.budgetKey(by: "access_key") },
        makeAccount: { VolcengineAccount($0) }
    )
}

extension ExporterConfiguration.Account {
    /// What tells one set of credentials from another.
    fileprivate func budgetKey(by secret: String, else other: String = "") -> String {
        credentials[secret]?.reveal() ?? (other.isEmpty ? name : other)
    }
}

extension ProviderCatalogue.Source {
    /// Sources as the configuration knows them, those that are used by default first and in their order.
    static func all(_ sources: [UsageSource], defaults: [UsageSource]) -> [ProviderCatalogue.Source] {
        (defaults + sources.filter { !defaults.contains($0) }).map { source in
            ProviderCatalogue.Source(
                name: source.name,
                isDefault: defaults.contains(source),
                minimumSpacing: source.spacing,
                zoneOffsetSeconds: source.zone.seconds,
                settledAfter: source.settledAfter,
                lag: source.lag
            )
        }
    }
}
