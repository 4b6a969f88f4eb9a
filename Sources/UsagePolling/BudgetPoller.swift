public import Logging
public import Usage

/// Polls all apps that share one budget of calls: one key, one API.
///
/// The actor's one job is to keep plan, spacing and status consistent while calls are under way. Calls overlap when answers
/// take longer than the spacing.
public actor BudgetPoller {
    /// What the poller works with.
    public struct Environment: Sendable {
        /// Where readings go.
        public let store: any ReadingStore
        /// The clocks.
        public let clock: PollClock
        /// From 0 to 1, different each time: spreads waits.
        public let chance: @Sendable () -> Double
        /// Called after each attempt, with the app whose figures or status may have changed.
        public let onChange: @Sendable (AppKey) -> Void

        /// What a poller works with.
        public init(
            store: any ReadingStore,
            clock: PollClock,
            chance: @escaping @Sendable () -> Double,
            onChange: @escaping @Sendable (AppKey) -> Void
        ) {
            self.store = store
            self.clock = clock
            self.chance = chance
            self.onChange = onChange
        }
    }

    /// Clocks that differ by less choose the same days, but for some minutes around midnight.
    private static let clockMistake = Duration.seconds(300)

    private let planner: PollPlanner
    private let environment: Environment
    private let logger: Logger

    private var list = TargetList()
    private var spacing: CallSpacing
    private var providerClock = ProviderClock()
    private var clockIsOff = false
    private var durations = CallDurations()
    private var turn = 0
    private var inFlight = 0
    private var failuresInARow = 0
    /// The targets that failed since the last success.
    private var failing: Set<Int> = []
    /// What was odd about each target's newest answer.
    private var oddities: [Int: Set<ReadingAnomaly>] = [:]
    private var notBefore = Duration.zero
    private var sleeper: Task<Void, Never>?

    private var source: UsageSource { planner.source }
    private var clock: PollClock { environment.clock }

    /// - Parameters:
    ///   - targets: Apps of which the store knows nothing yet, in the order in which they take turns; others come by
    ///     ``poll(_:of:)``.
    ///   - planner: Decides what is called next.
    ///   - waitsFirst: Whether the first call waits a whole spacing, because an earlier process may just have called.
    ///   - environment: What it works with.
    ///   - logger: Told of each failure, and of each success at level debug.
    public init(
        targets: [PollTarget],
        planner: PollPlanner,
        waitsFirst: Bool,
        environment: Environment,
        logger: Logger
    ) {
        self.planner = planner
        self.environment = environment
        self.logger = logger
        let source = planner.source
        let uptime = environment.clock.uptime()
        spacing = CallSpacing(spacing: source.spacing, firstStart: waitsFirst ? uptime + source.spacing : uptime)
        for target in targets { list.add(target, planner: planner) }
    }

    /// Makes these the polled apps of an account: new ones are added with what the store knows of them, without which days
    /// would be asked for again that are known; those that are missing are polled no more.
    ///
    /// - Throws: When the store cannot be read. What is polled already is polled on, and the next call adds the others.
    public func poll(_ wanted: [PollTarget], of account: String) async throws {
        let apps = Set(wanted.map(\.app))
        for index in list.targets.indices where list.targets[index].account == account {
            list.days[index].isRemoved = !apps.contains(list.targets[index].app)
        }
        defer { sleeper?.cancel() }
        let known = Set(list.targets.lazy.filter { $0.account == account }.map(\.app))
        for target in wanted where !known.contains(target.app) {
            let recorded = try await recordedDays(of: target.app)
            let index = list.add(target, planner: planner)
            list.days[index].recorded = recorded
            list.statuses[index].lastSuccess = recorded.values.map(\.askedAt).max()
        }
    }

    private func recordedDays(of app: AppKey) async throws -> [Int: RecordedDay] {
        let first = planner.firstDay(at: moment().wall)
        let recorded = try await environment.store.recordedDays(of: app, from: source, since: first)
        return Dictionary(recorded.map { ($0.day.number, $0) }) { $1 }
    }

    /// Ends all waits after failures: keys were renewed, say.
    public func retryNow() {
        notBefore = .zero
        for index in list.days.indices { list.days[index].retryNow() }
        sleeper?.cancel()
    }

    /// Polls until the task is cancelled.
    public func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                switch nextStep() {
                case .call(let job):
                    let start = begin(job)
                    group.addTask { await self.perform(job, startedAt: start) }
                case .wait(let duration):
                    await sleep(duration)
                }
            }
        }
    }

    /// What the budget does and did.
    public func status() -> BudgetStatus {
        let now = moment()
        let polled = list.days.count { !$0.isRemoved }
        let plannedInterval = planner.plannedInterval(targets: polled, spacing: source.spacing)
        var told = list.statuses
        for index in told.indices {
            let due = max(planner.nextCurrent(of: list.days[index], at: now), spacing.nextStart, notBefore, now.uptime)
            told[index].nextCall = now.wall + (due - now.uptime)
            told[index].plannedInterval = plannedInterval
        }
        return BudgetStatus(
            source: source,
            minInterval: source.spacing,
            jobsWaiting: planner.countDue(list.days, at: now),
            accounts: list.accounts,
            targets: zip(told, list.days).filter { !$1.isRemoved }.map(\.0),
            durations: durations
        )
    }

    // MARK: One step

    private func moment() -> PollPlanner.Moment {
        let uptime = clock.uptime()
        return PollPlanner.Moment(wall: providerClock.now(wall: clock.now(), uptime: uptime), uptime: uptime)
    }

    private func nextStep() -> PollPlanner.Decision {
        let now = moment()
        let earliest = max(spacing.nextStart, notBefore)
        guard now.uptime >= earliest else { return .wait(earliest - now.uptime) }
        guard inFlight < source.mostInFlight else { return .wait(.seconds(60)) }
        return planner.decide(list.days, at: now, turn: turn)
    }

    private func begin(_ job: PollJob) -> Duration {
        let start = clock.uptime()
        spacing.start(at: start)
        turn += 1
        inFlight += 1
        list.days[job.target].inFlight.formUnion(job.days)
        return start
    }

    private func perform(_ job: PollJob, startedAt start: Duration) async {
        let target = list.targets[job.target]
        let asked = moment().wall
        guard let window = job.window(at: asked) else { return release(job, startedAt: start) }
        let answer = await target.reader.read(app: target.app.app, window: window, now: asked)
        let end = clock.uptime()
        guard !Task.isCancelled else { return }
        note(answer, of: target.account, took: end - start)
        // What is told of an app is how its running day does: other days neither hide its failures nor add to them.
        if job.kind == .current { list.statuses[job.target].lastAttempt = asked }
        switch answer.result {
        case .success where wasAskedByWrongClock(asked, took: end - start): askAgain(job, at: end)
        case .success(let reading): await record(reading, job, trustingClock: answer.providerTime != nil)
        case .failure(let failure): fail(job, failure, at: end)
        }
        release(job, startedAt: start)
        environment.onChange(target.app)
    }

    private func release(_ job: PollJob, startedAt start: Duration) {
        inFlight -= 1
        list.days[job.target].inFlight.subtract(job.days)
        spacing.end(of: start, at: clock.uptime())
        sleeper?.cancel()
    }

    /// Waits, but no longer than until a call ends: that may change what is next.
    private func sleep(_ duration: Duration) async {
        let sleep = clock.sleep
        let sleeper = Task { _ = try? await sleep(duration) }
        self.sleeper = sleeper
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
    }

    // MARK: What came of it

    private func note(_ answer: ReadingAnswer, of account: String, took duration: Duration) {
        guard let index = list.index(of: account) else { return }
        for call in answer.sideCalls { list.accounts[index].sideCalls[call.api, default: CallCounts()].count(call) }
        guard answer.wasSent else { return }
        durations.observe(duration)
        switch answer.result {
        case .success(let reading):
            list.accounts[index].calls.succeeded += 1
            list.accounts[index].anomalies.merge(reading.anomalies, uniquingKeysWith: +)
        case .failure(let failure):
            list.accounts[index].calls.failed[failure.reason, default: 0] += 1
        }
        observeClock(answer, took: duration)
        list.accounts[index].clockOffset = providerClock.offset(wall: clock.now(), uptime: clock.uptime())
    }

    private func observeClock(_ answer: ReadingAnswer, took duration: Duration) {
        let (wall, uptime) = (clock.now(), clock.uptime())
        guard providerClock.observe(answer, wall: wall, uptime: uptime, took: duration) else { return }
        let isOff = providerClock.now(wall: wall, uptime: uptime) != wall
        guard isOff != clockIsOff else { return }
        clockIsOff = isOff
        let offset = providerClock.offset(wall: wall, uptime: uptime) ?? .zero
        logger.log(
            level: isOff ? .warning : .notice,
            isOff
                ? "This machine's clock differs from the provider's: the provider's is used. Set the machine's clock."
                : "This machine's clock agrees with the provider's again.",
            metadata: [
                "provider": "\(source.provider.rawValue)", "source": "\(source.name)",
                "provider_less_ours": "\(offset.wholeMilliseconds / 1000)s",
            ]
        )
    }

    /// Whether an answer has told that the days to ask for were chosen, and the reading would be stamped, by a wrong clock.
    private func wasAskedByWrongClock(_ asked: UnixTime, took: Duration) -> Bool {
        let difference = moment().wall - took - asked
        return difference > Self.clockMistake || difference < .zero - Self.clockMistake
    }

    private func askAgain(_ job: PollJob, at uptime: Duration) {
        log(.warning, job, "The reading was asked by a wrong clock, and is asked for again by the provider's.", [:])
        attempt(job, failedAt: uptime, wait: .zero)
    }

    /// Readings from a time that has not come were asked by a wrong clock, in this run or an earlier one. They must not stand
    /// against true ones until that time comes.
    private func distrustTheFuture(of target: Int, now: UnixTime) async throws {
        let later = list.days[target].recorded.values.contains { $0.askedAt > now + Self.clockMistake }
        guard later else { return }
        let app = list.targets[target].app
        try await environment.store.distrustReadings(of: app, from: source, askedAfter: now)
        list.days[target].recorded = try await recordedDays(of: app)
        list.statuses[target].lastSuccess = nil
        logger.warning(
            "Readings of the app were asked by a clock that was ahead: they are replaced by new ones.",
            metadata: ["provider": "\(source.provider.rawValue)", "app": "\(app.app)", "source": "\(source.name)"]
        )
    }

    private func record(_ reading: Reading, _ job: PollJob, trustingClock: Bool) async {
        do {
            if trustingClock { try await distrustTheFuture(of: job.target, now: reading.askedAt) }
            let recorded = try await environment.store.record(reading, from: source)
            succeed(job, reading, recorded)
        } catch {
            guard !Task.isCancelled else { return }
            log(.error, job, "The reading cannot be recorded and will be asked for again.", ["error": "\(error)"])
            attempt(job, failedAt: clock.uptime(), wait: planner.settings.interval)
            if job.kind == .current { list.statuses[job.target].failure = ReadingFailure(.unavailable, "\(error)") }
        }
    }

    private func succeed(_ job: PollJob, _ reading: Reading, _ recorded: [RecordedDay]) {
        // `notBefore` stays: it is over, unless this call began before the failure that set it.
        failuresInARow = 0
        failing = []
        let attempt = TargetDays.Attempt(at: clock.uptime(), failures: 0, notBefore: .zero)
        for day in job.days { list.days[job.target].attempts[day] = attempt }
        for day in recorded { list.days[job.target].recorded[day.day.number] = day }
        if job.kind == .current { succeedNow(job, reading) }
        if recorded.contains(where: \.awaitsSecondEmpty) { noteEmptied(job) }
        noteOddities(job, reading)
        log(
            .debug,
            job,
            "The app was read.",
            ["seconds": "\(reading.total.total)", "days_told": "\(reading.days.count)"]
        )
    }

    private func succeedNow(_ job: PollJob, _ reading: Reading) {
        if list.statuses[job.target].failure != nil { log(.info, job, "The app can be read again.", [:]) }
        list.statuses[job.target].failure = nil
        list.statuses[job.target].lastSuccess = max(
            list.statuses[job.target].lastSuccess ?? reading.askedAt,
            reading.askedAt
        )
        list.days[job.target].canBeAsked = true
        list.days[job.target].forget(before: planner.firstDay(at: moment().wall).number)
    }

    private func noteEmptied(_ job: PollJob) {
        log(
            .warning,
            job,
            "An empty answer came after one with usage: the figures stay until a second one agrees.",
            [:]
        )
        guard let index = list.index(of: list.targets[job.target].account) else { return }
        list.accounts[index].anomalies[.emptied, default: 0] += 1
    }

    /// Each answer's oddities are counted; in the log they stand when they are new, since some come with every answer.
    private func noteOddities(_ job: PollJob, _ reading: Reading) {
        let kinds = Set(reading.anomalies.keys)
        let new = kinds.subtracting(oddities[job.target] ?? [])
        oddities[job.target] = kinds
        guard !new.isEmpty else { return }
        let counts = new.sorted { $0.rawValue < $1.rawValue }.map { "\($0.rawValue): \(reading.anomalies[$0] ?? 0)" }
        log(.warning, job, "The answer is odd, and used all the same.", ["found": "\(counts.joined(separator: ", "))"])
    }

    private func fail(_ job: PollJob, _ failure: ReadingFailure, at uptime: Duration) {
        let failures = failures(of: job) + 1
        let backoff = Backoff(after: failure, spacing: source.spacing)
        var wait = backoff.wait(failures: failures, chance: environment.chance(), atLeast: failure.retryAfter)
        if failure.isMended, failures == 1 {
            wait = .zero
        } else if let streak = streak(failure, of: job.target) {
            let pause = backoff.wait(failures: streak, chance: environment.chance(), atLeast: failure.retryAfter)
            notBefore = max(notBefore, uptime + pause)
            wait = max(wait, pause)
        }
        attempt(job, failedAt: uptime, wait: wait, narrows: failure.reason == .malformed || failure.reason == .rejected)
        if job.kind == .current {
            // A bad table of today says nothing of other days; an app that cannot be asked at all does.
            list.days[job.target].canBeAsked = failure.reason == .malformed
            list.statuses[job.target].failure = failure
        }
        let level: Logger.Level = failure.advice == nil || failure.isMended ? .warning : .error
        log(
            level,
            job,
            "\(failure)",
            ["outcome": "\(failure.reason.rawValue)", "retry_in": "\(wait.wholeMilliseconds / 1000)s"]
        )
    }

    private func failures(of job: PollJob) -> Int {
        job.days.compactMap { list.days[job.target].attempts[$0]?.failures }.max() ?? 0
    }

    /// How many failures in a row the whole budget has to wait for; `nil` when it need not wait.
    ///
    /// One app that cannot be read must not hold up the others, which keep having success in between. Once two apps fail
    /// without one, it is the account or its endpoint.
    private func streak(_ failure: ReadingFailure, of target: Int) -> Int? {
        guard failure.scope != .app else { return nil }
        failuresInARow += 1
        failing.insert(target)
        return failure.scope == .account || failing.count > 1 ? failuresInARow : nil
    }

    /// Notes a failed attempt. When it `narrows`, fewer days are asked for next time: one of them may be what the answer, or
    /// the provider, stumbles over.
    private func attempt(_ job: PollJob, failedAt uptime: Duration, wait: Duration, narrows: Bool = false) {
        let failures = failures(of: job) + 1
        for day in job.days {
            let span = narrows ? max(1, job.days.count / 2) : list.days[job.target].attempts[day]?.span
            list.days[job.target].attempts[day] =
                TargetDays.Attempt(at: uptime, failures: failures, notBefore: uptime + wait, span: span)
        }
    }

    private func log(_ level: Logger.Level, _ job: PollJob, _ message: String, _ more: Logger.Metadata) {
        let target = list.targets[job.target]
        let place: Logger.Metadata = [
            "provider": "\(target.app.provider.rawValue)", "account": "\(target.account)", "app": "\(target.app.app)",
            "source": "\(source.name)", "day": "\(job)",
        ]
        logger.log(level: level, "\(message)", metadata: place.merging(more) { $1 })
    }
}
