import ExporterMetrics
import Usage
import UsagePolling

/// What comes of a configuration's wishes: for each budget of calls how often its apps will be read. Asks nobody.
struct CallPlan: Sendable {
    /// A budget with the apps that share it.
    struct Budget: Sendable {
        let source: UsageSource
        /// The names of the accounts.
        let accounts: [String]
        let apps: [App]
        /// What comes of it.
        let forecast: BudgetForecast
        /// A source of the same provider that could tell when the apps which have no guide are in use.
        let possibleGuide: UsageSource?
    }

    /// An app as one budget has it.
    struct App: Sendable {
        let app: PolledApp
        /// The source that tells when it is in use; `nil` where none does.
        let guide: UsageSource?
    }

    /// What is wanted.
    let wish: ExporterConfiguration.Poll
    let budgets: [Budget]

    /// - Parameters:
    ///   - configuration: The wishes.
    ///   - budgets: What shares calls.
    ///   - apps: All polled apps.
    ///   - now: The time, which decides what days are missing.
    ///   - recorded: What the ledger knows of an app's days from a source.
    init(
        _ configuration: ExporterConfiguration,
        budgets: [PollBudget],
        apps: [PolledApp],
        at now: UnixTime,
        recorded: (AppKey, UsageSource) -> [RecordedDay] = { _, _ in [] }
    ) {
        wish = configuration.poll
        self.budgets = budgets.map { budget in
            let source = budget.source
            let sharing = apps.filter { budget.accounts.contains($0.account) && $0.sources.contains(source) }
                .map { App(app: $0, guide: source.guide(among: $0.sources)) }
            return Budget(
                source: source,
                accounts: budget.accounts,
                apps: sharing,
                forecast: BudgetForecast(
                    source: source,
                    settings: configuration.settings(of: source),
                    apps: sharing.map { app in
                        BudgetForecast.App(isGuided: app.guide != nil, recorded: recorded(app.app.key, source))
                    },
                    at: now
                ),
                possibleGuide: Self.possibleGuide(of: source, for: sharing)
            )
        }
    }

    /// Whether all that is wanted fits.
    var fits: Bool { budgets.allSatisfy(\.forecast.fits) }

    /// The shortest round interval with which all would fit; `nil` when all fits, and when none does.
    var fittingInterval: Duration? {
        let misfits = budgets.map(\.forecast).filter { !$0.fits }
        let intervals = misfits.compactMap(\.fittingInterval)
        return intervals.count == misfits.count ? intervals.max() : nil
    }

    /// A source that is used by default guides; an old one that happens to be cheap is no advice.
    private static func possibleGuide(of source: UsageSource, for apps: [App]) -> UsageSource? {
        guard apps.contains(where: { $0.guide == nil }),
            let registration = ProviderRegistry.registration(of: source.provider.rawValue)
        else { return nil }
        let defaults = registration.entry.defaultSources
        return source.guide(among: registration.sources.filter { defaults.contains($0.name) })
    }
}
