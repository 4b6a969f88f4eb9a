public import Usage

/// Decides what one budget calls next. A pure function of time, limits and what is known: no clock, no I/O.
///
/// Each day of each app is due at some moment; a call about one of them takes along the others that are due, as many as the
/// source lets one call cover.
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
        /// Even when nothing is due, the wall clock is looked at so often: it may have been set.
        var longestWait = Duration.seconds(60)

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
        var best: [PollJob.Kind: DueDay] = [:]
        // At midnight the running day becomes a closed one, and due.
        var wait = min(settings.longestWait, source.day(containing: now.wall).end - now.wall)
        for (index, target) in targets.enumerated() {
            forEachDay(of: target, index, at: now) { day in
                if day.due > now.uptime {
                    wait = min(wait, day.due - now.uptime)
                } else if best[day.kind].map({ day.precedes($0) }) ?? true {
                    best[day.kind] = day
                }
            }
        }
        let order = [Self.turns[turn % Self.turns.count]] + PollJob.Kind.allCases
        guard let next = order.lazy.compactMap({ best[$0] }).first else { return .wait(wait) }
        return .call(job(for: next, targets[next.target], at: now))
    }

    /// How many calls are due and not yet sent.
    func countDue(_ targets: [TargetDays], at now: Moment) -> Int {
        targets.reduce(0) { $0 + countDue($1, at: now) }
    }

    private func countDue(_ target: TargetDays, at now: Moment) -> Int {
        var due: [DueDay] = []
        forEachDay(of: target, 0, at: now) { if $0.due <= now.uptime { due.append($0) } }
        guard source.span > 1 else { return due.count }
        var (calls, rest) = (0, target)
        // Days come from the newest back; what a call takes along counts as under way for the next.
        for day in due where !rest.inFlight.contains(day.day.number) {
            rest.inFlight.formUnion(job(for: day, rest, at: now).days)
            calls += 1
        }
        return calls
    }

    /// When the running day of a target is due next, as uptime.
    func nextCurrent(of target: TargetDays, at now: Moment) -> Duration {
        let today = source.day(containing: now.wall)
        return currentDue(target, today, now)
    }

    // MARK: Which days one call covers

    private func job(for chosen: DueDay, _ target: TargetDays, at now: Moment) -> PollJob {
        let today = source.day(containing: now.wall)
        // The running day's figures are finer than days, or have no days beside them.
        guard source.span > 1, source.grain == .days || chosen.kind != .current else {
            return PollJob(target: chosen.target, day: chosen.day, kind: chosen.kind)
        }
        let oldest = today.number - source.reach + 1
        let newest = source.grain == .days ? today.number : today.number - 1
        let due = range(around: chosen, of: target, in: oldest...max(oldest, newest), at: now)
        let range = stretched(due, of: target, in: oldest...max(oldest, newest))
        return PollJob(
            target: chosen.target,
            first: UsageDay(number: range.lowerBound, zone: source.zone),
            last: UsageDay(number: range.upperBound, zone: source.zone),
            kind: range.upperBound == today.number ? .current : chosen.kind
        )
    }

    /// The days around one that a call about it takes along: those that are worth it, as many as the source allows.
    ///
    /// No day gets into a call about more days than its own span: one that an answer stumbles over stays by itself.
    private func range(
        around chosen: DueDay,
        of target: TargetDays,
        in bounds: ClosedRange<Int>,
        at now: Moment
    ) -> ClosedRange<Int> {
        let wanted = daysToTakeAlong(by: chosen.kind, of: target, at: now)
        var (first, last) = (chosen.day.number, chosen.day.number)
        var span = target.attempts[first]?.span ?? source.span
        for step in [1, -1] {
            var (next, shared) = (chosen.day.number + step, span)
            while bounds.contains(next), !target.inFlight.contains(next) {
                shared = min(shared, target.attempts[next]?.span ?? source.span)
                guard max(last, next) - min(first, next) < shared else { break }
                if wanted.contains(next) { (first, last, span) = (min(first, next), max(last, next), shared) }
                next += step
            }
        }
        return first...last
    }

    /// As many days as a call has to cover at least. Days before are added rather than days after, unless the newest call
    /// about one of them failed.
    private func stretched(
        _ range: ClosedRange<Int>,
        of target: TargetDays,
        in bounds: ClosedRange<Int>
    ) -> ClosedRange<Int> {
        let lacking = source.leastSpan - range.count
        guard lacking > 0 else { return range }
        let ranges = (0...lacking).map { (range.lowerBound - lacking + $0)...(range.upperBound + $0) }
        let possible = ranges.filter { bounds.contains($0.lowerBound) && bounds.contains($0.upperBound) }
        func failing(_ range: ClosedRange<Int>) -> Int { range.count { (target.attempts[$0]?.failures ?? 0) > 0 } }
        return possible.min { failing($0) < failing($1) } ?? range
    }

    /// The numbers of the days that a call about another one takes along: all that are due, also those that wait for a first
    /// answer about the app. What is current of whole days stays together: a call about one of them has all of them.
    private func daysToTakeAlong(by kind: PollJob.Kind, of target: TargetDays, at now: Moment) -> Set<Int> {
        var target = target
        if source.grain == .days { target.canBeAsked = true }
        var days: Set<Int> = []
        forEachDay(of: target, 0, at: now) { day in
            let attempt = target.attempts[day.day.number]
            let isOpen = day.kind != .current || attempt != nil
            let isCurrent = source.grain == .days && isOpen && (attempt?.failures ?? 0) == 0
            if day.due <= now.uptime || isCurrent && kind != .history { days.insert(day.day.number) }
        }
        return days
    }

    // MARK: When days are due

    private func forEachDay(of target: TargetDays, _ index: Int, at now: Moment, _ visit: (DueDay) -> Void) {
        guard !target.isRemoved else { return }
        let today = source.day(containing: now.wall)
        let first = firstDay(at: now.wall).number
        if !target.inFlight.contains(today.number) {
            visit(DueDay(target: index, day: today, kind: .current, due: currentDue(target, today, now)))
        }
        guard target.canBeAsked else { return }
        for number in stride(from: today.number - 1, through: first, by: -1) where !target.inFlight.contains(number) {
            let day = UsageDay(number: number, zone: source.zone)
            if let due = closedDay(index, target, day, now) { visit(due) }
        }
    }

    private func currentDue(_ target: TargetDays, _ today: UsageDay, _ now: Moment) -> Duration {
        // In its first minute a day has nothing to ask for.
        let closed = today.start + .seconds(60) - now.wall
        let opens = closed > .zero ? now.uptime + closed : .zero
        guard let attempt = target.attempts[today.number] else { return opens }
        return max(opens, attempt.failures > 0 ? attempt.notBefore : attempt.at + settings.interval)
    }

    private func closedDay(_ index: Int, _ target: TargetDays, _ day: UsageDay, _ now: Moment) -> DueDay? {
        let attempt = target.attempts[day.number]
        let retry = attempt.map { $0.failures > 0 ? $0.notBefore : .zero } ?? .zero
        guard let recorded = target.recorded[day.number] else {
            // An answer may have passed over the day: it is not there yet, and looked for like the running day.
            let due = attempt.map { $0.failures > 0 ? retry : $0.at + settings.interval } ?? .zero
            let isFinal = now.wall >= source.settleTime(of: day)
            return DueDay(target: index, day: day, kind: isFinal ? .history : .closed, due: due)
        }
        if recorded.isSettled(by: source), !recorded.awaitsSecondEmpty {
            return reread(index, recorded, retry, now)
        }
        // A wish of the past stays in the past: what has waited longest goes first.
        let due = max(retry, now.uptime + (nextAsk(recorded) - now.wall))
        return DueDay(target: index, day: day, kind: .closed, due: due)
    }

    /// Of a source that tells the running day, a day's figures change ever less after its end: it is asked at its end, a
    /// quarter of an hour later, and then each time that twice as long has passed, at the latest when it is final. Of a
    /// source of whole days the newest ones that are not final are what is current, and a call covers them all.
    private func nextAsk(_ recorded: RecordedDay) -> UnixTime {
        guard source.grain == .minutes, !recorded.awaitsSecondEmpty else {
            return recorded.askedAt + settings.interval
        }
        let end = recorded.day.end
        guard recorded.askedAt >= end else { return end }
        let next = recorded.askedAt + max(.seconds(900), recorded.askedAt - end)
        let settled = source.settleTime(of: recorded.day)
        return recorded.askedAt < settled ? min(next, settled) : next
    }

    /// Providers restate: a settled day is read once more when it is a week old.
    private func reread(_ index: Int, _ recorded: RecordedDay, _ retry: Duration, _ now: Moment) -> DueDay? {
        let week = source.settleTime(of: recorded.day) + .seconds(7 * 86_400)
        guard recorded.confirmedAt < week, now.wall >= week else { return nil }
        return DueDay(target: index, day: recorded.day, kind: .history, due: retry)
    }
}

/// A day of a target and the uptime from which it may be asked for.
private struct DueDay {
    let target: Int
    let day: UsageDay
    let kind: PollJob.Kind
    let due: Duration

    /// Whether to ask for this one first: the newest day of history, else what has waited longest.
    func precedes(_ other: DueDay) -> Bool {
        if kind == .history, day != other.day { return day > other.day }
        return due == other.due ? target < other.target : due < other.due
    }
}
