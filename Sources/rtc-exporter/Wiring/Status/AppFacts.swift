import ExporterHTTP
import ExporterMetrics
import Usage
import UsageLedger
import UsagePolling

/// What is in memory of an app: its figures, and how its polling goes.
struct AppFacts {
    let app: PolledApp
    let statuses: [TargetStatus]
    /// What its sources tell; empty before anything is known.
    let sources: [SourceFigures]
    /// What its figures tell of days; `nil` before one is known.
    let days: AppDays?

    init(app: PolledApp, figures: AppFigures?, statuses: [TargetStatus]) {
        self.app = app
        self.statuses = statuses
        sources = figures?.sources ?? []
        days = figures.flatMap(AppDays.init)
    }

    var name: AppName { AppName(provider: app.key.provider.rawValue, app: app.key.app, name: app.name) }

    /// The figures of the source that tells rooms.
    var rooms: SourceFigures? { sources.first { $0.source.knowsRooms } }

    /// How the polling of one of its sources goes.
    func status(of source: UsageSource) -> TargetStatus? {
        statuses.first { $0.source == source.name }
    }

    var summary: AppSummary {
        let shown = days.flatMap { status(of: $0.source)?.lastSuccess }
        return AppSummary(
            name: name,
            account: app.account,
            state: state,
            seconds: days?.newest.seconds.total,
            month: days?.month?.seconds.total,
            rooms: rooms?.current?.rooms.roomCount,
            lastSuccess: shown ?? statuses.compactMap(\.lastSuccess).max(),
            nextCall: statuses.compactMap(\.nextCall).min(),
            sources: app.sources.map(\.name)
        )
    }

    private var state: AppSummary.State {
        if statuses.contains(where: { $0.failure != nil }) { return .failing }
        return days == nil && statuses.allSatisfy { $0.lastSuccess == nil } ? .waiting : .ok
    }

    /// What is wrong with it, in the order of its sources.
    var failures: [(app: AppName, text: String)] {
        statuses.compactMap { status in status.failure.map { (name, $0.sentenceWithAdvice) } }
    }

    /// The settled days on which its sources differ, newest first.
    var differences: [Difference] {
        SourceDifference.all(in: sources).map { difference in
            Difference(
                app: name,
                day: difference.day,
                primary: (difference.primary, difference.primarySeconds),
                other: (difference.other, difference.otherSeconds)
            )
        }
    }
}

extension ReadingFailure {
    /// What happened and what to do; where waiting is all there is to do, that.
    var sentenceWithAdvice: String {
        advice == nil ? "\(explanation) It is asked again by itself." : description
    }
}
