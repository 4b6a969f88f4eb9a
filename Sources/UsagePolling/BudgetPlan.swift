package import Usage

/// What one budget knows, and what it does next: plan, limits and waits after failures together, as a value. It neither
/// calls nor waits nor reads a clock, so that days of it can be played in seconds.
package struct BudgetPlan: Sendable {
    /// Decides which day of which app is asked for.
    package private(set) var planner: PollPlanner
    /// What is known of each target, by its number.
    package private(set) var targets: [TargetDays] = []

    private var agenda = PollAgenda()
    private var spacing: CallSpacing
    private var rate: CallRate
    private var turn = 0
    private var inFlight = 0
    private var failuresInARow = 0
    /// When the newest of them was noted. Calls that started before say nothing of the time since.
    private var newestFailure = Duration.zero
    /// How long a call keeps others from being made on average, which is more than the spacing where answers are slow.
    private var occupation = Duration.zero
    /// Until when the budget waits after failures.
    private var notBefore = Duration.zero
    /// Until when the provider asked to be left alone. Nothing but time ends that.
    private var pausedUntil = Duration.zero

    /// A call that is under way.
    package struct Call: Hashable, Sendable {
        package let job: PollJob
        package let startedAt: Duration
        /// When it was due.
        package let due: Duration
    }

    /// - Parameters:
    ///   - planner: Decides what is called next.
    ///   - firstStart: The earliest uptime for the first call.
    package init(planner: PollPlanner, firstStart: Duration) {
        let source = planner.source
        self.planner = planner
        rate = CallRate(base: source.spacing, window: source.window)
        spacing = CallSpacing(spacing: source.spacing, window: source.window, firstStart: firstStart)
    }

    /// What is known of the source.
    package var source: UsageSource { planner.source }

    /// The spacing that is kept now.
    package var currentSpacing: Duration { spacing.pace }

    /// How much of the full rate is left after throttling, and until when nothing may be asked.
    package var throttling: (fraction: Double, pausedUntil: Duration) { (rate.fraction, pausedUntil) }

    // MARK: Targets

    /// Adds a target; numbers given before stay.
    ///
    /// - Returns: Its number.
    package mutating func add(_ target: TargetDays) -> Int {
        targets.append(target)
        agenda.invalidate()
        return targets.count - 1
    }

    /// Changes what is known of a target in another way than by a call.
    mutating func change(_ target: Int, at now: PollPlanner.Moment, _ change: (inout TargetDays) -> Void) {
        change(&targets[target])
        agenda.update(target, in: targets, by: planner, at: now)
    }

    /// Takes in what is known now of an app's use. That is told anew with each answer, and concerns few of its days.
    ///
    /// - Parameters:
    ///   - use: By the source that guides this one, or else by this one.
    ///   - own: By this source, where another one guides it.
    ///   - target: Whose use it is.
    ///   - now: The moment.
    package mutating func note(_ use: AppUse?, own: AppUse? = nil, of target: Int, at now: PollPlanner.Moment) {
        let before = targets[target].use
        (targets[target].use, targets[target].ownUse) = (use, own)
        let days = planner.daysConcerned(byUseOf: targets[target], since: before, at: now)
        agenda.update(days, of: target, in: targets, by: planner, at: now)
    }

    /// Goes by another plan for the same source: budget, waits and what is under way stay.
    mutating func adopt(_ planner: PollPlanner) {
        self.planner = planner
        rate.change(base: source.spacing, window: source.window)
        spacing.change(spacing: source.spacing, window: source.window)
        spacing.lower(to: rate.spacing)
        agenda.invalidate()
    }

    /// Ends all waits after failures, but not those that the provider asked for.
    mutating func retryNow() {
        (notBefore, failuresInARow) = (.zero, 0)
        for index in targets.indices { targets[index].retryNow() }
        agenda.invalidate()
    }

    // MARK: Calls

    /// What to do at a moment.
    package mutating func next(at now: PollPlanner.Moment) -> PollPlanner.Decision {
        let earliest = max(spacing.nextStart, notBefore, pausedUntil)
        guard now.uptime >= earliest else { return .wait(earliest - now.uptime) }
        guard inFlight < source.mostInFlight else { return .wait(.seconds(60)) }
        return agenda.decide(targets, by: planner, at: now, turn: turn)
    }

    /// Notes that a call starts.
    package mutating func begin(_ job: PollJob, at now: PollPlanner.Moment) -> Call {
        let due = agenda.day(job.last.number, of: job.target)?.due ?? now.uptime
        spacing.start(at: now.uptime)
        turn += 1
        inFlight += 1
        targets[job.target].inFlight.formUnion(job.days)
        agenda.update(job.days, of: job.target, in: targets, by: planner, at: now)
        // What is taken along may not have been due yet.
        return Call(job: job, startedAt: now.uptime, due: min(due, now.uptime))
    }

    /// Notes that a call's request got onto a connection later than the call started.
    mutating func sent(callStartedAt start: Duration, at uptime: Duration) {
        spacing.sent(start, at: uptime)
    }

    /// Notes that a call is over, whatever came of it, after that was noted.
    package mutating func end(_ call: Call, at now: PollPlanner.Moment) {
        inFlight -= 1
        // A place among the calls under way is taken for that long; the mean of about the newest fifty.
        let occupied = max((now.uptime - call.startedAt) / source.mostInFlight, source.spacing)
        occupation += (occupied - occupation) / 50
        targets[call.job.target].inFlight.subtract(call.job.days)
        spacing.end(of: call.startedAt, at: now.uptime)
        agenda.update(call.job.days, of: call.job.target, in: targets, by: planner, at: now)
    }

    /// Notes an answer, with what is recorded since of the days that it told of.
    package mutating func succeed(_ call: Call, _ recorded: [RecordedDay], at now: PollPlanner.Moment) {
        // `notBefore` stays: it is over, unless this call began before the failure that set it.
        if call.startedAt >= newestFailure { failuresInARow = 0 }
        noteAdmission(of: call)
        let (job, target) = (call.job, call.job.target)
        let attempt = TargetDays.Attempt(at: base(of: call), failures: 0, notBefore: .zero)
        for day in job.days { targets[target].attempts[day] = attempt }
        for day in recorded { targets[target].recorded[day.day.number] = day }
        agenda.update(recorded.map(\.day.number), of: target, in: targets, by: planner, at: now)
        guard job.asksForRunningDay else { return }
        targets[target].runningAt = attempt.at
        // The answer may be about the day before, if midnight has passed meanwhile.
        agenda.update([planner.today(at: now.wall).number], of: target, in: targets, by: planner, at: now)
        canBeAsked(true, target, at: now)
        targets[target].forget(before: planner.firstDay(at: now.wall).number)
    }

    /// Notes a failure.
    ///
    /// - Returns: How long the app waits at least.
    package mutating func fail(
        _ call: Call,
        _ failure: ReadingFailure,
        at now: PollPlanner.Moment,
        chance: () -> Double
    ) -> Duration {
        if failure.reason == .throttled {
            spacing.end(of: call.startedAt, at: now.uptime, isThrottled: true)
            rate.throttled(callStartedAt: call.startedAt, at: now.uptime)
            spacing.lower(to: rate.spacing)
        } else if failure.provesEndpointAlive {
            noteAdmission(of: call)
        }
        let failures = failures(of: call.job) + 1
        let backoff = Backoff(after: failure, spacing: source.spacing, stretch: source.countedStretch)
        var wait = backoff.wait(failures: failures, chance: chance(), atLeast: failure.retryAfter)
        if failure.isMended, failures == 1 {
            wait = .zero
        } else if let streak = streak(failure, of: call, at: now) {
            let pause = backoff.wait(failures: streak, chance: chance(), atLeast: failure.retryAfter)
            notBefore = max(notBefore, now.uptime + pause)
            wait = max(wait, pause)
            // A key that is refused is another matter: whoever mends it need not wait.
            if let asked = failure.retryAfter, failure.reason != .unauthorized {
                pausedUntil = max(pausedUntil, now.uptime + asked)
            }
        }
        let narrows = !failure.isMended && (failure.reason == .malformed || failure.reason == .rejected)
        postpone(call.job, by: wait, at: now, narrows: narrows, due: call.due)
        // A bad table of today says nothing of other days; an app that cannot be asked at all does.
        if call.job.asksForRunningDay { canBeAsked(failure.reason == .malformed, call.job.target, at: now) }
        return wait
    }

    /// The provider let a call through, whatever it answered.
    private mutating func noteAdmission(of call: Call) {
        if rate.succeeded(callStartedAt: call.startedAt) { spacing.lower(to: rate.spacing) }
    }

    /// All closed days of a target wait for this.
    private mutating func canBeAsked(_ canBeAsked: Bool, _ target: Int, at now: PollPlanner.Moment) {
        guard targets[target].canBeAsked != canBeAsked else { return }
        targets[target].canBeAsked = canBeAsked
        agenda.update(target, in: targets, by: planner, at: now)
    }

    /// Has the days of a call asked for again after a wait. When it `narrows`, fewer days are asked for next time: one of
    /// them may be what the answer, or the provider, stumbles over.
    mutating func postpone(
        _ job: PollJob,
        by wait: Duration,
        at now: PollPlanner.Moment,
        narrows: Bool = false,
        due: Duration? = nil
    ) {
        let failures = failures(of: job) + 1
        for day in job.days {
            // Two others go first, so that an endpoint that is dead for all shows.
            let place = targets[job.target].attempts[day]?.waitsSince ?? due.map { $0 + source.spacing * 2 }
            let span = narrows ? max(1, job.days.count / 2) : targets[job.target].attempts[day]?.span
            targets[job.target].attempts[day] =
                TargetDays.Attempt(
                    at: now.uptime,
                    failures: failures,
                    notBefore: now.uptime + wait,
                    waitsSince: failures <= TargetDays.Attempt.patience ? place : nil,
                    span: span
                )
        }
    }

    /// Goes on from where an earlier process was throttled to.
    mutating func resume(fraction: Double, pause: Duration, at uptime: Duration) {
        rate = CallRate(base: source.spacing, window: source.window, fraction: fraction)
        spacing.lower(to: rate.spacing)
        pausedUntil = max(pausedUntil, uptime + pause)
    }

    // MARK: Figures

    /// Whether anything is due that is not under way, and so waits.
    package mutating func hasDue(at now: PollPlanner.Moment) -> Bool {
        agenda.hasDue(targets, by: planner, at: now)
    }

    /// How many calls are due and not yet sent, by target.
    mutating func callsDue(at now: PollPlanner.Moment) -> [Int] {
        agenda.refresh(targets, by: planner, at: now)
        return targets.indices.map { target in
            let days = agenda.countDue(of: target)
            // Each day is a call of its own, or a call may take several of them along.
            guard days > 0, planner.source.span > 1 else { return days }
            return planner.countCalls(about: agenda.due(of: target, at: now), of: targets[target], at: now)
        }
    }

    /// How often the running day of each target can be asked for, given everybody's share.
    package mutating func plannedIntervals(at now: PollPlanner.Moment) -> [Duration] {
        agenda.refresh(targets, by: planner, at: now)
        let wishes = targets.map { planner.wish(for: $0, at: now) }
        let wanted = wanted(by: wishes)
        let given = FairShare.divide(callsPerHour, among: wanted)
        let round = roundOfIdle(wishes)
        return wishes.map { wish in
            let steady =
                given[wish.kind] > 0 ? wish.interval * max(1, wanted[wish.kind] / given[wish.kind]) : wish.interval
            // Whenever there is more to do than usual, apps that are not in use have no more than their share.
            return wish.kind == .idle
                ? max(steady, wish.interval + max(.zero, round - planner.settings.interval)) : steady
        }
    }

    /// How long it takes to call for all apps that are not in use with no more than their share.
    private func roundOfIdle(_ wishes: [PollPlanner.Wish]) -> Duration {
        let polled = zip(wishes, targets).filter { !$1.isRemoved }.map(\.0.kind)
        let isAlone = !polled.contains(.current)
        let share = PollPlanner.shares[.idle] + (isAlone ? PollPlanner.shares[.current] : 0)
        return .seconds(Double(polled.count { $0 == .idle }) * 3600 / (callsPerHour * share))
    }

    /// How many calls an hour there are for sure at the spacing that is kept now, if answers stay as slow as they are.
    private var callsPerHour: Double {
        let longest = CallSpacing.longestInterval(spacing: source.spacing, window: source.window)
        return 3600 / max(longest, currentSpacing, occupation).inSeconds
    }

    /// How many calls an hour are wanted by kind.
    private func wanted(by wishes: [PollPlanner.Wish]) -> CallRates {
        var wanted = CallRates.none
        for (target, wish) in zip(targets, wishes) where !target.isRemoved {
            wanted[wish.kind] += 3600 / wish.interval.inSeconds
        }
        // After midnight closed days and those of idle apps are due in crowds, and history at the first start. Closed days are
        // calls of their own only where the running day is told.
        wanted[.idle] += Double(agenda.countDue(.idle))
        wanted[.history] += Double(agenda.countDue(.history))
        if source.grain == .minutes, planner.closedDays > 0 {
            (wanted[.closed], wanted[.history]) = (callsPerHour, callsPerHour)
        }
        return wanted
    }

    /// When the running day of a target can be asked for next, as uptime.
    func nextStart(of target: Int, at now: PollPlanner.Moment) -> Duration {
        let due = agenda.day(planner.today(at: now.wall).number, of: target)?.due ?? now.uptime
        return max(due, spacing.nextStart, notBefore, pausedUntil, now.uptime)
    }

    // MARK: Rules

    /// The moment from which the next attempt is counted. One that came late does not shift those after it, as long as it was
    /// by less than half an interval, and one that came early, with another day, counts from when it came; the first ones are
    /// spread, so that apps which began together do not stay together.
    private func base(of call: Call) -> Duration {
        let half = planner.settings.interval / 2
        let isFirst = targets[call.job.target].attempts.isEmpty
        return isFirst
            ? call.startedAt - half * PollPlanner.spread(call.job.target)
            : min(max(call.due, call.startedAt - half), call.startedAt)
    }

    private func failures(of job: PollJob) -> Int {
        job.days.compactMap { targets[job.target].attempts[$0]?.failures }.max() ?? 0
    }

    /// How many failures in a row the whole budget has to wait for; `nil` when it need not wait: one app that cannot be read
    /// must not hold up the others, and whether the endpoint is dead is for its circuit to tell.
    private mutating func streak(_ failure: ReadingFailure, of call: Call, at now: PollPlanner.Moment) -> Int? {
        guard failure.scope == .account else { return nil }
        // Of many that were under way together, only the first counts.
        if failuresInARow == 0 || call.startedAt >= newestFailure {
            failuresInARow += 1
            newestFailure = now.uptime
        }
        return failuresInARow
    }
}
