import ExporterMetrics
import Usage

/// Which apps are polled: those that the configuration names, and those that providers list and it selects.
struct AppDirectory: Sendable {
    private let configuration: ExporterConfiguration
    /// The lists by the accounts' names.
    private var listed: [String: [ListedApp]]

    /// - Parameters:
    ///   - configuration: Names apps and selects others.
    ///   - listed: What is known of the providers' lists, by account.
    init(_ configuration: ExporterConfiguration, listed: [String: [ListedApp]] = [:]) {
        self.configuration = configuration
        self.listed = listed
    }

    /// Takes an account's list, as it is to be polled from now on.
    mutating func set(_ apps: [ListedApp], of account: String) {
        listed[account] = apps
    }

    /// The apps, account by account. One that several accounts list belongs to the first of them.
    var apps: [PolledApp] {
        var seen = Set(configuration.accounts.flatMap { account in account.apps.map { Self.key($0.id, account) } })
        return configuration.accounts.flatMap { account -> [PolledApp] in
            let named = account.apps.map { Self.app($0.id, $0.name ?? "", $0.sources, account) }
            guard let selection = account.selection else { return named }
            let chosen = (listed[account.name] ?? []).filter { app in
                selection.contains(id: app.id, name: app.name) && seen.insert(Self.key(app.id, account)).inserted
            }
            return named + chosen.map { Self.app($0.id, $0.name, account.sources, account) }
        }
    }

    private static func key(_ id: String, _ account: ExporterConfiguration.Account) -> AppKey {
        AppKey(provider: Provider(rawValue: account.provider), app: id)
    }

    private static func app(
        _ id: String,
        _ name: String,
        _ sources: [String],
        _ account: ExporterConfiguration.Account
    ) -> PolledApp {
        let registration = ProviderRegistry.registration(of: account.provider)
        return PolledApp(
            key: key(id, account),
            account: account.name,
            name: name,
            sources: sources.compactMap { name in registration.flatMap { account.source(name, of: $0) } }
        )
    }
}
