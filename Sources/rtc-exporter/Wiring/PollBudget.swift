import Usage
import UsageProviders

/// What shares one budget of calls: all apps of one source behind one key, whatever the number of account entries.
struct PollBudget {
    /// What is wrong with accounts that each on its own are right.
    struct Conflict: Error, CustomStringConvertible {
        let description: String
    }

    /// What tells one budget from another, whatever else of it changes: provider, source and key. Never shown, for the key.
    let identity: Secret
    let source: UsageSource
    /// Where calls go; of the first account, should they differ.
    let endpoint: String
    /// The name in the ledger, which does not tell the key.
    let storedName: String
    /// The names of the accounts.
    private(set) var accounts: [String]

    /// The budgets of a configuration, in the order in which their accounts stand.
    ///
    /// - Throws: ``Conflict`` when accounts share a key but not the source's limits and assumptions.
    static func budgets(of configuration: ExporterConfiguration) throws(Conflict) -> [PollBudget] {
        var budgets: [PollBudget] = []
        var indices: [Secret: Int] = [:]
        for account in configuration.accounts {
            guard let registration = ProviderRegistry.registration(of: account.provider) else { continue }
            for name in registration.sources.map(\.name) where account.polls(name) {
                guard let source = account.source(name, of: registration) else { continue }
                let key = registration.budgetKey(account)
                let identity = Secret([account.provider, name, key].joined(separator: "\u{0}"))
                if let index = indices[identity] {
                    try budgets[index].join(account.name, source: source)
                } else {
                    indices[identity] = budgets.count
                    budgets.append(
                        PollBudget(
                            identity: identity,
                            source: source,
                            endpoint: account.endpoint,
                            storedName: KeyName.hashed("\(account.provider)/\(name)", key: key),
                            accounts: [account.name]
                        )
                    )
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
        var source = limited(to: settings.minimumSpacing)
        source.zone = ZoneOffset(seconds: settings.zoneOffsetSeconds)
        source.settledAfter = settings.settledAfter
        source.lag = settings.lag
        return source
    }
}
