import TestSupport
import Usage
import UsagePolling

/// The real plan and limiter of all budgets of some accounts, played under virtual time: one event after the other, without
/// tasks, so that days pass in seconds, and in the same way each time.
struct PlanSimulation {
    /// The wall clock and the uptime at which a simulation begins: a Monday at nine in Beijing.
    static let beginning = UsageDay(number: 20_759, zone: .beijing).start + .seconds(9 * 3600)
    static let firstUptime = Duration.seconds(100)

    private let weather: AnswerWeather
    private let samplesEach: Duration
    private var random: SeededGenerator
    private var queue = EventQueue()
    private var circuits: [EndpointCircuit]
    private var uptime = Self.firstUptime
    /// How far the machine's wall clock is off.
    private var clockError = Duration.zero
    private var callNumber = 0
    /// The calls that a restart cut off before they had arrived.
    private var lost: Set<Int> = []

    var budgets: [SimulatedBudget] = []
    /// Who else calls with the first budget's key. Where there is such a tool, the provider refuses calls.
    var otherTool: SimulatedOtherTool?
    private(set) var rate = CallsPerSecond()
    private(set) var starts = [Self.firstUptime]
    private(set) var clockSteps: [Duration] = []
    /// How often a plan told to wait for no time at all, which would be a busy loop.
    private(set) var emptyWaits = 0
    /// Called at each sample.
    var onSample: (inout PlanSimulation) -> Void = { _ in }

    init(
        _ accounts: [SimulatedAccount],
        weather: AnswerWeather,
        seed: UInt64,
        samplesEach: Duration = .seconds(300)
    ) {
        self.weather = weather
        self.samplesEach = samplesEach
        random = SeededGenerator(seed: seed)
        circuits = accounts.map { _ in EndpointCircuit() }
        for (number, account) in accounts.enumerated() {
            for (place, source) in account.sources.enumerated() {
                budgets.append(SimulatedBudget(source, of: account, number: number, at: uptime))
                guard place == 1 else { continue }
                let last = budgets.count - 1
                budgets[last].guide = last - 1
                budgets[last - 1].guided = last
            }
        }
    }

    // MARK: Time

    /// The time that has passed since the beginning.
    var elapsed: Duration { uptime - Self.firstUptime }
    /// The true time.
    var truth: UnixTime { Self.beginning + elapsed }
    private var now: PollPlanner.Moment { PollPlanner.Moment(wall: truth + clockError, uptime: uptime) }

    /// Has something happen after so much time since the beginning.
    mutating func schedule(_ event: SimulationEvent, after time: Duration) {
        queue.add(event, at: Self.firstUptime + time)
    }

    /// Plays from the first start on.
    mutating func run(for duration: Duration) {
        let end = Self.firstUptime + duration
        startAll()
        queue.add(.sample, at: uptime)
        while let next = queue.next(before: end) {
            uptime = next.uptime
            happen(next.event)
        }
        uptime = end
        for index in budgets.indices { budgets[index].ages.finish(at: end) }
    }

    private mutating func happen(_ event: SimulationEvent) {
        switch event {
        case .step(let budget, let edition):
            guard budgets[budget].timer.edition == edition else { return }
            step(budget)
        case .arrival(let budget, let call): arrive(budget, call)
        case .answer(let budget, let call): answer(budget, call)
        case .otherTool(let budget): callByOtherTool(budget)
        case .restart: restart()
        case .clockStep(let step):
            clockError += step
            clockSteps.append(uptime)
        case .sample:
            sample()
            onSample(&self)
            queue.add(.sample, at: uptime + samplesEach)
        }
    }

    private mutating func sample() {
        for index in budgets.indices {
            let intervals = budgets[index].plan.plannedIntervals(at: now)
            budgets[index].ages.note(told: intervals)
        }
    }

    // MARK: The process

    private mutating func restart() {
        for budget in budgets {
            let onTheWay = budget.pending.filter { $0.value.arrives > uptime }.keys.sorted()
            for call in onTheWay where random.chance() < 0.5 { lost.insert(call) }
        }
        circuits = circuits.map { _ in EndpointCircuit() }
        starts.append(uptime)
        startAll()
        sample()
    }

    private mutating func startAll() {
        for index in budgets.indices {
            let uses = budgets[index].guide.map { budgets[$0].uses }
            budgets[index].start(at: now, uptime: uptime, usesOfGuide: uses)
        }
        for index in budgets.indices { step(index) }
    }

    // MARK: Steps

    /// Does what the poll loop does until there is something to wait for.
    private mutating func step(_ budget: Int) {
        while true {
            let now = now
            switch budgets[budget].plan.next(at: now) {
            case .wait(let wait):
                // Where the limiter holds a call up, the plan does not get so far as to look at the calls under way.
                if wait == .seconds(60), budgets[budget].isFull { budgets[budget].use.holdUp() }
                if wait <= .zero { emptyWaits += 1 }
                return wake(budget, at: uptime + max(wait, .milliseconds(1)))
            case .call(let job):
                switch circuits[budgets[budget].account].admission(at: uptime) {
                case .wait(let until):
                    budgets[budget].use.holdUp()
                    return wake(budget, at: max(until, uptime + .milliseconds(1)))
                case .call(let pass): call(job, by: budget, pass, at: now)
                }
            }
        }
    }

    private mutating func wake(_ budget: Int, at moment: Duration) {
        let timer = budgets[budget].timer
        guard timer.uptime != moment || timer.uptime <= uptime else { return }
        budgets[budget].timer = (moment, timer.edition + 1)
        queue.add(.step(budget: budget, edition: timer.edition + 1), at: moment)
    }

    private mutating func call(_ job: PollJob, by budget: Int, _ pass: EndpointCircuit.Pass, at now: PollPlanner.Moment)
    {
        let call = budgets[budget].begin(job, at: now, uptime: uptime)
        let askedAt = truth + clockError
        guard let window = job.window(at: askedAt) else { return budgets[budget].plan.end(call, at: now) }
        let way = weather.way(using: &random)
        callNumber += 1
        rate.note(at: uptime)
        budgets[budget].pending[callNumber] = SimulatedBudget.Pending(
            call: call,
            pass: pass,
            window: window,
            askedAt: askedAt,
            arrives: uptime + way.arrives,
            failure: way.failure
        )
        queue.add(.arrival(budget: budget, call: callNumber), at: uptime + way.arrives)
        queue.add(.answer(budget: budget, call: callNumber), at: uptime + way.takes)
    }

    // MARK: The provider

    private mutating func arrive(_ budget: Int, _ call: Int) {
        guard lost.remove(call) == nil else { return }
        let refuses = otherTool != nil && budget == 0
        let fits = budgets[budget].arrivals.note(at: uptime, refuses: refuses)
        guard !fits, refuses else { return }
        budgets[budget].pending[call]?.failure = ReadingFailure(.throttled, "The simulated provider allows no more.")
    }

    private mutating func callByOtherTool(_ budget: Int) {
        guard let tool = otherTool, elapsed < tool.to else { return }
        otherTool?.calls += 1
        if !budgets[budget].arrivals.note(at: uptime, refuses: true) { otherTool?.refused += 1 }
        queue.add(.otherTool(budget: budget), at: uptime + tool.interval * (0.5 + random.chance()))
    }

    // MARK: Answers

    private mutating func answer(_ budget: Int, _ call: Int) {
        // Whoever made a call before a restart is not there to be told.
        guard let pending = budgets[budget].pending.removeValue(forKey: call) else { return }
        tell(pending, of: budget)
        if let failure = pending.failure {
            budgets[budget].fail(pending, failure, at: now, chance: random.chance())
        } else {
            let asked = Self.beginning + (pending.call.startedAt - Self.firstUptime)
            budgets[budget].succeed(pending, truth: asked, at: now, uptime: uptime)
            tellGuided(by: budget, of: pending.call.job.target)
        }
        budgets[budget].plan.end(pending.call, at: now)
        step(budget)
    }

    /// Tells the circuit, and those who wait for it.
    private mutating func tell(_ pending: SimulatedBudget.Pending, of budget: Int) {
        let account = budgets[budget].account
        let probe = circuits[account].nextProbe
        if let failure = pending.failure, [.unavailable, .timeout].contains(failure.reason) {
            let target = "\(budgets[budget].source.name) \(pending.call.job.target)"
            pending.pass.failed(target: target, at: uptime, chance: random.chance())
        } else {
            pending.pass.succeeded()
        }
        guard circuits[account].nextProbe != probe else { return }
        for other in budgets.indices where other != budget && budgets[other].account == account { step(other) }
    }

    /// Passes what a cheap source told of an app's use on to the dear one.
    private mutating func tellGuided(by budget: Int, of target: Int) {
        guard let guided = budgets[budget].guided else { return }
        let use = budgets[budget].uses[target]
        budgets[guided].plan.note(use, of: target, at: now)
        step(guided)
    }

    // MARK: Figures

    /// The uptimes of all midnights that came, in the zones of all sources.
    func midnights() -> [Duration] {
        Set(budgets.map(\.source.zone)).flatMap { zone in
            let (first, last) = (
                UsageDay(containing: Self.beginning, zone: zone), UsageDay(containing: truth, zone: zone)
            )
            return (first.number..<last.number).map {
                UsageDay(number: $0, zone: zone).end - Self.beginning + Self.firstUptime
            }
        }
    }
}
