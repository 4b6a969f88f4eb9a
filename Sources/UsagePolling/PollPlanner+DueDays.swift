import Usage

/// When the days of an app are due.
extension PollPlanner {
    /// How long after its last growth an app of a source that tells the running day counts as in use.
    private var grace: Duration {
        source.grain == .days ? .seconds(3 * 86_400) : max(.seconds(1800), settings.interval * 2)
    }

    /// How old the word of a cheaper source may be. When it falls silent, the dear one must not go blind with it.
    private var oldestWord: Duration { max(.seconds(1800), settings.interval * 3) }

    /// An app that has been idle for days is asked about so often all the same.
    static let longestIdleInterval = Duration.seconds(6 * 3600)

    /// A day of a target as the plan sees it.
    ///
    /// - Returns: `nil` when there is nothing to ask for, whatever time passes.
    func dueDay(of target: TargetDays, _ index: Int, on number: Int, at now: Moment) -> DueDay? {
        guard !target.isRemoved, !target.inFlight.contains(number) else { return nil }
        let today = today(at: now.wall)
        if number == today.number { return runningDay(index, target, today, now) }
        guard target.canBeAsked, number < today.number, number >= today.number - closedDays else { return nil }
        return closedDay(index, target, UsageDay(number: number, zone: today.zone), now)
    }

    /// The days whose plan may be another one because the use of an app is told anew.
    func daysConcerned(byUseOf target: TargetDays, since before: AppUse?, at now: Moment) -> [Int] {
        let days = days(at: now.wall)
        guard target.isGuided else { return [days.upperBound] }
        return days.filter { day in
            let (wasQuiet, isQuiet) = (before?.wasQuiet(on: day) ?? false, target.use?.wasQuiet(on: day) ?? false)
            return day == days.upperBound || wasQuiet != isQuiet
        }
    }

    // MARK: The running day

    /// What is wished for the running day of an app.
    struct Wish {
        var kind: CallKind
        var interval: Duration
        /// When it is to be looked at again.
        var changes: Duration?
    }

    private func runningDay(_ index: Int, _ target: TargetDays, _ today: UsageDay, _ now: Moment) -> DueDay {
        let wish = wish(for: target, at: now)
        // In its first minute a day has nothing to ask for.
        let opens = uptime(of: today.start + .seconds(60), now)
        var (due, waitsSince) = (opens, Duration?.none)
        if let attempt = target.attempts[today.number] {
            // A clock that is set may make a day the running one that was it long ago, or was asked for as a closed one.
            due = attempt.failures > 0 ? attempt.notBefore : (target.runningAt ?? attempt.at) + wish.interval
            waitsSince = attempt.waitsSince
        } else if let asked = lastAsked(target, today, now) {
            // Apps keep their places within the interval over midnight, instead of all being due at once.
            due = asked + wish.interval
            if asked < opens { due = min(due, opens + .seconds(300)) }
            // Whose place is in the minute without anything to ask for moves on by a minute: at its end they would all be due.
            if due < opens { due = max(due, opens - .seconds(60)) + .seconds(60) }
        }
        return DueDay(
            target: index,
            day: today.number,
            kind: wish.kind,
            due: max(opens, due),
            waitsSince: waitsSince,
            changes: wish.changes
        )
    }

    /// When the running day, or what was the running day then, was asked for.
    ///
    /// A source that tells the running day reads closed ones in calls of their own: these say nothing of when the running day
    /// was asked for, and count as made at the end of the closed day at the latest.
    private func lastAsked(_ target: TargetDays, _ today: UsageDay, _ now: Moment) -> Duration? {
        // What this process did is known by the clock that is never set.
        if let runningAt = target.runningAt { return runningAt }
        let days = today.number - (source.grain == .days ? 2 : 1)...today.number
        // The newest day that is known, for days before may have been read again since.
        let newest = days.reversed().lazy.compactMap { target.recorded[$0] }.first { $0.askedAt <= now.wall }
        return newest.map { uptime(of: source.grain == .days ? $0.askedAt : min($0.askedAt, $0.day.end), now) }
    }

    /// An app in use is asked about at each interval. So is one that is not, after those in use, unless a cheaper source
    /// tells that nothing happens: then it is asked ever less.
    func wish(for target: TargetDays, at now: Moment) -> Wish {
        let busy = Wish(kind: .current, interval: settings.interval)
        guard let use = target.use, !use.isInUse(within: grace) else { return busy }
        guard target.isGuided else { return Wish(kind: .idle, interval: settings.interval) }
        if let ownUse = target.ownUse, ownUse.isInUse(within: grace) { return busy }
        let silent = use.checkedAt + oldestWord
        guard now.wall < silent, use.checkedAt <= now.wall + oldestWord else { return busy }
        let changes = uptime(of: silent, now)
        let today = today(at: now.wall).number
        // A day ends with the first moment of the next one.
        let usedOn = use.lastUse.map { source.day(containing: $0 - .milliseconds(1)).number } ?? today - 1
        guard let asked = target.lastAsked(since: usedOn) else {
            return use.lastUse == nil ? Wish(kind: .idle, interval: settings.interval, changes: changes) : busy
        }
        // What came after the last call has not been read yet.
        if let lastUse = use.lastUse, lastUse >= asked { return busy }
        let quiet = use.lastUse.map { (asked - $0) / 2 } ?? Self.longestIdleInterval
        let interval = max(settings.interval, min(quiet, Self.longestIdleInterval))
        return Wish(kind: .idle, interval: interval, changes: changes)
    }

    // MARK: Closed days

    private func closedDay(_ index: Int, _ target: TargetDays, _ day: UsageDay, _ now: Moment) -> DueDay? {
        let attempt = target.attempts[day.number]
        let retry = attempt.flatMap { $0.failures > 0 ? $0.notBefore : nil }
        guard let recorded = target.recorded[day.number] else {
            return missingDay(index, target, day, attempt, now)
        }
        if recorded.isSettled(by: source), !recorded.awaitsSecondEmpty {
            return reread(index, recorded, retry, now)
        }
        let wasQuiet = target.isGuided && recorded.seconds == 0 && target.use?.wasQuiet(on: day.number) == true
        // A wish of the past stays in the past: what has waited longest goes first.
        let wish = uptime(of: nextAsk(recorded, wasQuiet: wasQuiet, place: place(of: index)), now)
        let due = max(retry ?? wish, wish)
        return DueDay(target: index, day: day.number, kind: .closed, due: due)
    }

    private func missingDay(
        _ index: Int,
        _ target: TargetDays,
        _ day: UsageDay,
        _ attempt: TargetDays.Attempt?,
        _ now: Moment
    ) -> DueDay {
        // An answer may have passed over the day: it is not there yet, and looked for like the running day.
        var due = attempt.map { $0.failures > 0 ? $0.notBefore : $0.at + settings.interval } ?? uptime(of: day.end, now)
        let settles = source.settleTime(of: day)
        let isFinal = now.wall >= settles
        if !isFinal, target.isGuided, target.use?.wasQuiet(on: day.number) == true {
            due = max(due, uptime(of: settles, now))
        }
        return DueDay(
            target: index,
            day: day.number,
            kind: isFinal ? .history : .closed,
            due: due,
            changes: isFinal ? nil : uptime(of: settles, now)
        )
    }

    /// Of a source that tells the running day, a day's figures change ever less after its end: it is asked at its end, a
    /// quarter of an hour later, and then each time that twice as long has passed, at the latest when it is final. One that a
    /// cheaper source calls quiet is asked when it is final only. Of a source of whole days the newest ones that are not
    /// final are what is current, and a call covers them all.
    ///
    /// The day ends for all apps at once: each has its place in the time after that.
    private func nextAsk(_ recorded: RecordedDay, wasQuiet: Bool, place: Duration) -> UnixTime {
        guard source.grain == .minutes, !recorded.awaitsSecondEmpty else {
            return recorded.askedAt + settings.interval
        }
        let (end, settled) = (recorded.day.end, source.settleTime(of: recorded.day))
        guard !wasQuiet else { return settled + place }
        guard recorded.askedAt >= end else { return end + place }
        let next = recorded.askedAt + max(.seconds(900), recorded.askedAt - end)
        return recorded.askedAt < settled ? min(next, settled + place) : next
    }

    /// How long after a moment at which a day becomes due for all apps it does for this one.
    private func place(of target: Int) -> Duration {
        min(settings.interval, .seconds(900)) * Self.spread(target)
    }

    /// From 0 to 1, and evenly for any number of targets: multiples of the golden section.
    static func spread(_ target: Int) -> Double {
        (Double(target) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
    }

    /// Providers restate: a settled day is read once more when it is a week old.
    private func reread(_ index: Int, _ recorded: RecordedDay, _ retry: Duration?, _ now: Moment) -> DueDay? {
        let week = source.settleTime(of: recorded.day) + .seconds(7 * 86_400)
        guard recorded.confirmedAt < week else { return nil }
        // Nobody waits for it: it comes for all apps at once, and may take an hour.
        let wish = uptime(of: week + .seconds(3600) * Self.spread(index), now)
        let due = max(retry ?? wish, wish)
        return DueDay(target: index, day: recorded.day.number, kind: .history, due: due, isReread: true)
    }

    private func uptime(of time: UnixTime, _ now: Moment) -> Duration {
        now.uptime + (time - now.wall)
    }
}
