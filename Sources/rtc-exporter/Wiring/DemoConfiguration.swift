import ProviderSimulator
import Usage
import UsageProviders

/// The configuration that a user of the simulated accounts would write.
enum DemoConfiguration {
    /// The simulated Volcengine account shows how apps are discovered.
    private static let discovers: Set<SimulatedProvider> = [.volcengine]

    static func make(
        _ simulated: SimulatorConfiguration,
        ports: ProviderSimulators.Ports,
        ledger: String
    ) -> ExporterConfiguration {
        ExporterConfiguration(
            ledger: ExporterConfiguration.Ledger(path: ledger, retention: .days(400), roomsRetention: .days(40)),
            seriesLimit: 100_000,
            poll: ExporterConfiguration.Poll(interval: .seconds(10), history: .days(75), timeout: .seconds(30)),
            rooms: ExporterConfiguration.Rooms(limit: 100, hashKey: nil),
            accounts: simulated.accounts.map { account($0, simulated, ports) },
            warnings: []
        )
    }

    private static func account(
        _ account: SimulatedAccount,
        _ simulated: SimulatorConfiguration,
        _ ports: ProviderSimulators.Ports
    ) -> ExporterConfiguration.Account {
        let registration = registration(of: account.provider)
        let sources = registration.entry.defaultSources
        let discovers = discovers.contains(account.provider)
        return ExporterConfiguration.Account(
            name: "demo-\(account.provider.rawValue)",
            provider: account.provider.rawValue,
            endpoint: "http://127.0.0.1:\(port(of: account.provider, ports))",
            details: details(account, simulated),
            credentials: credentials(account),
            secretOrigins: [:],
            sources: sources,
            apps: discovers
                ? [] : account.apps.map { ExporterConfiguration.App(id: $0.id, name: $0.name, sources: sources) },
            selection: discovers ? AppSelection(include: [], exclude: []) : nil,
            sourceSettings: settings(registration, simulated)
        )
    }

    private static func registration(of provider: SimulatedProvider) -> ProviderRegistration {
        switch provider {
        case .tencent: .tencent
        case .huawei: .huawei
        case .volcengine: .volcengine
        }
    }

    private static func port(of provider: SimulatedProvider, _ ports: ProviderSimulators.Ports) -> Int {
        switch provider {
        case .tencent: ports.tencent
        case .huawei: ports.huawei
        case .volcengine: ports.volcengine
        }
    }

    private static func details(_ account: SimulatedAccount, _ simulated: SimulatorConfiguration) -> [String: String] {
        switch account.provider {
        case .tencent: ["region": TencentProvider.defaultRegion]
        case .huawei: ["project_id": account.projectID]
        case .volcengine: ["region": simulated.volcengineRegion]
        }
    }

    private static func credentials(_ account: SimulatedAccount) -> [String: Secret] {
        let id = account.provider == .tencent ? "secret_id" : "access_key"
        return [id: Secret(account.secretID), "secret_key": Secret(account.secretKey)]
    }

    private static func settings(
        _ registration: ProviderRegistration,
        _ simulated: SimulatorConfiguration
    ) -> [String: ExporterConfiguration.SourceSettings] {
        let settings = registration.sources.compactMap { source in
            SimulatedSource(rawValue: source.name).map { played in
                let spacing = simulated.spacing(of: played.api, provider: played.provider)
                return (
                    source.name,
                    ExporterConfiguration.SourceSettings(
                        minimumSpacing: spacing,
                        zoneOffsetSeconds: source.zone.seconds,
                        settledAfter: source.settledAfter,
                        lag: source.lag
                    )
                )
            }
        }
        return Dictionary(uniqueKeysWithValues: settings)
    }
}
