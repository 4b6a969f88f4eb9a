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

    /// More calls at once are never needed, and a provider that does not answer must not collect them.
    private static let mostInFlight = 16

    private let targets: [PollTarget]
    private let planner: PollPlanner
    private let environment: Environment
    private let logger: Logger

    private var spacing: CallSpacing
    private var days: [TargetDays]
    private var statuses: [TargetStatus]
    private var accounts: [AccountStatus]
    private var durations = CallDurations()
    private var turn = 0
    private var inFlight = 0
    private var failuresInARow = 0
    /// The targets that failed since the last success.
    private var failing: Set<Int> = []
    private var notBefore = Duration.zero
    private var sleeper: Task<Void, Never>?

    private var source: UsageSource { planner.source }
    private var clock: PollClock { environment.clock }

    /// - Parameters:
    ///   - targets: The apps, at least one, in the order in which they take turns.
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
        self.targets = targets
        self.planner = planner
        self.environment = environment
        self.logger = logger
        let source = planner.source
        let uptime = environment.clock.uptime()
        spacing = CallSpacing(spacing: source.spacing, firstStart: waitsFirst ? uptime + source.spacing : uptime)
        days = targets.map { _ in TargetDays() }
        let planned = planner.plannedInterval(targets: targets.count, spacing: source.spacing)
        statuses = targets.map { target in
            TargetStatus(
                account: target.account,
                app: target.app,
                source: source.name,
                wantedInterval: planner.settings.interval,
                plannedInterval: planned
            )
        }
        accounts = []
        for target in targets where !accounts.contains(where: { $0.account == target.account }) {
            accounts.append(AccountStatus(account: target.account))
        }
    }

    /// Loads what the store knows, without which days would be asked for again that are known.
    public func load() async throws {
        let first = planner.firstDay(at: clock.now())
        for index in targets.indices {
            let recorded = try await environment.store.recordedDays(of: targets[index].app, from: source, since: first)
            days[index].recorded = Dictionary(recorded.map { ($0.day.number, $0) }) { $1 }
            statuses[index].lastSuccess = recorded.map(\.askedAt).max()
        }
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
        var targets = statuses
        for index in targets.indices {
            let due = max(planner.nextCurrent(of: days[index], at: now), spacing.nextStart, notBefore, now.uptime)
            targets[index].nextCall = now.wall + (due - now.uptime)
        }
        return BudgetStatus(
            source: source,
            minInterval: source.spacing,
            jobsWaiting: planner.countDue(days, at: now),
            accounts: accounts,
            targets: targets,
            durations: durations
        )
    }

    // MARK: One step

    private func moment() -> PollPlanner.Moment {
        PollPlanner.Moment(wall: clock.now(), uptime: clock.uptime())
    }

    private func nextStep() -> PollPlanner.Decision {
        let now = moment()
        let earliest = max(spacing.nextStart, notBefore)
        guard now.uptime >= earliest else { return .wait(earliest - now.uptime) }
        guard inFlight < Self.mostInFlight else { return .wait(.seconds(60)) }
        return planner.decide(days, at: now, turn: turn)
    }

    private func begin(_ job: PollJob) -> Duration {
        let start = clock.uptime()
        spacing.start(at: start)
        turn += 1
        inFlight += 1
        days[job.target].inFlight.insert(job.day.number)
        return start
    }

    private func perform(_ job: PollJob, startedAt start: Duration) async {
        let target = targets[job.target]
        let asked = clock.now()
        guard let window = window(of: job, at: asked) else { return release(job, startedAt: start) }
        let answer = await target.reader.read(app: target.app.app, window: window, now: asked)
        let end = clock.uptime()
        guard !Task.isCancelled else { return }
        note(answer, of: target.account, askedAt: asked, took: end - start)
        // What is told of an app is how its running day does: other days neither hide its failures nor add to them.
        if job.kind == .current { statuses[job.target].lastAttempt = asked }
        switch answer.result {
        case .success(let reading): await record(reading, job)
        case .failure(let failure): fail(job, failure, at: end)
        }
        release(job, startedAt: start)
        environment.onChange(target.app)
    }

    /// The clock may have been set back between the decision and the call.
    private func window(of job: PollJob, at now: UnixTime) -> UsageWindow? {
        job.day.end <= now ? UsageWindow(day: job.day) : UsageWindow(day: job.day, through: now)
    }

    private func release(_ job: PollJob, startedAt start: Duration) {
        inFlight -= 1
        days[job.target].inFlight.remove(job.day.number)
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

    private func note(
        _ answer: ReadingAnswer,
        of account: String,
        askedAt asked: UnixTime,
        took duration: Duration
    ) {
        durations.observe(duration)
        guard let index = accounts.firstIndex(where: { $0.account == account }) else { return }
        switch answer.result {
        case .success(let reading):
            accounts[index].succeeded += 1
            accounts[index].anomalies.merge(reading.anomalies, uniquingKeysWith: +)
        case .failure(let failure):
            accounts[index].failed[failure.reason, default: 0] += 1
        }
        if let time = answer.providerTime {
            accounts[index].clockOffset = Self.clockOffset(time, askedAt: asked, answeredAt: clock.now())
        }
    }

    /// The least difference that explains a header, which was written at some moment of the call and is cut to a second.
    private static func clockOffset(_ time: UnixTime, askedAt: UnixTime, answeredAt: UnixTime) -> Duration {
        let (least, most) = (time - answeredAt, time + .seconds(1) - askedAt)
        return least > .zero ? least : most < .zero ? most : .zero
    }

    private func record(_ reading: Reading, _ job: PollJob) async {
        do {
            let recorded = try await environment.store.record(reading, from: source)
            succeed(job, reading, recorded)
        } catch {
            guard !Task.isCancelled else { return }
            log(.error, job, "The reading cannot be recorded and will be asked for again.", ["error": "\(error)"])
            attempt(job, failedAt: clock.uptime(), wait: planner.settings.interval)
            if job.kind == .current { statuses[job.target].failure = ReadingFailure(.unavailable, "\(error)") }
        }
    }

    private func succeed(_ job: PollJob, _ reading: Reading, _ recorded: RecordedDay) {
        // `notBefore` stays: it is over, unless this call began before the failure that set it.
        failuresInARow = 0
        failing = []
        days[job.target].recorded[job.day.number] = recorded
        days[job.target].attempts[job.day.number] = TargetDays.Attempt(
            at: clock.uptime(),
            failures: 0,
            notBefore: .zero
        )
        if job.kind == .current { succeedNow(job, reading) }
        if recorded.awaitsSecondEmpty { noteEmptied(job) }
        log(.debug, job, "The app was read.", ["seconds": "\(reading.total.total)", "rooms": "\(reading.rooms.count)"])
    }

    private func succeedNow(_ job: PollJob, _ reading: Reading) {
        if statuses[job.target].failure != nil { log(.info, job, "The app can be read again.", [:]) }
        statuses[job.target].failure = nil
        statuses[job.target].lastSuccess = max(statuses[job.target].lastSuccess ?? reading.askedAt, reading.askedAt)
        days[job.target].canBeAsked = true
        days[job.target].forget(before: planner.firstDay(at: clock.now()).number)
    }

    private func noteEmptied(_ job: PollJob) {
        log(
            .warning,
            job,
            "An empty answer came after one with usage: the figures stay until a second one agrees.",
            [:]
        )
        guard let index = accounts.firstIndex(where: { $0.account == targets[job.target].account }) else { return }
        accounts[index].anomalies[.emptied, default: 0] += 1
    }

    private func fail(_ job: PollJob, _ failure: ReadingFailure, at uptime: Duration) {
        let failures = (days[job.target].attempts[job.day.number]?.failures ?? 0) + 1
        let backoff = Backoff(after: failure.reason, spacing: source.spacing)
        var wait = backoff.wait(failures: failures, chance: environment.chance(), atLeast: failure.retryAfter)
        if let streak = streak(failure, of: job.target) {
            let pause = backoff.wait(failures: streak, chance: environment.chance(), atLeast: failure.retryAfter)
            notBefore = max(notBefore, uptime + pause)
            wait = max(wait, pause)
        }
        attempt(job, failedAt: uptime, wait: wait)
        if job.kind == .current {
            // A bad table of today says nothing of other days; an app that cannot be asked at all does.
            days[job.target].canBeAsked = failure.reason == .malformed
            statuses[job.target].failure = failure
        }
        let level: Logger.Level = failure.advice == nil ? .warning : .error
        log(
            level,
            job,
            "\(failure)",
            ["outcome": "\(failure.reason.rawValue)", "retry_in": "\(wait.wholeMilliseconds / 1000)s"]
        )
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

    private func attempt(_ job: PollJob, failedAt uptime: Duration, wait: Duration) {
        let failures = (days[job.target].attempts[job.day.number]?.failures ?? 0) + 1
        days[job.target].attempts[job.day.number] =
            TargetDays.Attempt(at: uptime, failures: failures, notBefore: uptime + wait)
    }

    private func log(_ level: Logger.Level, _ job: PollJob, _ message: String, _ more: Logger.Metadata) {
        let target = targets[job.target]
        let place: Logger.Metadata = [
            "provider": "\(target.app.provider.rawValue)", "account": "\(target.account)", "app": "\(target.app.app)",
            "source": "\(source.name)", "day": "\(job.day)",
        ]
        logger.log(level: level, "\(message)", metadata: place.merging(more) { $1 })
    }
}
