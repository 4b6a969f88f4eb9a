import ExporterMetrics
import Usage
import UsageProviders

/// What shares one budget of calls: all apps of one source behind one key, whatever the number of account entries.
struct PollBudget {
    /// What is wrong with accounts that each on its own are right.
    struct Conflict: Error, CustomStringConvertible {
        let description: String
    }

    /// One app of the budget.
    struct App {
        let account: ExporterConfiguration.Account
        let app: ExporterConfiguration.App
        let registration: ProviderRegistration

        var key: AppKey { AppKey(provider: Provider(rawValue: account.provider), app: app.id) }
    }

    let source: UsageSource
    private(set) var apps: [App]

    /// The budgets of a configuration, in the order in which their accounts stand.
    ///
    /// - Throws: ``Conflict`` when accounts share a key but not the source's limits and assumptions.
    static func budgets(of configuration: ExporterConfiguration) throws(Conflict) -> [PollBudget] {
        var budgets: [PollBudget] = []
        var indices: [String: Int] = [:]
        for account in configuration.accounts {
            guard let registration = ProviderRegistry.registration(of: account.provider) else { continue }
            for source in registration.sources.map({ $0.corrected(by: account.sourceSettings[$0.name]) }) {
                let apps = account.apps.filter { $0.sources.contains(source.name) }
                guard !apps.isEmpty else { continue }
                let key = [account.provider, source.name, registration.budgetKey(account)].joined(separator: "\u{0}")
                let members = apps.map { App(account: account, app: $0, registration: registration) }
                if let index = indices[key] {
                    try budgets[index].join(members, source: source, account: account.name)
                } else {
                    indices[key] = budgets.count
                    budgets.append(PollBudget(source: source, apps: members))
                }
            }
        }
        return budgets
    }

    private mutating func join(_ members: [App], source: UsageSource, account: String) throws(Conflict) {
        guard source == self.source else {
            let other = apps.first?.account.name ?? ""
            throw Conflict(
                description: "The accounts \(other) and \(account) have the same key and share its budget of calls: "
                    + "limits and assume of \(source.name) have to be the same for both."
            )
        }
        apps += members
    }
}

extension UsageSource {
    /// The source with the user's corrections.
    func corrected(by settings: ExporterConfiguration.SourceSettings?) -> UsageSource {
        guard let settings else { return self }
        var source = self
        source.spacing = settings.minimumSpacing
        source.zone = ZoneOffset(seconds: settings.zoneOffsetSeconds)
        source.settledAfter = settings.settledAfter
        source.lag = settings.lag
        return source
    }
}

extension ExporterConfiguration {
    /// The apps as the metrics name them, each with its sources, the primary first.
    func polledApps() -> [PolledApp] {
        accounts.flatMap { account in
            let sources = ProviderRegistry.registration(of: account.provider)?.sources ?? []
            return account.apps.map { app in
                PolledApp(
                    key: AppKey(provider: Provider(rawValue: account.provider), app: app.id),
                    account: account.name,
                    name: app.name ?? "",
                    sources: app.sources.compactMap { name in
                        sources.first { $0.name == name }?.corrected(by: account.sourceSettings[name])
                    }
                )
            }
        }
    }
}
