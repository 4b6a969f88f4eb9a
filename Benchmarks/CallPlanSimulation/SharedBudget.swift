package import Usage
import UsagePolling

/// A full budget of which another tool takes a third for an hour, between two hours without it.
package struct SharedBudget: Sendable {
    /// What came of an hour.
    package struct Hour: Sendable {
        /// Our calls, and those of them that were refused.
        package var calls = 0, refused = 0
        /// What was left of our full rate: at the least, on average over the hour's second half, and at the end.
        package var least = 1.0, mean = 1.0, last = 1.0
        /// Our calls that were let through, against the whole limit.
        package var share = 0.0
    }

    /// Alone, with the other tool, alone again.
    package let hours: [Hour]
    /// The time from the end of the other tool's calls to the full rate.
    package let recovery: Duration?
    /// The other tool's calls, and those of them that were refused.
    package let others: (calls: Int, refused: Int)

    /// Plays a source.
    package init(_ source: UsageSource, seed: UInt64 = 1) {
        let hour = Duration.seconds(3600)
        let apps = Array(repeating: AppProfile.always(people: 1), count: 200)
        var account = SimulatedAccount(sources: [source], apps: apps)
        (account.interval, account.historyDays) = (source.spacing, 1)
        var simulation = PlanSimulation(
            [account],
            weather: AnswerWeather(failures: 0),
            seed: seed,
            samplesEach: .seconds(1)
        )
        simulation.otherTool = SimulatedOtherTool(interval: source.spacing * 3, from: hour, to: hour * 2)
        simulation.schedule(.otherTool(budget: 0), after: hour)
        var (fractions, counts) = ([[Double]](repeating: [], count: 3), [(calls: Int, refused: Int)]())
        var recovery: Duration?
        simulation.onSample = { simulation in
            let (fraction, budget) = (simulation.budgets[0].plan.throttling.fraction, simulation.budgets[0])
            let number = min(2, Int(simulation.elapsed / hour))
            if fractions[number].isEmpty { counts.append((budget.calls, budget.failures)) }
            fractions[number].append(fraction)
            if number == 2, fraction == 1, recovery == nil { recovery = simulation.elapsed - hour * 2 }
        }
        simulation.run(for: hour * 3)
        counts.append((simulation.budgets[0].calls, simulation.budgets[0].failures))
        hours = (0..<3).map { number in
            let half = fractions[number].suffix(fractions[number].count / 2)
            let calls = counts[number + 1].calls - counts[number].calls
            let refused = counts[number + 1].refused - counts[number].refused
            return Hour(
                calls: calls,
                refused: refused,
                least: fractions[number].min() ?? 1,
                mean: half.reduce(0, +) / Double(max(1, half.count)),
                last: fractions[number].last ?? 1,
                share: source.spacing * (calls - refused) / hour
            )
        }
        self.recovery = recovery
        others = (simulation.otherTool?.calls ?? 0, simulation.otherTool?.refused ?? 0)
    }
}
