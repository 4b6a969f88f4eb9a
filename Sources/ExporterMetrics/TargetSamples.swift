import Exposition
import Usage
import UsagePolling

/// How the polling of one app from one source goes, as the metrics tell it. It changes with the app's own calls, and with the share
/// of the calls that the plan gives it.
struct TargetSamples: Equatable {
    private let app: AppKey
    private let account: String
    private let source: String
    private let succeeded: Bool?
    private let lastAttempt: UnixTime?
    private let lastSuccess: UnixTime?
    private let wantedInterval: Duration
    private let plannedInterval: Duration

    init(_ status: TargetStatus) {
        (app, account, source) = (status.app, status.account, status.source)
        succeeded = status.lastAttempt.map { _ in status.failure == nil }
        (lastAttempt, lastSuccess) = (status.lastAttempt, status.lastSuccess)
        (wantedInterval, plannedInterval) = (status.wantedInterval, status.plannedInterval)
    }

    /// Made when they are written, and not each time that all targets are compared with what they were.
    private var labels: LabelSet {
        ["provider": app.provider.rawValue, "account": account, "app": app.app, "source": source]
    }

    /// The samples of all sources of an app.
    static func families(_ targets: [TargetSamples]) -> [FamilySamples] {
        func family(_ family: MetricFamily, _ value: (TargetSamples) -> SampleValue?) -> FamilySamples {
            FamilySamples(family, targets.compactMap { target in value(target).map { Sample(target.labels, $0) } })
        }
        return [
            family(PollFamilies.success) { $0.succeeded.map { .integer($0 ? 1 : 0) } },
            family(PollFamilies.lastAttempt) { $0.lastAttempt.map { .integer($0.seconds) } },
            family(PollFamilies.lastSuccess) { $0.lastSuccess.map { .integer($0.seconds) } },
            family(PollFamilies.wantedInterval) { .number($0.wantedInterval.inSeconds) },
            family(PollFamilies.plannedInterval) { .number($0.plannedInterval.inSeconds) },
        ]
    }
}
