import Exposition
import Usage
import UsagePolling

/// What the calls of all budgets and lists came to.
struct PollSamples {
    let budgets: [BudgetStatus]
    var lists: [AppListStatus] = []

    /// What changes with each call.
    func families() -> [FamilySamples] {
        [
            FamilySamples(PollFamilies.requests, requests()),
            FamilySamples(PollFamilies.requestDuration, durations()),
            FamilySamples(
                PollFamilies.minInterval,
                accounts { budget, _, labels in
                    [Sample(labels.adding("api", budget.source.name), budget.minInterval.inSeconds)]
                } + lists.map { Sample($0.labels.adding("api", AppListPoller.api), $0.minInterval.inSeconds) }
            ),
            FamilySamples(PollFamilies.clockOffset, clockOffsets()),
            FamilySamples(PollFamilies.anomalies, accounts(anomalies)),
        ]
    }

    /// An API that several budgets call on the way counts once.
    private func requests() -> [Sample] {
        var byAPI: [(labels: LabelSet, calls: CallCounts)] = []
        var places: [LabelSet: Int] = [:]
        for (labels, calls) in calls() {
            if let known = places[labels] {
                byAPI[known].calls.add(calls)
            } else {
                places[labels] = byAPI.count
                byAPI.append((labels, calls))
            }
        }
        return byAPI.flatMap { outcomes(of: $0.calls, $0.labels) }
    }

    private func calls() -> [(LabelSet, CallCounts)] {
        var all: [(LabelSet, CallCounts)] = []
        for budget in budgets {
            for account in budget.accounts {
                let labels: LabelSet = ["provider": budget.source.provider.rawValue, "account": account.account]
                all.append((labels.adding("api", budget.source.name), account.calls))
                all += account.sideCalls.sorted { $0.key < $1.key }.map { (labels.adding("api", $0), $1) }
            }
        }
        for list in lists {
            all.append((list.labels.adding("api", AppListPoller.api), list.calls))
            all += list.sideCalls.sorted { $0.key < $1.key }.map { (list.labels.adding("api", $0), $1) }
        }
        return all
    }

    private func outcomes(of calls: CallCounts, _ labels: LabelSet) -> [Sample] {
        let failed = ReadingFailure.Reason.allCases.map { reason in
            Sample(labels.adding("outcome", reason.rawValue), calls.failed[reason] ?? 0)
        }
        return [Sample(labels.adding("outcome", "ok"), calls.succeeded)] + failed
    }

    private func anomalies(_ budget: BudgetStatus, _ account: AccountStatus, _ labels: LabelSet) -> [Sample] {
        ReadingAnomaly.allCases.map { kind in
            Sample(
                labels.adding("source", budget.source.name).adding("kind", kind.rawValue),
                account.anomalies[kind] ?? 0
            )
        }
    }

    /// One clock a provider and account, whatever the number of its budgets.
    private func clockOffsets() -> [Sample] {
        var seen: Set<LabelSet> = []
        return accounts { _, account, labels in
            guard let offset = account.clockOffset, seen.insert(labels).inserted else { return [] }
            return [Sample(labels, offset.inSeconds)]
        }
    }

    /// Budgets of the same API add up to one histogram, and so do the calls that several budgets needed on the way.
    private func durations() -> [Sample] {
        let own = budgets.map { (LabelSet.api($0.source.name, of: $0.source.provider), $0.durations) }
        let side = budgets.flatMap { budget in
            budget.accounts.flatMap(\.sideCalls).map {
                (LabelSet.api($0.key, of: budget.source.provider), $0.value.durations)
            }
        }
        let lists = lists.flatMap { list in
            [(LabelSet.api(AppListPoller.api, of: list.provider), list.calls.durations)]
                + list.sideCalls.map { (LabelSet.api($0.key, of: list.provider), $0.value.durations) }
        }
        let byAPI = Dictionary(grouping: own + side + lists, by: \.0)
        return byAPI.sorted { "\($0.key)" < "\($1.key)" }.compactMap { labels, durations in
            var counts = [Int](repeating: 0, count: CallDurations.bounds.count + 1)
            for (_, one) in durations { counts = zip(counts, one.counts).map(+) }
            let sum = durations.reduce(0) { $0 + $1.1.sum }
            return HistogramValue(upperBounds: CallDurations.bounds, bucketCounts: counts, sum: sum).map {
                Sample(labels, $0)
            }
        }
    }

    private func accounts(_ samples: (BudgetStatus, AccountStatus, LabelSet) -> [Sample]) -> [Sample] {
        budgets.flatMap { budget in
            budget.accounts.flatMap { account in
                samples(budget, account, ["provider": budget.source.provider.rawValue, "account": account.account])
            }
        }
    }
}

extension LabelSet {
    fileprivate static func api(_ name: String, of provider: Provider) -> LabelSet {
        ["provider": provider.rawValue, "api": name]
    }
}

extension AppListStatus {
    fileprivate var labels: LabelSet { ["provider": provider.rawValue, "account": account] }
}
