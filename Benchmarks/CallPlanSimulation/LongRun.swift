import Usage
import TestSupport

/// Days of all accounts, with failures, slow answers, restarts and a clock that is set forward and back by an hour.
package struct LongRun: Sendable {
    /// What came of all budgets of one source together.
    package struct SourceFigures: Sendable {
        /// The source's name.
        package var name: String
        /// The calls that were made, and those of them that failed.
        package var calls = 0, failures = 0
        /// The calls that arrived, and those of them that the provider allows only later.
        package var arrivals = 0, early = 0
        /// The use of the budget while work waits, from 0 to 1, over all its budgets; see ``BudgetUse``.
        package var use: Double?
        /// The least one by the sliding judge.
        package var worstUse: Double?
        /// The gaps between calls that the use was computed from, and those that a circuit or calls under way prolonged.
        package var gaps = 0, heldUp = 0
        /// The worst age of a reading of an app of which no two calls failed in a row.
        package var worstAge: AgeWatch.Gap?
        /// The worst age of one of which some did.
        package var worstFailingAge: AgeWatch.Gap?
        /// The ages beyond one and a half of what was told.
        package var longAges: [AgeWatch.Gap] = []
    }

    /// By source, in the order of the accounts.
    package private(set) var sources: [SourceFigures]
    /// How often a plan told to wait for no time, which would be a busy loop.
    package private(set) var emptyWaits: Int

    private let duration: Duration
    private let starts: [Duration]
    private let clockSteps: [Duration]
    private var midnights: Set<Duration>
    private var rate: CallsPerSecond

    /// Plays so many days of accounts.
    package init(of accounts: [SimulatedAccount], days: Int, seed: UInt64 = 1) {
        var simulation = PlanSimulation(accounts, weather: AnswerWeather(failures: 0.02), seed: seed)
        let duration = Duration.seconds(days * 86_400)
        var random = SeededGenerator(seed: Self.restarts)
        for _ in 0..<10 { simulation.schedule(.restart, after: duration * random.chance()) }
        simulation.schedule(.clockStep(.seconds(3600)), after: duration * 0.28)
        simulation.schedule(.clockStep(.seconds(-3600)), after: duration * 0.64)
        simulation.run(for: duration)
        self.init(simulation)
    }

    /// The same restarts for all, so that runs of some accounts each can be put together.
    private static let restarts: UInt64 = 2

    private init(_ simulation: PlanSimulation) {
        let names = simulation.budgets.map(\.source.name)
        let distinct = names.indices.filter { names.firstIndex(of: names[$0]) == $0 }.map { names[$0] }
        sources = distinct.map { name in
            SourceFigures(name, simulation.budgets.filter { $0.source.name == name })
        }
        emptyWaits = simulation.emptyWaits
        duration = simulation.elapsed
        starts = simulation.starts
        clockSteps = simulation.clockSteps
        midnights = Set(simulation.midnights())
        rate = simulation.rate
    }

    /// Both runs as one. Accounts have nothing in common, so that they may be played one by one.
    package func joined(with other: LongRun) -> LongRun {
        var both = self
        both.sources += other.sources
        both.emptyWaits += other.emptyWaits
        both.midnights.formUnion(other.midnights)
        both.rate.add(other.rate)
        return both
    }

    /// The mean of all calls per second. A peak is judged by this and not by other peaks, which a herd at another time (when a
    /// day is final for all apps, or at midnight by a clock that is off) would raise as well.
    package var mean: Double { rate.mean(over: duration) }
    /// How many restarts there were.
    package var restarts: Int { starts.count - 1 }
    /// Calls of all budgets together in the ten minutes after midnights.
    package var midnight: CallsPerSecond.Peak { rate.peak(after: Array(midnights)) }
    /// In those after the first start, when nothing is known.
    package var firstStart: CallsPerSecond.Peak { rate.peak(after: Array(starts.prefix(1))) }
    /// In those after a restart.
    package var restart: CallsPerSecond.Peak { rate.peak(after: Array(starts.dropFirst())) }
    /// In those after the wall clock was set: what would have become due within the hour that is left out does so at once.
    package var clockStep: CallsPerSecond.Peak { rate.peak(after: clockSteps) }
    /// At any other time.
    package var ordinary: CallsPerSecond.Peak { rate.ordinaryPeak(without: starts + clockSteps + midnights) }
}

extension LongRun.SourceFigures {
    fileprivate init(_ name: String, _ budgets: [SimulatedBudget]) {
        self.name = name
        for budget in budgets {
            calls += budget.calls
            failures += budget.failures
            arrivals += budget.arrivals.arrivals
            early += budget.arrivals.early
            gaps += budget.use.gaps.count
            heldUp += budget.use.heldUp
            longAges += budget.ages.long
        }
        let time = budgets.reduce(Duration.zero) { $0 + $1.use.gaps.time }
        use = gaps > 0 ? budgets.first.map { $0.source.spacing * gaps / time } : nil
        worstUse = budgets.compactMap(\.use.worst).min()
        worstAge = budgets.compactMap(\.ages.worst).max { $0.ratio < $1.ratio }
        worstFailingAge = budgets.compactMap(\.ages.worstFailing).max { $0.ratio < $1.ratio }
    }
}
