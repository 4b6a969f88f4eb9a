public import Logging
public import Usage

/// Polls all apps that share one budget of calls: one key, one API.
///
/// The actor's one job is to carry out a ``BudgetPlan`` and to tell how it goes. Calls overlap when answers take longer than
/// the spacing.
public actor BudgetPoller {
    /// What the poller works with.
    public struct Environment: Sendable {
        /// Where readings go.
        public let store: any ReadingStore
        /// The clocks.
        public let clock: PollClock
        /// What all budgets know of the use of apps.
        public let activity: AppActivity
        /// From 0 to 1, different each time: spreads waits.
        public let chance: @Sendable () -> Double
        /// Called after each attempt, with the app whose figures or status may have changed.
        public let onChange: @Sendable (AppKey) -> Void

        /// What a poller works with.
        public init(
            store: any ReadingStore,
            clock: PollClock,
            activity: AppActivity,
            chance: @escaping @Sendable () -> Double,
            onChange: @escaping @Sendable (AppKey) -> Void
        ) {
            self.store = store
            self.clock = clock
            self.activity = activity
            self.chance = chance
            self.onChange = onChange
        }
    }

    /// Clocks that differ by less choose the same days, but for some minutes around midnight.
    private static let clockMistake = Duration.seconds(300)

    private let environment: Environment
    private let memory: ThrottleMemory?
    private var circuit: EndpointCircuit
    private var circuitListening: EndpointCircuit.Listening
    private let logger: Logger
    private let alarm = Alarm()
    private let news = UseNews()
    private let sent = SentCalls()

    private var plan: BudgetPlan
    private var list = TargetList()
    private var providerClock = ProviderClock()
    private var clockIsOff = false
    private var durations = CallDurations()

    private var source: UsageSource { plan.source }
    private var clock: PollClock { environment.clock }

    /// A poller without apps: those come by ``poll(_:of:)``.
    ///
    /// - Parameters:
    ///   - planner: Decides what is called next.
    ///   - waitsFirst: Whether the first call waits a whole spacing, because an earlier process may just have called.
    ///   - environment: What it works with.
    ///   - circuit: Whether the endpoint is alive; shared by all who call it.
    ///   - memory: Keeps what is known of throttling beyond the end of the process; `nil` to begin at the full rate.
    ///   - logger: Told of each failure, and of each success at level debug.
    public init(
        planner: PollPlanner,
        waitsFirst: Bool,
        environment: Environment,
        circuit: EndpointCircuit,
        memory: ThrottleMemory?,
        logger: Logger
    ) {
        self.environment = environment
        self.circuit = circuit
        self.memory = memory
        self.logger = logger
        let (source, uptime) = (planner.source, environment.clock.uptime())
        // Many budgets begin at once: their first calls are spread, so that they do not stay in step.
        let spread = min(source.spacing, .seconds(1)) * environment.chance()
        let wait = waitsFirst ? CallSpacing.firstWait(spacing: source.spacing) + spread : .zero
        plan = BudgetPlan(planner: planner, firstStart: uptime + wait)
        let (alarm, news) = (alarm, news)
        circuitListening = circuit.onChange { alarm.ring() }
        environment.activity.listen { app, source, tellsMore in
            if news.note(app, by: source), tellsMore { alarm.ring() }
        }
    }

    /// Makes these the polled apps of an account: new ones are added with what the store knows of them, without which days
    /// would be asked for again that are known; those that are missing are polled no more. Those that are known have the
    /// readers that come with them from the next call on.
    ///
    /// - Throws: When the store cannot be read. What is polled already is polled on, and the next call adds the others.
    public func poll(_ wanted: [PollTarget], of account: String) async throws {
        defer { alarm.ring() }
        let places = list.places(of: account)
        let apps = Set(wanted.map(\.app))
        for (app, index) in places where !apps.contains(app) { remove(index) }
        for target in wanted {
            if let index = places[target.app] { restore(index, as: target) }
        }
        for target in wanted where places[target.app] == nil {
            try await add(target)
        }
    }

    /// Goes by another plan from now on: another wish, or other properties of the same source. What was called, what failed
    /// and what is under way stays known.
    ///
    /// Days in another zone are other days: then no app is polled until ``poll(_:of:)`` names it again.
    ///
    /// - Parameters:
    ///   - planner: Decides what is called next.
    ///   - circuit: Whether the endpoint is alive that is called from now on.
    /// - Throws: When the store cannot be read, of which more is wanted; the plan is then the one before.
    public func adopt(_ planner: PollPlanner, circuit: EndpointCircuit) async throws {
        let (isOtherZone, now) = (planner.source.zone != source.zone, moment().wall)
        var older: [Int: [RecordedDay]] = [:]
        if !isOtherZone, planner.firstDay(at: now) < plan.planner.firstDay(at: now) {
            for index in list.known { older[index] = try await recordedDays(of: list.targets[index].app, by: planner) }
        }
        plan.adopt(planner)
        for (index, recorded) in older {
            plan.change(index, at: moment()) { days in
                for day in recorded where days.recorded[day.day.number] == nil { days.recorded[day.day.number] = day }
            }
        }
        if isOtherZone {
            for index in list.known {
                remove(index)
                environment.activity.forget(list.targets[index].app, from: source.name)
            }
            list.forgetAll()
        }
        for index in list.statuses.indices { list.statuses[index].wantedInterval = planner.settings.interval }
        if circuit !== self.circuit { use(circuit) }
        alarm.ring()
    }

    private func use(_ circuit: EndpointCircuit) {
        self.circuit = circuit
        circuitListening = circuit.onChange { [alarm] in alarm.ring() }
    }

    /// Learns anew what the store knows, after it has lost some of that: what is missing is asked for again.
    ///
    /// - Throws: When the store cannot be read.
    public func relearn() async throws {
        for index in list.known { try await relearn(index) }
        alarm.ring()
    }

    private func relearn(_ index: Int) async throws {
        let app = list.targets[index].app
        let recorded = try await recordedDays(of: app, by: plan.planner)
        environment.activity.forget(app, from: source.name)
        note(recorded, of: app)
        plan.change(index, at: moment()) { days in
            days.recorded = Dictionary(recorded.map { ($0.day.number, $0) }) { $1 }
        }
    }

    /// Ends all waits after failures: keys were renewed, say.
    public func retryNow() {
        plan.retryNow()
        circuit.retryNow(at: clock.uptime())
        alarm.ring()
    }

    /// Polls until the task is cancelled.
    public func run() async {
        await resume()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                switch nextStep() {
                case .call(let call, let pass): group.addTask { await self.perform(call, pass) }
                case .wait(let duration):
                    let sleep = clock.sleep
                    await alarm.wait { try await sleep(duration) }
                }
            }
        }
    }

    /// What the budget does and did.
    public func status() -> BudgetStatus {
        let now = moment()
        let (wall, intervals) = (clock.now(), plan.plannedIntervals(at: now))
        let probe = circuit.nextProbe ?? now.uptime
        var told = list.statuses
        for index in told.indices {
            told[index].nextCall = wall + (max(plan.nextStart(of: index, at: now), probe) - now.uptime)
            told[index].plannedInterval = intervals[index]
        }
        let polled = zip(told, plan.targets).filter { !$1.isRemoved }.map(\.0)
        return BudgetStatus(
            source: source,
            minInterval: plan.currentSpacing,
            accounts: list.accounts,
            targets: polled,
            durations: durations
        )
    }

    /// What waits to be called, by account.
    public func queues() -> [CallQueue] {
        var waiting = list.accounts.map { _ in 0 }
        for (target, calls) in zip(list.targets, plan.callsDue(at: moment())) where calls > 0 {
            if let index = list.index(of: target.account) { waiting[index] += calls }
        }
        return zip(list.accounts, waiting).map { CallQueue(source: source, account: $0.account, waiting: $1) }
    }

    // MARK: Apps

    private func add(_ target: PollTarget) async throws {
        let recorded = try await recordedDays(of: target.app, by: plan.planner)
        // Another call may have added it meanwhile.
        if let index = list.places(of: target.account)[target.app] { return restore(index, as: target) }
        note(recorded, of: target.app)
        var days = TargetDays()
        days.recorded = Dictionary(recorded.map { ($0.day.number, $0) }) { $1 }
        // What could be asked before can be asked until it fails.
        days.canBeAsked = !recorded.isEmpty
        days.isGuided = target.guide != nil
        (days.use, days.ownUse) = use(of: target)
        let index = plan.add(days)
        list.add(target, planner: plan.planner)
        list.statuses[index].lastSuccess = recorded.map(\.askedAt).max()
    }

    private func remove(_ index: Int) {
        plan.change(index, at: moment()) { $0.isRemoved = true }
        // It may just have moved to another account.
        let app = list.targets[index].app
        let isPolled = list.known.contains { list.targets[$0].app == app && !plan.targets[$0].isRemoved }
        if !isPolled { news.forget(app) }
    }

    private func restore(_ index: Int, as target: PollTarget) {
        list.replace(index, by: target)
        let use = use(of: target)
        plan.change(index, at: moment()) { days in
            days.isRemoved = false
            days.isGuided = target.guide != nil
            (days.use, days.ownUse) = use
        }
    }

    private func recordedDays(of app: AppKey, by planner: PollPlanner) async throws -> [RecordedDay] {
        let first = planner.firstDay(at: moment().wall)
        return try await environment.store.recordedDays(of: app, from: planner.source, since: first)
    }

    // MARK: The use of apps

    private func note(_ days: [RecordedDay], of app: AppKey) {
        environment.activity.note(days, of: app, from: source.name)
    }

    /// What is known of an app's use: by the one that tells it, and by this source itself where that is another one.
    private func use(of target: PollTarget) -> (told: AppUse?, own: AppUse?) {
        let own = environment.activity.use(of: target.app, by: source.name)
        guard let guide = target.guide else { return (own, nil) }
        news.expect(target.app, by: guide.name)
        return (environment.activity.use(of: target.app, by: guide.name), own)
    }

    /// Takes in what other sources told of apps since the last step.
    private func takeNews(at now: PollPlanner.Moment) {
        let apps = news.take()
        guard !apps.isEmpty else { return }
        for index in list.known where apps.contains(list.targets[index].app) {
            let use = use(of: list.targets[index])
            plan.note(use.told, own: use.own, of: index, at: now)
        }
    }

    // MARK: One step

    private func moment() -> PollPlanner.Moment {
        let uptime = clock.uptime()
        return PollPlanner.Moment(wall: providerClock.now(wall: clock.now(), uptime: uptime), uptime: uptime)
    }

    private enum Step {
        case call(BudgetPlan.Call, EndpointCircuit.Pass)
        case wait(Duration)
    }

    private func nextStep() -> Step {
        let now = moment()
        takeNews(at: now)
        for call in sent.take() { plan.sent(callStartedAt: call.start, at: call.at) }
        switch plan.next(at: now) {
        case .wait(let duration): return .wait(duration)
        case .call(let job):
            switch circuit.admission(at: now.uptime) {
            case .wait(let until): return .wait(until - now.uptime)
            case .call(let pass): return .call(plan.begin(job, at: now), pass)
            }
        }
    }

    private func perform(_ call: BudgetPlan.Call, _ pass: EndpointCircuit.Pass) async {
        let (job, target) = (call.job, list.targets[call.job.target])
        let asked = moment().wall
        guard let window = job.window(at: asked) else { return release(call) }
        let onSent: @Sendable () -> Void = { [sent, clock] in
            sent.note(SentCalls.Sent(start: call.startedAt, at: clock.uptime()))
        }
        let answer = await CallProgress.$onSent.withValue(onSent) {
            await target.reader.read(app: target.app.app, window: window, now: asked)
        }
        let duration = clock.uptime() - call.startedAt
        guard !Task.isCancelled else { return }
        note(answer, of: target, took: duration)
        pass.tell(answer, target: "\(source.name) \(target.app)", at: clock.uptime(), chance: environment.chance())
        // What is told of an app is how its running day does: other days neither hide its failures nor add to them.
        if job.asksForRunningDay { list.statuses[job.target].lastAttempt = asked }
        switch answer.result {
        case .success where wasAskedByWrongClock(asked, took: duration): askAgain(job)
        case .success(let reading):
            // By the source that was asked: its zone need not be that of the plan any more.
            await record(reading, from: target.reader.source, call, trustingClock: answer.providerTime != nil)
        case .failure(let failure): await fail(call, failure)
        }
        release(call)
        environment.onChange(target.app)
    }

    private func release(_ call: BudgetPlan.Call) {
        plan.end(call, at: moment())
        alarm.ring()
    }

    // MARK: What came of it

    private func note(_ answer: ReadingAnswer, of target: PollTarget, took duration: Duration) {
        guard let index = list.index(of: target.account) else { return }
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

    private func askAgain(_ job: PollJob) {
        log(.warning, job, "The reading was asked by a wrong clock, and is asked for again by the provider's.", [:])
        plan.postpone(job, by: .zero, at: moment())
    }

    /// Readings from a time that has not come were asked by a wrong clock, in this run or an earlier one. They must not stand
    /// against true ones until that time comes.
    private func distrustTheFuture(of target: Int, now: UnixTime) async throws {
        let later = plan.targets[target].recorded.values.contains { $0.askedAt > now + Self.clockMistake }
        guard later else { return }
        let app = list.targets[target].app
        try await environment.store.distrustReadings(of: app, from: source, askedAfter: now)
        try await relearn(target)
        list.statuses[target].lastSuccess = nil
        logger.warning(
            "Readings of the app were asked by a clock that was ahead: they are replaced by new ones.",
            metadata: ["provider": "\(source.provider.rawValue)", "app": "\(app.app)", "source": "\(source.name)"]
        )
    }

    private func record(
        _ reading: Reading,
        from asked: UsageSource,
        _ call: BudgetPlan.Call,
        trustingClock: Bool
    ) async {
        do {
            if trustingClock { try await distrustTheFuture(of: call.job.target, now: reading.askedAt) }
            let recorded = try await environment.store.record(reading, from: asked)
            await succeed(call, reading, recorded)
        } catch {
            guard !Task.isCancelled else { return }
            log(.error, call.job, "The reading cannot be recorded and will be asked for again.", ["error": "\(error)"])
            plan.postpone(call.job, by: plan.planner.settings.interval, at: moment())
            guard call.job.asksForRunningDay else { return }
            list.statuses[call.job.target].failure = ReadingFailure(.unavailable, "\(error)")
        }
    }

    private func succeed(_ call: BudgetPlan.Call, _ reading: Reading, _ recorded: [RecordedDay]) async {
        let (job, target) = (call.job, list.targets[call.job.target])
        let fraction = plan.throttling.fraction
        note(recorded, of: target.app)
        let use = use(of: target)
        plan.note(use.told, own: use.own, of: job.target, at: moment())
        plan.succeed(call, recorded, at: moment())
        if job.asksForRunningDay { succeedNow(job, reading) }
        if recorded.contains(where: \.awaitsSecondEmpty) { noteEmptied(job) }
        noteOddities(job, reading)
        log(
            .debug,
            job,
            "The app was read.",
            ["seconds": "\(reading.total.total)", "days_told": "\(reading.days.count)"]
        )
        if plan.throttling.fraction != fraction { await remember() }
    }

    private func succeedNow(_ job: PollJob, _ reading: Reading) {
        if list.statuses[job.target].failure != nil { log(.info, job, "The app can be read again.", [:]) }
        list.statuses[job.target].failure = nil
        list.statuses[job.target].lastSuccess = max(
            list.statuses[job.target].lastSuccess ?? reading.askedAt,
            reading.askedAt
        )
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
        let new = kinds.subtracting(list.oddities[job.target])
        list.oddities[job.target] = kinds
        guard !new.isEmpty else { return }
        let counts = new.sorted { $0.rawValue < $1.rawValue }.map { "\($0.rawValue): \(reading.anomalies[$0] ?? 0)" }
        log(.warning, job, "The answer is odd, and used all the same.", ["found": "\(counts.joined(separator: ", "))"])
    }

    private func fail(_ call: BudgetPlan.Call, _ failure: ReadingFailure) async {
        let job = call.job
        let spacing = plan.currentSpacing
        let wait = plan.fail(call, failure, at: moment(), chance: environment.chance)
        if job.asksForRunningDay { list.statuses[job.target].failure = failure }
        var more: Logger.Metadata = [
            "outcome": "\(failure.reason.rawValue)", "retry_in": "\(wait.wholeMilliseconds / 1000)s",
        ]
        if plan.currentSpacing > spacing { more["spacing"] = "\(plan.currentSpacing.inSeconds)s" }
        log(failure.advice == nil || failure.isMended ? .warning : .error, job, "\(failure)", more)
        if failure.reason == .throttled || plan.throttling.pausedUntil > clock.uptime() { await remember() }
    }

    // MARK: Throttling beyond the end of the process

    private func resume() async {
        guard let memory else { return }
        do {
            guard let known = try await memory.throttling(at: clock.now()) else { return }
            plan.resume(fraction: known.fraction, pause: known.pause, at: clock.uptime())
            guard known.pause > .zero || known.fraction < 1 else { return }
            logger.warning(
                "The provider has throttled this budget: it goes on as slowly as before the start.",
                metadata: [
                    "provider": "\(source.provider.rawValue)", "source": "\(source.name)",
                    "spacing": "\(plan.currentSpacing.inSeconds)s", "waits": "\(known.pause.wholeMilliseconds / 1000)s",
                ]
            )
        } catch {
            logger.warning("What is known of throttling cannot be read.", metadata: ["error": "\(error)"])
        }
    }

    private func remember() async {
        guard let memory else { return }
        let throttling = plan.throttling
        do {
            // By the machine's clock, right or wrong: a process that starts knows no other.
            let pause = throttling.pausedUntil - clock.uptime()
            try await memory.keep(throttling.fraction, pause: pause, at: clock.now())
        } catch {
            logger.warning("What is known of throttling cannot be kept.", metadata: ["error": "\(error)"])
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
