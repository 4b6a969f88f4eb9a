import Testing
import Usage

@testable import UsagePolling

@Suite("What fits into a budget of calls")
struct BudgetForecastTests {
    private static func forecast(
        _ source: UsageSource,
        apps: Int,
        guided: Int = 0,
        every interval: Duration = .minutes(5),
        historyDays: Int = 30,
        recorded: [RecordedDay] = []
    ) -> BudgetForecast {
        BudgetForecast(
            source: source,
            settings: PollPlanner.Settings(interval: interval, historyDays: historyDays),
            apps: (0..<apps).map { BudgetForecast.App(isGuided: $0 < guided, recorded: recorded) },
            at: UsageDay.sample.at(12)
        )
    }

    private static func days(_ range: ClosedRange<Int>) -> [RecordedDay] {
        let now = UsageDay.sample.at(12)
        return range.map { UsageDay.sample.advanced(by: -$0) }.map {
            RecordedDay(day: $0, askedAt: now, confirmedAt: now, seconds: 60)
        }
    }

    private static func expect(
        _ duration: Duration?,
        near expected: Double,
        within tolerance: Double = 0.01,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let seconds = duration?.inSeconds ?? -1
        let isNear = abs(seconds - expected) <= tolerance * expected
        #expect(isNear, "\(seconds) s and not \(expected) s", sourceLocation: sourceLocation)
    }

    private static func expect(
        _ rates: CallRates,
        _ expected: CallRates,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for kind in CallKind.allCases {
            let difference = rates[kind] - expected[kind]
            #expect(difference.magnitude < 1e-9, "\(kind)", sourceLocation: sourceLocation)
        }
    }

    /// The time that a number of calls takes at so many an hour, in seconds.
    private static func time(_ calls: Double, at rate: Double) -> Double { calls / rate * 3600 }

    @Test("Twenty apps do not get a room call every five minutes out of 240 an hour")
    func twenty() {
        let forecast = Self.forecast(.rooms, apps: 20)
        #expect(!forecast.fits)
        #expect(forecast.allowed == 240)
        #expect((232.9...233.1).contains(forecast.usable))
        Self.expect(forecast.wanted, CallRates(current: 240, closed: 160 / 24, history: 20 / 24))
        #expect((forecast.planned.total - forecast.usable).magnitude < 1e-9)
        // 233.0 less 7.5 for other days leave 225.5.
        Self.expect(forecast.plannedInterval, near: Self.time(20, at: 225.5))
        #expect(forecast.fittingInterval == .seconds(320))
        #expect(forecast.fittingApps == 18)
        #expect(forecast.guided == nil)
        // History has one call in ten: 600 calls of 23.3 an hour.
        Self.expect(forecast.historyFill, near: Self.time(600, at: 23.3))
        // 90 % of 233.0 less 6.7 for closed days.
        Self.expect(forecast.intervalWhileFilling, near: Self.time(20, at: 203))
    }

    @Test("Fifteen do, and history has what they leave")
    func fifteen() {
        let forecast = Self.forecast(.rooms, apps: 15)
        #expect(forecast.fits)
        #expect(forecast.plannedInterval == .minutes(5))
        #expect(forecast.intervalWhileFilling == .minutes(5))
        #expect(forecast.planned == forecast.wanted)
        #expect(forecast.fittingInterval == nil)
        Self.expect(forecast.historyFill, near: Self.time(450, at: 48))
    }

    @Test(
        "As many apps fit as are said to, and the interval that is said to fit is the first that does",
        arguments: [19, 40, 97, 300]
    )
    func neighbours(apps: Int) throws {
        let forecast = Self.forecast(.rooms, apps: apps)
        #expect(Self.forecast(.rooms, apps: forecast.fittingApps).fits)
        #expect(!Self.forecast(.rooms, apps: forecast.fittingApps + 1).fits)
        let interval = try #require(forecast.fittingInterval)
        #expect(Self.forecast(.rooms, apps: apps, every: interval).fits)
        let place = try #require(RoundInterval.all.firstIndex(of: interval))
        #expect(!Self.forecast(.rooms, apps: apps, every: RoundInterval.all[place - 1]).fits)
    }

    @Test("What the ledger knows need not be filled in")
    func known() {
        let all = Self.forecast(.rooms, apps: 20, recorded: Self.days(1...30))
        #expect(all.historyFill == .zero)
        #expect(all.intervalWhileFilling == all.plannedInterval)
        let half = Self.forecast(.rooms, apps: 20, recorded: Self.days(1...15))
        Self.expect(half.historyFill, near: Self.time(300, at: 23.3))
    }

    @Test("A Huawei account with three apps uses little of its 30 calls a minute, and one with 200 too much")
    func huawei() {
        let few = Self.forecast(.huawei, apps: 3)
        #expect(few.fits)
        #expect(few.allowed == 1800)
        #expect((1747...1748).contains(few.usable))
        // The day that is a week old goes along with a call about the running day.
        Self.expect(few.wanted, CallRates(current: 36))
        let many = Self.forecast(.huawei, apps: 200)
        #expect(!many.fits)
        #expect(many.fittingInterval == .seconds(420))
        #expect(many.fittingApps == 145)
    }

    @Test("A thousand apps fit a source with five calls a second, but not every two minutes")
    func thousand() {
        let forecast = Self.forecast(.fiveASecond, apps: 1000)
        #expect(forecast.fits)
        #expect(forecast.allowed == 18_000)
        Self.expect(forecast.historyFill, near: Self.time(1000, at: 2667))
        let fast = Self.forecast(.fiveASecond, apps: 1000, every: .minutes(2))
        #expect(!fast.fits)
        #expect(fast.fittingInterval == .seconds(250))
    }

    @Test("Where closed days alone exceed the budget no interval fits, and history is never complete")
    func hopeless() {
        let forecast = Self.forecast(.rooms, apps: 1000)
        #expect(!forecast.fits)
        #expect(forecast.fittingInterval == nil)
        #expect(forecast.historyFill == nil)
        #expect(forecast.planned[.closed] < forecast.wanted[.closed])
        #expect(forecast.planned[.current] >= forecast.usable / 2)
        #expect(forecast.fittingApps == 18)
    }

    @Test("Apps with a guide: so many can be in use at once, and the others are asked every six hours")
    func guided() throws {
        let guided = try #require(Self.forecast(.rooms, apps: 20, guided: 20).guided)
        #expect(guided == BudgetForecast.Guided(mostInUse: 18, idleInterval: .hours(6)))
        #expect(Self.forecast(.rooms, apps: 20, guided: 20).fits == false)
        let fitting = try #require(Self.forecast(.rooms, apps: 10, guided: 10).guided)
        #expect(fitting == BudgetForecast.Guided(mostInUse: 10, idleInterval: .hours(6)))
        // Those that are not in use take only what is left, with a guide or without.
        let mixed = try #require(Self.forecast(.rooms, apps: 20, guided: 10).guided)
        #expect(mixed.mostInUse == 18)
        let crowd = try #require(Self.forecast(.rooms, apps: 1000, guided: 1000).guided)
        #expect(crowd.mostInUse > 0 && crowd.mostInUse < 18)
        // The others have two calls in ten for sure, and a third one that their closed days leave.
        let idle = 1000 - crowd.mostInUse
        #expect(crowd.idleInterval <= .seconds(Self.time(Double(idle), at: 233.0 * 0.2)))
        #expect(crowd.idleInterval >= .seconds(Self.time(Double(idle), at: 233.0 * 0.3)))
    }

    @Test("Apps that are due often and apps that are due seldom wait in one line while they are not in use")
    func oneLine() throws {
        let guided = try #require(Self.forecast(.rooms, apps: 20, guided: 10, every: .seconds(10)).guided)
        #expect(guided.mostInUse == 0)
        // Two calls in ten are 46.6 an hour. Nine that are due at once take turns, and leave 1.6 calls for the others.
        Self.expect(guided.idleInterval - .hours(6), near: Self.time(9, at: 45), within: 0.02)
    }

    @Test("Without apps all fits")
    func none() {
        let forecast = Self.forecast(.rooms, apps: 0)
        #expect(forecast.fits)
        #expect(forecast.wanted == .none)
        #expect(forecast.plannedInterval == .minutes(5))
        #expect(forecast.historyFill == .zero)
    }

    @Test("Intervals are round, ascending, and as many as a person would choose from")
    func roundIntervals() {
        #expect(RoundInterval.all.count == 59 + 54 + 110 + 88 + 1)
        #expect(RoundInterval.all == RoundInterval.all.sorted())
        #expect(Set(RoundInterval.all).count == RoundInterval.all.count)
    }

    /// A plan carried out with one call in the mean time that is sure.
    private static func bench(_ source: UsageSource, apps: Int, every interval: Duration, historyDays: Int)
        -> PlannerBench
    {
        let usable = source.with(spacing: CallSpacing.longestInterval(spacing: source.spacing, window: source.window))
        return PlannerBench(apps: apps, interval: interval, historyDays: historyDays, source: usable)
    }

    /// How often each app's running day is read during some hours.
    private static func interval(_ bench: inout PlannerBench, for hours: Int, apps: Int) -> Duration {
        let before = bench.calls(.current).count
        bench.run(for: .hours(hours))
        return .hours(hours) * apps / (bench.calls(.current).count - before)
    }

    // A call that is due waits until the one before has had its time: the fuller the budget the more.
    @Test("The plan carried out reads apps as often as forecast", arguments: [1, 15, 18, 19, 20, 30])
    func carriedOut(apps: Int) {
        let forecast = Self.forecast(.rooms, apps: apps, historyDays: 2)
        var bench = Self.bench(.rooms, apps: apps, every: .minutes(5), historyDays: 2)
        bench.run(for: .hours(12))
        let measured = Self.interval(&bench, for: 24, apps: apps)
        Self.expect(measured, near: forecast.plannedInterval.inSeconds, within: 0.015)
    }

    @Test("So it does while history is filled in, which takes as long as forecast")
    func carriedOutFilling() throws {
        let forecast = Self.forecast(.rooms, apps: 20)
        let fill = try #require(forecast.historyFill)
        var bench = Self.bench(.rooms, apps: 20, every: .minutes(5), historyDays: 30)
        bench.run(for: .hours(1))
        let measured = Self.interval(&bench, for: 23, apps: 20)
        Self.expect(measured, near: forecast.intervalWhileFilling.inSeconds, within: 0.015)
        bench.run(for: .hours(4))
        let last = try #require(bench.calls(.history).prefix(20 * 30).last).uptime
        Self.expect(last, near: fill.inSeconds, within: 0.05)
    }

    @Test("So does one of whole days")
    func carriedOutWholeDays() {
        let forecast = Self.forecast(.huawei, apps: 200, historyDays: 3)
        var bench = Self.bench(.huawei, apps: 200, every: .minutes(5), historyDays: 3)
        bench.run(for: .hours(1))
        let measured = Self.interval(&bench, for: 1, apps: 200)
        Self.expect(measured, near: forecast.plannedInterval.inSeconds)
    }
}

extension UsageSource {
    /// Huawei's, as far as plans care.
    fileprivate static let huawei = named("history_usage", like: .wholeDays, reach: 31)

    /// Tencent's of apps.
    fileprivate static let fiveASecond = named("trtc_usage", like: .appUsage, reach: 31)

    private static func named(_ name: String, like source: UsageSource, reach: Int) -> UsageSource {
        UsageSource(
            provider: source.provider,
            name: name,
            tiers: source.tiers,
            knowsRooms: source.knowsRooms,
            grain: source.grain,
            reach: reach,
            span: source.span,
            leastSpan: source.leastSpan,
            zone: source.zone,
            settledAfter: source.settledAfter,
            lag: source.lag,
            spacing: source.spacing,
            window: source.window
        )
    }
}
