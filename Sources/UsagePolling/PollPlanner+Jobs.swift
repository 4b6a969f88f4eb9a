import Usage

/// Which days one call covers.
extension PollPlanner {
    /// The call to make about a day that is due.
    func job(for chosen: DueDay, _ target: TargetDays, at now: Moment) -> PollJob {
        let today = today(at: now.wall)
        let day = UsageDay(number: chosen.day, zone: today.zone)
        // The running day's figures are finer than days, or have no days beside them.
        let isRunning = chosen.day == today.number
        guard source.span > 1, source.grain == .days || !isRunning else {
            return PollJob(target: chosen.target, day: day, kind: chosen.kind)
        }
        let oldest = today.number - source.reach + 1
        let newest = source.grain == .days ? today.number : today.number - 1
        let due = range(around: chosen, of: target, in: oldest...max(oldest, newest), at: now)
        let range = stretched(due, of: target, in: oldest...max(oldest, newest))
        let takesRunningDay = range.upperBound == today.number && !isRunning
        return PollJob(
            target: chosen.target,
            first: UsageDay(number: range.lowerBound, zone: today.zone),
            last: UsageDay(number: range.upperBound, zone: today.zone),
            kind: takesRunningDay ? .current : chosen.kind
        )
    }

    /// How many calls it takes to ask about days that are due, given from the newest back.
    func countCalls(about days: [DueDay], of target: TargetDays, at now: Moment) -> Int {
        guard source.span > 1 else { return days.count }
        var (calls, rest) = (0, target)
        // What a call takes along counts as under way for the next.
        for day in days where !rest.inFlight.contains(day.day) {
            rest.inFlight.formUnion(job(for: day, rest, at: now).days)
            calls += 1
        }
        return calls
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
        var asked = target
        // What is current of whole days stays together: a call about one of them has all of them, also those that wait for a
        // first answer about the app.
        if source.grain == .days { asked.canBeAsked = true }
        var (first, last) = (chosen.day, chosen.day)
        var span = target.attempts[first]?.span ?? source.span
        for step in [1, -1] {
            var (next, shared) = (chosen.day + step, span)
            while bounds.contains(next), !target.inFlight.contains(next) {
                shared = min(shared, target.attempts[next]?.span ?? source.span)
                guard max(last, next) - min(first, next) < shared else { break }
                if isWorthTakingAlong(next, with: chosen, of: asked, at: now) {
                    (first, last, span) = (min(first, next), max(last, next), shared)
                }
                next += step
            }
        }
        return first...last
    }

    private func isWorthTakingAlong(_ number: Int, with chosen: DueDay, of target: TargetDays, at now: Moment) -> Bool {
        guard let day = dueDay(of: target, chosen.target, on: number, at: now) else { return false }
        if day.due <= now.uptime { return true }
        guard source.grain == .days, chosen.kind != .history, !day.isReread else { return false }
        return (target.attempts[number]?.failures ?? 0) == 0
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
}
