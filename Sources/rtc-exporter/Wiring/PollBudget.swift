import Usage
import UsageProviders

/// What shares one budget of calls: all apps of one source behind one key, whatever the number of account entries.
struct PollBudget {
    /// What is wrong with accounts that each on its own are right.
    struct Conflict: Error, CustomStringConvertible {
        let description: String
    }

    let source: UsageSource
    /// The names of the accounts.
    private(set) var accounts: [String]

    /// The budgets of a configuration, in the order in which their accounts stand.
    ///
    /// - Throws: ``Conflict`` when accounts share a key but not the source's limits and assumptions.
    static func budgets(of configuration: ExporterConfiguration) throws(Conflict) -> [PollBudget] {
        var budgets: [PollBudget] = []
        var indices: [String: Int] = [:]
        for account in configuration.accounts {
            guard let registration = ProviderRegistry.registration(of: account.provider) else { continue }
            for name in registration.sources.map(\.name) where account.polls(name) {
                guard let source = account.source(name, of: registration) else { continue }
                let key = [account.provider, name, registration.budgetKey(account)].joined(separator: "\u{0}")
                if let index = indices[key] {
                    try budgets[index].join(account.name, source: source)
                } else {
                    indices[key] = budgets.count
                    budgets.append(PollBudget(source: source, accounts: [account.name]))
                }
            }
        }
        return budgets
    }

    private mutating func join(_ account: String, source: UsageSource) throws(Conflict) {
        guard source == self.source else {
            throw Conflict(
                description:
                    "The accounts \(accounts.first ?? "") and \(account) have the same key and share its budget "
                    + "of calls: limits and assume of \(source.name) have to be the same for both."
            )
        }
        accounts.append(account)
    }
}

extension ExporterConfiguration.Account {
    /// Whether any app of the account is or may come to be read from a source.
    fileprivate func polls(_ source: String) -> Bool {
        apps.contains { $0.sources.contains(source) } || (selection != nil && sources.contains(source))
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
