import Foundation
import Usage

@testable import ExporterMetrics
@testable import UsageLedger
@testable import UsagePolling

extension UsageSource {
    /// Tencent's room usage, as the provider's folder describes it.
    static let roomUsage = example("room_usage", knowsRooms: true, tiers: [.audio, .sd, .hd, .fhd, .twoK, .fourK])
    /// A source that tells totals only, of another zone and with fewer tiers.
    static let totals = example("totals", knowsRooms: false, tiers: [.audio, .sd], zone: .utc)

    static func example(
        _ name: String,
        knowsRooms: Bool,
        tiers: [Tier],
        grain: Grain = .minutes,
        zone: ZoneOffset = .beijing
    ) -> UsageSource {
        UsageSource(
            provider: Provider(rawValue: "tencent"),
            name: name,
            tiers: tiers,
            knowsRooms: knowsRooms,
            grain: grain,
            reach: 90,
            zone: zone,
            settledAfter: .seconds(10 * 3600),
            lag: .zero,
            spacing: .seconds(15)
        )
    }
}

extension PolledApp {
    static func example(
        _ app: String = "1400000001",
        name: String = "",
        sources: [UsageSource] = [.roomUsage]
    ) -> PolledApp {
        PolledApp(
            key: AppKey(provider: Provider(rawValue: "tencent"), app: app),
            account: "classroom-prod",
            name: name,
            sources: sources
        )
    }
}

extension UsageDay {
    /// Saturday, 21 November 2026, in Beijing.
    static let today = UsageDay(number: 20_778, zone: .beijing)
}

extension SourceFigures {
    static func example(
        _ source: UsageSource = .roomUsage,
        current: CurrentDay? = nil,
        settled: [DayTotal] = []
    ) -> SourceFigures {
        SourceFigures(source: source, current: current, settled: settled)
    }
}

extension AppFigures {
    /// Figures of which nothing is known but what is given.
    static func app(
        _ sources: [SourceFigures] = [.example()],
        month: MonthTotal? = nil,
        previousMonth: MonthTotal? = nil,
        metered: TierSeconds = .zero,
        revisedUp: Int = 0,
        revisedDown: Int = 0
    ) -> AppFigures {
        AppFigures(
            sources: sources,
            settled: sources.first?.settled ?? [],
            month: month,
            previousMonth: previousMonth,
            metered: metered,
            revisedUp: revisedUp,
            revisedDown: revisedDown
        )
    }
}

extension SourceFigures.CurrentDay {
    /// A day as the ledger gives it back: folded, with its largest rooms first.
    static func example(
        _ rooms: [RoomUsage],
        day: UsageDay = .today,
        limit: Int = 100,
        previous: Set<RoomID> = []
    ) -> SourceFigures.CurrentDay {
        SourceFigures.CurrentDay(
            total: DayTotal(day: day, seconds: rooms.total),
            rooms: RoomFolding(limit: limit).fold(rooms.merged(), previous: previous),
            through: day.start + .seconds(3600)
        )
    }
}

extension MonthTotal {
    static func example(
        _ seconds: [Tier: Int],
        month: UsageMonth = UsageDay.today.month,
        isComplete: Bool = true
    ) -> MonthTotal {
        MonthTotal(month: month, seconds: TierSeconds(seconds), isComplete: isComplete)
    }
}

extension RoomUsage {
    init(_ room: String, _ seconds: [Tier: Int]) {
        self.init(room: RoomID(room), seconds: TierSeconds(seconds))
    }
}

extension BudgetStatus {
    static func example(
        _ source: UsageSource = .roomUsage,
        accounts: [AccountStatus] = [AccountStatus(account: "classroom-prod")],
        targets: [TargetStatus] = [],
        took durations: [Duration] = []
    ) -> BudgetStatus {
        var histogram = CallDurations()
        for duration in durations { histogram.observe(duration) }
        return BudgetStatus(
            source: source,
            minInterval: source.spacing,
            accounts: accounts,
            targets: targets,
            durations: histogram
        )
    }
}

extension TargetStatus {
    static func example(
        _ app: PolledApp = .example(),
        source: UsageSource = .roomUsage,
        lastAttempt: UnixTime? = nil,
        lastSuccess: UnixTime? = nil,
        failure: ReadingFailure? = nil
    ) -> TargetStatus {
        TargetStatus(
            account: app.account,
            app: app.key,
            source: source.name,
            lastAttempt: lastAttempt,
            lastSuccess: lastSuccess,
            failure: failure,
            wantedInterval: .seconds(300),
            plannedInterval: .milliseconds(337_500)
        )
    }
}

extension ExporterFacts {
    static let example = ExporterFacts(
        version: "1.2.3",
        revision: "0123456789ab",
        swiftVersion: "6.3",
        configurationLoaded: UnixTime(seconds: 1_795_226_400)
    )
}

extension MetricsPublisher {
    /// Takes figures of which nothing is known but what the sources tell of their days.
    func update(_ app: PolledApp, figures: [SourceFigures]) {
        update(app, figures: .app(figures))
    }
}

extension StoreCondition {
    static func example(size: Int, isWritable: Bool = true, recoveries: Int = 0) -> StoreCondition {
        StoreCondition(
            size: size,
            problem: isWritable ? nil : "It is full.",
            heldApps: 0,
            recoveries: recoveries,
            lastRecovery: nil
        )
    }
}
