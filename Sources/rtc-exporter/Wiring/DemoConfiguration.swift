import ProviderSimulator
import Usage
import UsageProviders

/// The configuration that a user of the simulated account would write.
enum DemoConfiguration {
    static func make(_ simulated: SimulatorConfiguration, port: Int, ledger: String) -> ExporterConfiguration {
        ExporterConfiguration(
            ledger: ExporterConfiguration.Ledger(path: ledger, retention: .days(400), roomsRetention: .days(40)),
            seriesLimit: 100_000,
            poll: ExporterConfiguration.Poll(interval: .seconds(10), history: .days(75), timeout: .seconds(30)),
            rooms: ExporterConfiguration.Rooms(limit: 100, hashKey: nil),
            accounts: simulated.accounts.enumerated().map { index, account in
                Self.account(account, number: index + 1, spacing: simulated.spacing, port: port)
            },
            secretReferences: [],
            warnings: []
        )
    }

    private static func account(
        _ account: SimulatedAccount,
        number: Int,
        spacing: Duration,
        port: Int
    ) -> ExporterConfiguration.Account {
        let source = TencentProvider.roomUsage
        return ExporterConfiguration.Account(
            name: "demo-\(number)",
            provider: Provider.tencent.rawValue,
            endpoint: "http://127.0.0.1:\(port)",
            region: TencentProvider.defaultRegion,
            credentials: ["secret_id": Secret(account.secretID), "secret_key": Secret(account.secretKey)],
            sources: [source.name],
            apps: account.apps.map { ExporterConfiguration.App(id: "\($0.id)", name: $0.name, sources: [source.name]) },
            sourceSettings: [
                source.name: ExporterConfiguration.SourceSettings(
                    minimumSpacing: spacing,
                    zoneOffsetSeconds: source.zone.seconds,
                    settledAfter: source.settledAfter,
                    lag: source.lag
                )
            ]
        )
    }
}
