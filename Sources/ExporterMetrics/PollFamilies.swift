import Exposition
import Usage
import UsagePolling

/// How polling goes: calls, limits, freshness.
enum PollFamilies {
    static let requests = MetricFamily(
        "rtc_api_requests_total",
        .counter,
        help: "Calls to a provider's API, by what came of them.",
        labels: ["provider", "account", "api", "outcome"]
    )
    static let requestDuration = MetricFamily(
        "rtc_api_request_duration_seconds",
        .histogram,
        help: "Time from the start of a call to the end of its answer.",
        unit: "seconds",
        labels: ["provider", "api"]
    )
    static let minInterval = MetricFamily(
        "rtc_api_min_interval_seconds",
        .gauge,
        help: "The shortest time between two calls that is kept now.",
        unit: "seconds",
        labels: ["provider", "account", "api"]
    )
    static let clockOffset = MetricFamily(
        "rtc_api_clock_offset_seconds",
        .gauge,
        help: "The provider's clock less this machine's, by the newest answer; good to a second.",
        unit: "seconds",
        labels: ["provider", "account"]
    )
    static let anomalies = MetricFamily(
        "rtc_reading_anomalies_total",
        .counter,
        help: "Oddities in answers that were used all the same.",
        labels: ["provider", "account", "source", "kind"]
    )
    static let success = MetricFamily(
        "rtc_poll_success",
        .gauge,
        help: "1 if the last attempt to read the app succeeded, 0 if it failed.",
        labels: ["provider", "account", "app", "source"]
    )
    static let lastAttempt = MetricFamily(
        "rtc_poll_last_attempt_timestamp_seconds",
        .gauge,
        help: "When the app was last asked about in this run of the exporter.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let lastSuccess = MetricFamily(
        "rtc_poll_last_success_timestamp_seconds",
        .gauge,
        help: "When the app was last asked about with success, earlier runs of the exporter included.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let wantedInterval = MetricFamily(
        "rtc_poll_wanted_interval_seconds",
        .gauge,
        help: "How often the running day is to be read, by the configuration.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let plannedInterval = MetricFamily(
        "rtc_poll_planned_interval_seconds",
        .gauge,
        help: "How often the plan can read the running day, given the limits and everybody's share.",
        unit: "seconds",
        labels: ["provider", "account", "app", "source"]
    )
    static let jobsWaiting = MetricFamily(
        "rtc_poll_jobs_waiting",
        .gauge,
        help: "Calls that are due and not yet sent.",
        labels: ["provider", "account", "api"]
    )

    static let all = [
        requests, requestDuration, minInterval, clockOffset, anomalies, success, lastAttempt, lastSuccess,
        wantedInterval,
        plannedInterval, jobsWaiting,
    ]
}

/// All samples of all budgets.
struct PollSamples {
    let budgets: [BudgetStatus]
    var lists: [AppListStatus] = []

    /// What changes with each attempt.
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
            FamilySamples(
                PollFamilies.success,
                targets { status in
                    status.lastAttempt.map { _ in .integer(status.failure == nil ? 1 : 0) }
                }
            ),
            FamilySamples(PollFamilies.lastAttempt, targets { $0.lastAttempt.map { .integer($0.seconds) } }),
            FamilySamples(PollFamilies.lastSuccess, targets { $0.lastSuccess.map { .integer($0.seconds) } }),
            FamilySamples(PollFamilies.wantedInterval, targets { .number($0.wantedInterval.inSeconds) }),
            FamilySamples(PollFamilies.plannedInterval, targets { .number($0.plannedInterval.inSeconds) }),
        ]
    }

    /// What changes as time passes.
    func queues() -> [FamilySamples] {
        [
            FamilySamples(
                PollFamilies.jobsWaiting,
                accounts { budget, account, labels in
                    [Sample(labels.adding("api", budget.source.name), account.jobsWaiting)]
                }
            )
        ]
    }

    /// An API that several budgets call on the way counts once.
    private func requests() -> [Sample] {
        var byAPI: [(labels: LabelSet, calls: CallCounts)] = []
        for (labels, calls) in calls() {
            if let known = byAPI.firstIndex(where: { $0.labels == labels }) {
                byAPI[known].calls.add(calls)
            } else {
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

    private func targets(_ value: (TargetStatus) -> SampleValue?) -> [Sample] {
        budgets.flatMap(\.targets).compactMap { status in
            value(status).map { value in
                let labels: LabelSet = [
                    "provider": status.app.provider.rawValue, "account": status.account, "app": status.app.app,
                    "source": status.source,
                ]
                return Sample(labels, value)
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
