import ExporterHTTP
import Usage

extension UnixTime {
    /// 2026-11-21 12:00 UTC, which is 20:00 in Beijing.
    static let noon = UnixTime(seconds: 1_795_219_200 + 12 * 3600)
}

extension UsageDay {
    /// A day of November 2026 in Beijing.
    static func november(_ day: Int) -> UsageDay { UsageDay(number: 20_778 + day - 21, zone: .beijing) }
}

extension UsageCurve {
    /// So many participant-seconds an hour, told each hour until a part of the day.
    static func steady(_ perHour: Int, until end: Double = 1) -> UsageCurve {
        let hours = (0...24).map { Point(time: Double($0) / 24, seconds: $0 * perHour) }.filter { $0.time <= end }
        return UsageCurve(hours)
    }
}

extension DayProgress {
    /// Five sixths of 21 November: 20 hours of 60 h each, beside 50 h each the day before.
    static func example(seconds: Int = 20 * 216_000) -> DayProgress {
        DayProgress(
            day: .november(21),
            seconds: seconds,
            through: .noon,
            curve: .steady(216_000, until: 20.0 / 24),
            curveBefore: .steady(180_000),
            secondsBefore: 24 * 180_000,
            sameHours: SameHours(now: seconds, before: 20 * 180_000),
            expected: Expected(low: 4_000_000, middle: 5_000_000, high: 6_000_000)
        )
    }
}

extension MonthProgress {
    /// Until 21 November: 100 h a day, the newest closed day provisional, the third missing.
    static var example: MonthProgress {
        let bars = (1...21).map { day in
            let state: DayBar.State = day == 21 ? .running : day == 20 ? .provisional : day == 3 ? .missing : .settled
            return DayBar(
                day: .november(day),
                seconds: state == .missing ? nil : 360_000,
                state: state,
                before: day < 10 ? 300_000 : nil
            )
        }
        return MonthProgress(month: UsageDay.november(21).month, seconds: 7_200_000, isComplete: false, days: bars)
    }
}

extension AppSummary {
    static func example(
        app: String = "1400000001",
        name: String = "Classroom",
        state: State = .ok,
        seconds: Int? = 4_320_000,
        month: Int? = 7_200_000,
        rooms: Int? = 1042,
        lastSuccess: UnixTime? = .noon - .seconds(40),
        nextCall: UnixTime? = .noon + .seconds(260),
        account: String = "classroom-prod",
        sources: [String] = ["trtc_usage", "room_usage"]
    ) -> AppSummary {
        AppSummary(
            name: AppName(provider: "tencent", app: app, name: name),
            account: account,
            state: state,
            seconds: seconds,
            month: month,
            rooms: rooms,
            lastSuccess: lastSuccess,
            nextCall: nextCall,
            sources: sources
        )
    }
}

extension StatusReport {
    /// A page of apps, each of which has a day and a month where its summary has.
    static func example(
        _ apps: [AppSummary] = [.example()],
        _ query: StatusQuery = StatusQuery(),
        version: String = "1.2.3",
        problems: [StatusProblem] = [],
        notes: [String] = [],
        providers: [ProviderUsage] = [.example()],
        budgets: [CallBudget] = [.example()],
        differences: Differences = Differences()
    ) -> StatusReport {
        let listing = AppListing(apps, by: query)
        return StatusReport(
            version: version,
            now: .noon,
            problems: problems,
            notes: notes,
            providers: providers,
            listing: listing,
            rows: listing.shown.map { summary in
                AppRow(
                    summary: summary,
                    day: summary.seconds.map { .example(seconds: $0) },
                    month: summary.month.map { _ in .example }
                )
            },
            budgets: budgets,
            differences: differences
        )
    }
}

extension ProviderUsage {
    static func example(
        provider: String = "tencent",
        apps: Int = 1,
        knownApps: Int = 1,
        day: DayProgress? = .example(),
        month: MonthProgress? = .example
    ) -> ProviderUsage {
        ProviderUsage(provider: provider, apps: apps, knownApps: knownApps, day: day, month: month)
    }
}

extension CallBudget {
    static func example(
        provider: String = "tencent",
        accounts: [String] = ["classroom-prod"],
        api: String = "room_usage",
        spacing: Duration = .seconds(15),
        calls: Int = 480,
        failed: Int = 3,
        countedFor: Duration = .seconds(7200),
        longest: Duration = .seconds(300)
    ) -> CallBudget {
        CallBudget(
            provider: provider,
            accounts: accounts,
            api: api,
            spacing: spacing,
            allowedSpacing: .seconds(15),
            calls: calls,
            failed: failed,
            countedFor: countedFor,
            waiting: 7,
            apps: 12,
            freshness: Freshness(wanted: .seconds(300), shortest: .seconds(300), longest: longest)
        )
    }
}

extension AppReport {
    static func example(
        _ summary: AppSummary = .example(),
        day: DayProgress? = .example(),
        rooms: [RoomUsage] = [RoomUsage(room: RoomID("math"), seconds: TierSeconds([.audio: 3600, .hd: 7200]))],
        roomCount: Int = 3,
        source: String = "trtc_usage",
        problem: String? = nil
    ) -> AppReport {
        let tiers = TierSeconds([.audio: 7200, .hd: 14_400])
        return AppReport(
            now: .noon,
            row: AppRow(summary: summary, day: day, month: .example),
            tiers: day.map { _ in tiers },
            sources: [
                Source(
                    name: source,
                    role: "primary",
                    day: .november(21),
                    seconds: 4_320_000,
                    through: .noon,
                    lastSuccess: .noon - .seconds(40),
                    nextCall: .noon + .seconds(260),
                    interval: .seconds(300),
                    problem: problem
                )
            ],
            days: MonthProgress.example.days.reversed().map { bar in
                Day(
                    bar: bar,
                    tiers: bar.seconds.map { TierSeconds([.audio: $0]) },
                    source: bar.seconds.map { _ in source }
                )
            },
            rooms: Rooms(day: .november(21), largest: rooms, total: tiers, count: roomCount)
        )
    }
}
