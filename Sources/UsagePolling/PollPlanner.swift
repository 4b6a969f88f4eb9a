public import Usage

/// Decides what one budget calls next. A pure function of time, limits and what is known: no clock, no I/O.
///
/// Three kinds of work share the budget. While all of them wait, seven of ten calls go to running days, two to closed days
/// that may still change and one to history; what one kind does not need, the others have. So nothing starves.
public struct PollPlanner: Sendable {
    /// The wish and the bounds.
    public struct Settings: Sendable {
        /// How fresh the running day is to be.
        public let interval: Duration
        /// How many closed days are kept known.
        public let historyDays: Int

        /// The wish and the bounds.
        public init(interval: Duration, historyDays: Int) {
            self.interval = interval
            self.historyDays = historyDays
        }

        /// The wish of a user: however little history it asks for, a source's days are followed until they are settled.
        public init(interval: Duration, history: Duration, source: UsageSource) {
            let untilSettled = source.settledAfter.wholeMilliseconds / 86_400_000 + 2
            self.init(interval: interval, historyDays: max(history.wholeMilliseconds / 86_400_000, untilSettled))
        }
    }

    /// Now, by both clocks.
    struct Moment: Sendable {
        let wall: UnixTime
        let uptime: Duration
    }

    /// What to do.
    enum Decision: Equatable {
        case call(PollJob)
        /// Nothing is due for that long.
        case wait(Duration)
    }

    /// Which kind goes first at each turn of ten.
    private static let turns: [PollJob.Kind] = [
        .current, .current, .closed, .current, .current, .history, .current, .closed, .current, .current,
    ]

    /// Even when nothing is due, the wall clock is looked at so often: it may have been set.
    private static let longestWait = Duration.seconds(60)

    let source: UsageSource
    let settings: Settings

    /// A plan for a source.
    public init(source: UsageSource, settings: Settings) {
        self.source = source
        self.settings = settings
    }

    /// How often a running day can be refreshed when that many targets share the budget, other work included.
    func plannedInterval(targets: Int, spacing: Duration) -> Duration {
        let share = Self.turns.count { $0 == .current }
        return max(settings.interval, spacing * targets * Self.turns.count / share)
    }

    /// The first day that is looked at.
    func firstDay(at now: UnixTime) -> UsageDay {
        source.day(containing: now).advanced(by: -min(settings.historyDays, source.reach - 1))
    }

    /// What to do at a moment.
    ///
    /// - Parameters:
    ///   - targets: The apps, as the plan knows them.
    ///   - now: The moment.
    ///   - turn: How many calls the budget has made so far: the kinds take turns by it.
    /// - Returns: The call to make now, or how long there is none.
    func decide(_ targets: [TargetDays], at now: Moment, turn: Int) -> Decision {
        var best: [PollJob.Kind: DueJob] = [:]
        // At midnight the running day becomes a closed one, and due.
        var wait = min(Self.longestWait, source.day(containing: now.wall).end - now.wall)
        forEachJob(of: targets, at: now) { job in
            if job.due > now.uptime {
                wait = min(wait, job.due - now.uptime)
            } else if best[job.job.kind].map({ job.precedes($0) }) ?? true {
                best[job.job.kind] = job
            }
        }
        let order = [Self.turns[turn % Self.turns.count]] + PollJob.Kind.allCases
        guard let next = order.lazy.compactMap({ best[$0] }).first else { return .wait(wait) }
        return .call(next.job)
    }

    /// How many jobs are due and not yet sent.
    func countDue(_ targets: [TargetDays], at now: Moment) -> Int {
        var count = 0
        forEachJob(of: targets, at: now) { if $0.due <= now.uptime { count += 1 } }
        return count
    }

    /// When the running day of a target is due next, as uptime.
    func nextCurrent(of target: TargetDays, at now: Moment) -> Duration {
        let today = source.day(containing: now.wall)
        return currentDue(target, today, now)
    }

    private func forEachJob(of targets: [TargetDays], at now: Moment, _ visit: (DueJob) -> Void) {
        let today = source.day(containing: now.wall)
        let first = firstDay(at: now.wall).number
        for (index, target) in targets.enumerated() {
            if !target.inFlight.contains(today.number) {
                let job = PollJob(target: index, day: today, kind: .current)
                visit(DueJob(job: job, due: currentDue(target, today, now)))
            }
            guard target.canBeAsked else { continue }
            for number in stride(from: today.number - 1, through: first, by: -1) where !target.inFlight.contains(number)
            {
                let day = UsageDay(number: number, zone: source.zone)
                if let job = closedJob(index, target, day, now) { visit(job) }
            }
        }
    }

    private func currentDue(_ target: TargetDays, _ today: UsageDay, _ now: Moment) -> Duration {
        // In its first minute a day has nothing to ask for.
        let closed = today.start + .seconds(60) - now.wall
        let opens = closed > .zero ? now.uptime + closed : .zero
        guard let attempt = target.attempts[today.number] else { return opens }
        return max(opens, attempt.failures > 0 ? attempt.notBefore : attempt.at + settings.interval)
    }

    private func closedJob(_ index: Int, _ target: TargetDays, _ day: UsageDay, _ now: Moment) -> DueJob? {
        let attempt = target.attempts[day.number]
        let retry = attempt.map { $0.failures > 0 ? $0.notBefore : .zero } ?? .zero
        let isFinal = now.wall >= source.settleTime(of: day)
        guard let recorded = target.recorded[day.number] else {
            return DueJob(job: PollJob(target: index, day: day, kind: isFinal ? .history : .closed), due: retry)
        }
        if recorded.isSettled(by: source), !recorded.awaitsSecondEmpty {
            return rereadJob(index, recorded, retry, now)
        }
        let wish = recorded.awaitsSecondEmpty ? recorded.askedAt + settings.interval : nextAsk(recorded)
        // A wish of the past stays in the past: what has waited longest goes first.
        let due = max(retry, now.uptime + (wish - now.wall))
        return DueJob(job: PollJob(target: index, day: day, kind: .closed), due: due)
    }

    /// A day's figures change ever less after its end: it is asked at its end, a quarter of an hour later, and then each
    /// time that twice as long has passed, at the latest when it is final.
    private func nextAsk(_ recorded: RecordedDay) -> UnixTime {
        let end = recorded.day.end
        guard recorded.askedAt >= end else { return end }
        let next = recorded.askedAt + max(.seconds(900), recorded.askedAt - end)
        let settled = source.settleTime(of: recorded.day)
        return recorded.askedAt < settled ? min(next, settled) : next
    }

    /// Providers restate: a settled day is read once more when it is a week old.
    private func rereadJob(_ index: Int, _ recorded: RecordedDay, _ retry: Duration, _ now: Moment) -> DueJob? {
        let week = source.settleTime(of: recorded.day) + .seconds(7 * 86_400)
        guard recorded.confirmedAt < week, now.wall >= week else { return nil }
        return DueJob(job: PollJob(target: index, day: recorded.day, kind: .history), due: retry)
    }
}

/// A job and the uptime from which it may be sent.
private struct DueJob {
    let job: PollJob
    let due: Duration

    /// Whether to send this one first: the newest day of history, else what has waited longest.
    func precedes(_ other: DueJob) -> Bool {
        if job.kind == .history, job.day != other.job.day { return job.day > other.job.day }
        return due == other.due ? job.target < other.job.target : due < other.due
    }
}
