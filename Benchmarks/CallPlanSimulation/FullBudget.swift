import TestSupport
package import Usage

/// One budget that never has nothing to do: half an hour with restarts, at the limit all the time.
package struct FullBudget: Sendable {
    /// The use of the budget from 0 to 1, and the least one by the sliding judge; see ``BudgetUse``.
    package let use: Double, worstUse: Double?
    /// The calls that arrived, and those of them that the provider allows only later.
    package let arrivals: Int, early: Int
    /// The gaps between calls that were prolonged by something else than the limiter.
    package let heldUp: Int

    /// Plays a source.
    package init(_ source: UsageSource, duration: Duration, failures: Double = 0.02, seed: UInt64 = 1) {
        let apps = Array(repeating: AppProfile.always(people: 1), count: 200)
        var account = SimulatedAccount(sources: [source], apps: apps)
        (account.interval, account.historyDays) = (source.spacing, 1)
        var simulation = PlanSimulation([account], weather: AnswerWeather(failures: failures), seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        for _ in 0..<10 { simulation.schedule(.restart, after: duration * random.chance()) }
        simulation.run(for: duration)
        let budget = simulation.budgets[0]
        (use, worstUse) = (budget.use.share ?? 0, budget.use.worst)
        (arrivals, early) = (budget.arrivals.arrivals, budget.arrivals.early)
        heldUp = budget.use.heldUp
    }
}
