import Usage
import UsagePolling

/// One budget: the real plan, what it is told, and what is measured of it.
struct SimulatedBudget {
    /// A call that is under way.
    struct Pending {
        var call: BudgetPlan.Call
        var pass: EndpointCircuit.Pass
        var window: UsageWindow
        var askedAt: UnixTime
        var arrives: Duration
        var failure: ReadingFailure?
    }

    let account: Int
    let apps: [AppProfile]
    let planner: PollPlanner
    /// The budget whose apps this one tells the use of.
    var guided: Int?
    /// The budget that tells the use of this one's apps.
    var guide: Int?

    var plan: BudgetPlan
    var ledger: SimulatedLedger
    /// What this source tells of the use of each app.
    private(set) var uses: [AppUse?]
    var pending: [Int: Pending] = [:]
    /// When the budget looks for its next call, and the number of that choice.
    var timer: (uptime: Duration, edition: Int) = (.zero, 0)

    var arrivals: ArrivalCheck
    var use: BudgetUse
    var ages: AgeWatch
    var calls = 0
    var failures = 0
    /// Whether all calls are kept.
    var keepsStarts = false
    /// The calls about each app, where they are kept.
    private(set) var starts: [[(uptime: Duration, job: PollJob)]]

    var source: UsageSource { planner.source }
    /// Whether as many calls are under way as may be.
    var isFull: Bool { pending.count >= source.mostInFlight }

    init(_ source: UsageSource, of account: SimulatedAccount, number: Int, at uptime: Duration) {
        self.account = number
        apps = account.apps
        planner = PollPlanner(
            source: source,
            settings: PollPlanner.Settings(interval: account.interval, historyDays: account.historyDays)
        )
        plan = BudgetPlan(planner: planner, firstStart: uptime)
        ledger = SimulatedLedger(apps: apps.count)
        uses = Array(repeating: nil, count: apps.count)
        arrivals = ArrivalCheck(most: source.window, in: source.countedStretch)
        use = BudgetUse(spacing: source.spacing, window: source.window)
        ages = AgeWatch(apps: apps.count, since: uptime)
        starts = Array(repeating: [], count: apps.count)
    }

    // MARK: The process

    /// Begins anew with what the ledger knows, as a new process does.
    mutating func start(at now: PollPlanner.Moment, uptime: Duration, usesOfGuide: [AppUse?]?) {
        pending = [:]
        use.restart()
        timer = (.zero, timer.edition + 1)
        plan = BudgetPlan(planner: planner, firstStart: uptime + CallSpacing.firstWait(spacing: source.spacing))
        let first = planner.firstDay(at: now.wall).number
        for app in apps.indices {
            var target = TargetDays()
            target.recorded = ledger.days(of: app).filter { $0.key >= first }
            uses[app] = nil
            note(Array(target.recorded.values), of: app)
            target.isGuided = usesOfGuide != nil
            target.use = usesOfGuide.map { $0[app] } ?? uses[app]
            _ = plan.add(target)
        }
    }

    /// Takes in what days tell of an app's use.
    private mutating func note(_ days: [RecordedDay], of app: Int) {
        for day in days {
            if uses[app] == nil { uses[app] = AppUse(day) }
            uses[app]?.note(day)
        }
    }

    // MARK: Calls

    /// Notes that a call starts.
    mutating func begin(_ job: PollJob, at now: PollPlanner.Moment, uptime: Duration) -> BudgetPlan.Call {
        let call = plan.begin(job, at: now)
        calls += 1
        use.note(start: uptime, leavesWork: plan.hasDue(at: now))
        if keepsStarts { starts[job.target].append((uptime, job)) }
        return call
    }

    /// Notes an answer.
    ///
    /// `truth`: The true time of the call.
    mutating func succeed(_ pending: Pending, truth: UnixTime, at now: PollPlanner.Moment, uptime: Duration) {
        let (call, target) = (pending.call, pending.call.job.target)
        if call.job.asksForRunningDay, ages.isLong(target, at: uptime) {
            // What the plan told last counts too, and samples may have missed it.
            ages.note(told: plan.plannedIntervals(at: now))
        }
        let recorded = told(pending, truth: truth).map { day, seconds in
            ledger.record(seconds, on: day, askedAt: pending.askedAt, of: target)
        }
        note(recorded, of: target)
        if guide == nil { plan.note(uses[target], of: target, at: now) }
        plan.succeed(call, recorded, at: now)
        // Of whole days the newest that is listed is what is shown, whether it runs or not.
        let newest = ledger.days(of: target).keys.max()
        let tellsNewest = source.grain == .days && recorded.contains { $0.day.number == newest }
        guard call.job.asksForRunningDay || tellsNewest else { return }
        ages.succeed(target, askedAt: call.startedAt, at: uptime)
    }

    /// Notes a failure.
    mutating func fail(_ pending: Pending, _ failure: ReadingFailure, at now: PollPlanner.Moment, chance: Double) {
        failures += 1
        let wait = plan.fail(pending.call, failure, at: now, chance: { chance })
        if pending.call.job.asksForRunningDay { ages.fail(pending.call.job.target, wait: wait) }
    }

    /// What an answer tells. One of the running day tells all days that are asked about. One of whole days passes over those
    /// without usage until it has settled them, as real ones do.
    private func told(_ pending: Pending, truth: UnixTime) -> [(UsageDay, Int)] {
        let (window, app) = (pending.window, apps[pending.call.job.target])
        return (window.first.number...window.last.number).compactMap { number in
            let day = UsageDay(number: number, zone: window.first.zone)
            let seconds = app.seconds(on: day, through: min(window.end, truth - source.lag))
            let isTold = seconds > 0 || source.grain == .minutes || source.settleTime(of: day) <= pending.askedAt
            return isTold ? (day, seconds) : nil
        }
    }

    /// Makes all closed days known, as they are long after the first start.
    mutating func fillHistory(at time: UnixTime) {
        let today = source.day(containing: time)
        for app in apps.indices {
            for age in 1...max(1, planner.settings.historyDays) {
                let day = today.advanced(by: -age)
                let askedAt = min(time, source.settleTime(of: day) + .seconds(7 * 86_400 + 3600))
                _ = ledger.record(apps[app].seconds(on: day, through: day.end), on: day, askedAt: askedAt, of: app)
            }
        }
    }
}
