import Usage
import UsagePolling

/// Apps that wake after five idle days, among others that are in use: how soon their rooms are asked for, and how rarely before.
package struct Waking: Sendable {
    /// The longest time from the moment an app wakes to the first call for its rooms.
    package let slowest: Duration
    /// The longest time between two calls for its rooms in the hour from then on.
    package let longestGap: Duration
    /// The mean and the most calls for the rooms of one idle app in one day, days gone by among them.
    package let callsPerIdleDay: (mean: Double, most: Int)

    private static let wakers = Array(stride(from: 4, to: 100, by: 10))

    /// Plays six days without failures.
    package init(seed: UInt64 = 1) {
        let fifth = Duration.seconds(5 * 86_400)
        let wakes = Self.wakers.map { fifth + .seconds(3_000 + $0 * 701) }
        var profiles = (0..<100).map { $0 % 20 == 0 ? AppProfile.always(people: 3) : .idle }
        for (waker, time) in zip(Self.wakers, wakes) {
            profiles[waker] = .from(PlanSimulation.beginning + time, people: 2)
        }
        let account = SimulatedAccount(sources: [.trtcUsage, .roomUsage], apps: profiles)
        var simulation = PlanSimulation([account], weather: AnswerWeather(failures: 0), seed: seed)
        for index in simulation.budgets.indices {
            simulation.budgets[index].fillHistory(at: simulation.truth)
            simulation.budgets[index].keepsStarts = true
        }
        simulation.run(for: fifth + .seconds(86_400))
        let starts = simulation.budgets[1].starts
        var (slowest, longestGap) = (Duration.zero, Duration.zero)
        for (waker, time) in zip(Self.wakers, wakes) {
            let woken = PlanSimulation.firstUptime + time
            let after = starts[waker].filter { $0.job.asksForRunningDay && $0.uptime >= woken }.map(\.uptime)
            slowest = max(slowest, (after.first ?? woken + .seconds(86_400)) - woken)
            let hour = after.filter { $0 - woken < .seconds(5400) }
            longestGap = zip(hour.dropFirst(), hour).map { $0 - $1 }.reduce(longestGap, max)
        }
        (self.slowest, self.longestGap) = (slowest, longestGap)
        // The first day is left out: it finds out that the app is idle.
        let days = Self.wakers.flatMap { waker in
            (1..<5).map { day in
                let from = PlanSimulation.firstUptime + .seconds(day * 86_400)
                return starts[waker].count { $0.uptime >= from && $0.uptime < from + .seconds(86_400) }
            }
        }
        callsPerIdleDay = (Double(days.reduce(0, +)) / Double(days.count), days.max() ?? 0)
    }
}
