import TestSupport
import Usage

/// The rooms of 200 apps of which 15 are in use, asked for by turns and by plan: how old the figures of those in use are.
package struct RoundRobin: Sendable {
    /// Medians of the age of the newest reading of apps in use, each minute of a day.
    package let ours: Duration, naive: Duration

    private static let apps = 200
    private static let inUse = Set((0..<15).map { $0 * 13 })
    private static let day = Duration.seconds(86_400)

    /// Plays both, a day after the history was filled in.
    package init(seed: UInt64 = 1) {
        naive = Self.naive(seed: seed)
        ours = Self.ours(seed: seed)
    }

    private static func ours(seed: UInt64) -> Duration {
        let profiles = (0..<apps).map { inUse.contains($0) ? AppProfile.always(people: 3) : .idle }
        let account = SimulatedAccount(sources: [.trtcUsage, .roomUsage], apps: profiles)
        var simulation = PlanSimulation(
            [account],
            weather: AnswerWeather(failures: 0.02),
            seed: seed,
            samplesEach: .seconds(60)
        )
        for index in simulation.budgets.indices { simulation.budgets[index].fillHistory(at: simulation.truth) }
        var ages: [Duration] = []
        simulation.onSample = { simulation in
            guard simulation.elapsed >= day else { return }
            ages += inUse.map {
                simulation.elapsed + PlanSimulation.firstUptime - simulation.budgets[1].ages.newest(of: $0)
            }
        }
        simulation.run(for: day * 2)
        return ages.median
    }

    /// One app after the other, one call each spacing, and no call fails.
    private static func naive(seed: UInt64) -> Duration {
        var random = SeededGenerator(seed: seed)
        let spacing = UsageSource.roomUsage.spacing
        var (newest, ages) = (Array(repeating: Duration.zero, count: apps), [Duration]())
        var answers: [(app: Int, start: Duration, end: Duration)] = []
        var sample = day
        for turn in 0..<Int(day * 2 / spacing) {
            let start = spacing * turn
            while sample <= start {
                for answer in answers where answer.end <= sample {
                    newest[answer.app] = max(newest[answer.app], answer.start)
                }
                answers.removeAll { $0.end <= sample }
                ages += inUse.map { sample - newest[$0] }
                sample += .seconds(60)
            }
            answers.append((turn % apps, start, start + AnswerWeather.answerTime(using: &random)))
        }
        return ages.median
    }
}

extension Array where Element: Comparable {
    var median: Element { sorted()[count / 2] }
}
