public import Usage

/// What a budget of calls makes of a wish: whether all apps that share it can be read as often as wanted, how often they will
/// be read, how long it takes until their history is known, and what would fit.
///
/// The forecast is for the worst case, all apps in use at once, and counts on no more calls than are sure.
public struct BudgetForecast: Sendable {
    /// An app that shares the budget.
    public struct App: Sendable {
        /// Whether another source tells when the app is in use, so that this one is asked seldom when it is not.
        public let isGuided: Bool
        /// What is known of its days.
        public let recorded: [RecordedDay]

        /// An app of which nothing is known yet, or something.
        public init(isGuided: Bool, recorded: [RecordedDay] = []) {
            self.isGuided = isGuided
            self.recorded = recorded
        }
    }

    /// What holds for apps that another source guides.
    public struct Guided: Hashable, Sendable {
        /// How many apps can be in use at once while each of them is read as often as wanted.
        public let mostInUse: Int
        /// The longest time between two readings of an app that is not in use, while so many others are, and one at least.
        public let idleInterval: Duration
    }

    /// Whether the whole wish fits.
    public let fits: Bool
    /// How many apps share the budget.
    public let apps: Int
    /// Calls per hour that the provider allows.
    public let allowed: Double
    /// Calls per hour that are sure, however slow the answers are.
    public let usable: Double
    /// Calls per hour that the wish takes when all apps are in use and their history is known.
    public let wanted: CallRates
    /// Calls per hour that are made of it.
    public let planned: CallRates
    /// How fresh a running day is wanted to be.
    public let wantedInterval: Duration
    /// How fresh the running day of an app in use is.
    public let plannedInterval: Duration
    /// The same while history is filled in.
    public let intervalWhileFilling: Duration
    /// How long it takes until all history is known; zero when it is, `nil` when that is never.
    public let historyFill: Duration?
    /// The shortest round interval that fits; `nil` when the wish fits, and when none does.
    public let fittingInterval: Duration?
    /// How many apps would fit at the wanted interval.
    public let fittingApps: Int
    /// What holds for guided apps; `nil` without any.
    public let guided: Guided?

    /// - Parameters:
    ///   - source: The source, with the user's corrections.
    ///   - settings: The wish.
    ///   - apps: All apps that share the budget.
    ///   - now: The time, which decides what days are missing.
    public init(source: UsageSource, settings: PollPlanner.Settings, apps: [App], at now: UnixTime) {
        let budget = Budget(source: source, settings: settings, apps: apps.count, guided: apps.count(where: \.isGuided))
        let interval = settings.interval
        let calls = budget.callsToFill(apps, at: now)
        let filling = budget.given(budget.wanted, filling: calls > 0)
        fits = budget.fits(apps.count, every: interval)
        self.apps = apps.count
        allowed = 3600 / source.spacing.inSeconds
        usable = budget.capacity
        wanted = budget.wanted
        planned = budget.given(budget.wanted)
        wantedInterval = interval
        plannedInterval = budget.interval(given: planned)
        intervalWhileFilling = budget.interval(given: filling)
        historyFill = budget.time(toFill: calls, given: filling)
        fittingInterval = fits ? nil : budget.fittingInterval()
        fittingApps = budget.fittingApps()
        guided = budget.forecastOfGuided()
    }
}

/// A number of apps that share the calls of a source.
private struct Budget {
    let planner: PollPlanner
    let apps: Int
    let guided: Int
    /// Calls per hour that are sure.
    let capacity: Double
    private let demand: CallDemand

    init(source: UsageSource, settings: PollPlanner.Settings, apps: Int, guided: Int) {
        planner = PollPlanner(source: source, settings: settings)
        (self.apps, self.guided) = (apps, guided)
        let longest = CallSpacing.longestInterval(spacing: source.spacing, window: source.window)
        capacity = 3600 / longest.inSeconds
        demand = CallDemand(by: planner)
    }

    /// What all apps take when all are in use.
    var wanted: CallRates { demand.inUse * Double(apps) }

    /// What comes of a demand, with or without more history to fill in than there is time for.
    func given(_ demand: CallRates, filling: Bool = false) -> CallRates {
        var demand = demand
        if filling { demand[.history] = capacity }
        return FairShare.divide(capacity, among: demand)
    }

    /// How often the running days of apps in use are read.
    func interval(given rates: CallRates) -> Duration {
        guard rates[.current] < wanted[.current] else { return planner.settings.interval }
        return planner.settings.interval.scaled(by: wanted[.current] / rates[.current])
    }

    /// Whether a number of apps that are all in use fits.
    func fits(_ apps: Int, every interval: Duration) -> Bool {
        demand(every: interval).inUse.total * Double(apps) <= capacity
    }

    private func demand(every interval: Duration) -> CallDemand {
        let settings = PollPlanner.Settings(interval: interval, historyDays: planner.settings.historyDays)
        return CallDemand(by: PollPlanner(source: planner.source, settings: settings))
    }

    /// The longer the interval, the fewer calls: so the shortest that fits is found by halving.
    func fittingInterval() -> Duration? {
        let candidates = RoundInterval.all.filter { $0 >= planner.settings.interval }
        let index = candidates.indices.firstPlace { fits(apps, every: candidates[$0]) }
        return index < candidates.count ? candidates[index] : nil
    }

    func fittingApps() -> Int {
        let one = demand.inUse.total
        return one > 0 ? Int(capacity / one) : apps
    }

    // MARK: Apps that are not in use

    func forecastOfGuided() -> BudgetForecast.Guided? {
        guard guided > 0 else { return nil }
        let mostInUse = (1..<apps + 1).firstPlace { !isFresh(whileInUse: $0) } - 1
        let longest = max(planner.settings.interval, PollPlanner.longestIdleInterval)
        let wait = waitOfIdle(whileInUse: min(max(mostInUse, 1), apps - 1))
        return BudgetForecast.Guided(mostInUse: mostInUse, idleInterval: longest + wait)
    }

    /// How long an app that is not in use waits for its turn once it is due. All of them wait in one line, whether they are due
    /// often or seldom: each comes round once in its interval and the wait, and that is as often as there are calls.
    private func waitOfIdle(whileInUse count: Int) -> Duration {
        let wanted = wanted(whileInUse: count)
        let given = given(wanted)[.idle]
        guard given < wanted[.idle] else { return .zero }
        let seldom = Double(min(guided, apps - count))
        let often = Double(apps - count) - seldom
        func rate(waiting hours: Double) -> Double {
            seldom / (1 / demand.idleWithGuide[.idle] + hours) + often / (1 / demand.idle[.idle] + hours)
        }
        var (least, most) = (0.0, (seldom + often) / given)
        for _ in 0..<50 {
            let middle = (least + most) / 2
            if rate(waiting: middle) > given { least = middle } else { most = middle }
        }
        return .seconds(most * 3600)
    }

    /// Whether that many apps in use are read as often as wanted while all others are not in use.
    private func isFresh(whileInUse count: Int) -> Bool {
        let wanted = wanted(whileInUse: count)
        return given(wanted)[.current] >= wanted[.current] * 0.999_999
    }

    private func wanted(whileInUse count: Int) -> CallRates {
        let idle = apps - count
        let seldom = min(guided, idle)
        return demand.inUse * Double(count) + demand.idleWithGuide * Double(seldom) + demand.idle
            * Double(idle - seldom)
    }

    // MARK: History

    func callsToFill(_ apps: [BudgetForecast.App], at now: UnixTime) -> Int {
        let new = apps.count { $0.recorded.isEmpty }
        let calls = new > 0 ? new * CallDemand.callsToFill([], by: planner, at: now) : 0
        return apps.reduce(calls) { sum, app in
            app.recorded.isEmpty ? sum : sum + CallDemand.callsToFill(app.recorded, by: planner, at: now)
        }
    }

    /// While history is filled in for longer than a week, what was filled in first has to be read once more.
    func time(toFill calls: Int, given rates: CallRates) -> Duration? {
        let (calls, rate, week) = (Double(calls), rates[.history], 7.0 * 24)
        guard calls > 0 else { return .zero }
        let more = calls - rate * week
        guard more > 0 else { return .seconds(calls / rate * 3600) }
        let left = rate - wanted[.history]
        return left > 0 ? .seconds((week + more / left) * 3600) : nil
    }
}

/// Intervals that a person would write.
enum RoundInterval {
    /// Seconds up to a minute, then steps of 10 seconds up to ten minutes, of a minute up to two hours, and of a quarter of
    /// an hour up to a day, which is as long as an interval may be.
    static let all: [Duration] =
        [(1, 60, 1), (60, 600, 10), (600, 7200, 60), (7200, 86_400, 900)]
        .flatMap { first, end, step in stride(from: first, to: end, by: step) }
        .map { .seconds($0) } + [.seconds(86_400)]
}

extension Duration {
    fileprivate func scaled(by factor: Double) -> Duration { .seconds(inSeconds * factor) }
}

extension Range<Int> {
    /// The first number for which a condition holds that, once it holds, holds for all that follow; the end if there is none.
    fileprivate func firstPlace(where holds: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
