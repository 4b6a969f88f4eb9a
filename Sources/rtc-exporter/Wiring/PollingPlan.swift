import ExporterMetrics
import Usage
import UsagePolling
import UsageProviders

/// What is polled and how: all that follows from a configuration alone. It is made as a whole before anything is touched.
struct PollingPlan: Sendable {
    let configuration: ExporterConfiguration
    let accounts: [AccountAccess]
    let budgets: [PollBudget]

    /// - Parameters:
    ///   - configuration: What the user wants.
    ///   - surroundings: What calls need on their way.
    ///   - former: The plan that this one follows; accounts that are reached as before are the same ones.
    /// - Throws: What keeps the configuration from being a plan, as a sentence.
    init(
        _ configuration: ExporterConfiguration,
        _ surroundings: AccountAccess.Surroundings,
        following former: PollingPlan? = nil
    ) throws {
        self.configuration = configuration
        budgets = try PollBudget.budgets(of: configuration)
        accounts = try AccountAccess.all(of: configuration, surroundings, keeping: former?.accounts ?? [])
    }

    /// The accounts whose apps come from the provider's list.
    var listedAccounts: [AccountAccess] {
        accounts.filter { $0.account.selection != nil && $0.access.lister != nil }
    }

    func budget(_ identity: Secret) -> PollBudget? {
        budgets.first { $0.identity == identity }
    }

    /// Decides what is called next.
    func planner(of budget: PollBudget) -> PollPlanner {
        PollPlanner(source: budget.source, settings: configuration.settings(of: budget.source))
    }

    /// What a budget polls: by account, those of these apps that are read from its source.
    func targets(of budget: PollBudget, among apps: [PolledApp]) -> [(account: String, targets: [PollTarget])] {
        accounts.filter { budget.accounts.contains($0.account.name) }.compactMap { account in
            guard let reader = account.access.reader(for: budget.source) else { return nil }
            let name = account.account.name
            let polled = apps.filter { $0.account == name && $0.sources.contains(budget.source) }
            return (
                name,
                polled.map { app in
                    let guide = budget.source.guide(among: app.sources)
                    return PollTarget(account: name, app: app.key, reader: reader, guide: guide)
                }
            )
        }
    }
}

extension PollingPlan {
    /// The accounts that were mended since a former plan, or may have been: what failed by them may be tried at once.
    func mendedAccounts(since former: PollingPlan) -> [AccountAccess] {
        accounts.filter { account in
            former.accounts.contains { old in
                let (old, new) = (old.account, account.account)
                return old.name == new.name
                    && (old.credentials != new.credentials || old.endpoint != new.endpoint
                        || old.details != new.details || old.authorities != new.authorities)
            }
        }
    }

    /// The keys of the configuration whose values differ from those in force and cannot change while the exporter runs.
    func keysThatNeedARestart(since former: PollingPlan) -> [String] {
        let (new, old) = (configuration, former.configuration)
        return (new.ledger.path == old.ledger.path ? [] : ["ledger.path"])
            + (new.rooms.hashKey == old.rooms.hashKey ? [] : ["rooms.hash.key"])
    }
}

extension ExporterConfiguration {
    /// What is wanted of a source.
    func settings(of source: UsageSource) -> PollPlanner.Settings {
        // A day that retention deletes must not be asked for again.
        PollPlanner.Settings(interval: poll.interval, history: min(poll.history, ledger.retention), source: source)
    }

    /// How many days back what is missing is surely asked for again, whatever the source: none reaches back less than 30 days,
    /// the running one included.
    var refilledDays: Int { min(min(poll.history, ledger.retention).wholeMilliseconds / 86_400_000, 29) }
}
