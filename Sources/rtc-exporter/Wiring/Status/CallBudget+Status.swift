import ExporterHTTP
import Usage
import UsagePolling

extension CallBudget {
    /// What a budget did since the exporter started; `nil` of one that is no longer in force.
    init?(_ status: BudgetStatus, queues: [CallQueue], countedFor: Duration) {
        guard !status.accounts.isEmpty else { return nil }
        let failed = status.accounts.reduce(0) { $0 + $1.calls.failed.values.reduce(0, +) }
        let planned = status.targets.map(\.plannedInterval)
        let own = queues.filter { queue in
            queue.source == status.source && status.accounts.contains { $0.account == queue.account }
        }
        var freshness: Freshness?
        if let wanted = status.targets.first?.wantedInterval, let shortest = planned.min(), let longest = planned.max()
        {
            freshness = Freshness(wanted: wanted, shortest: shortest, longest: longest)
        }
        self.init(
            provider: status.source.provider.rawValue,
            accounts: status.accounts.map(\.account),
            api: status.source.name,
            spacing: status.minInterval,
            allowedSpacing: status.source.spacing,
            calls: failed + status.accounts.reduce(0) { $0 + $1.calls.succeeded },
            failed: failed,
            countedFor: countedFor,
            waiting: own.reduce(0) { $0 + $1.waiting },
            apps: status.targets.count,
            freshness: freshness
        )
    }
}
