import Testing
import Usage
import TestSupport

@testable import UsagePolling

@Suite("The plan under clocks that are set")
struct ClockStepPlanTests {
    private let day = UsageDay.sample

    @Test("Steps back and forth by up to hours delay no running day for long and hurry none", arguments: UInt64(0)..<12)
    func steps(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var bench = PlannerBench(apps: 4, at: day.at(21), historyDays: 3)
        for _ in 0..<60 {
            bench.run(for: .seconds(Int.random(in: 1...900, using: &generator)))
            bench.wall = bench.wall + .seconds(Int.random(in: -7200...7200, using: &generator))
        }
        for app in 0..<4 {
            let times = bench.calls(.current).filter { $0.job.target == app }.map(\.uptime)
            let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
            #expect(gaps.allSatisfy { $0 <= .minutes(5) + .minutes(3) })
        }
        for calls in Dictionary(grouping: bench.calls(.current), by: \.job).values {
            #expect(zip(calls.dropFirst(), calls).allSatisfy { $0.uptime - $1.uptime >= .minutes(5) })
        }
    }

    @Test("A closed day that was asked for by a clock too fast is asked for again by the right one")
    func fastClock() {
        var bench = PlannerBench(at: day.at(23, 30), historyDays: 1)
        bench.know(day.previous, askedAt: day.at(11))
        bench.run(for: .minutes(1))
        bench.wall = bench.wall + .hours(1)
        bench.run(for: .minutes(5))
        #expect(bench.calls(.closed).last?.job.last == day)
        bench.wall = bench.wall - .hours(1)
        bench.run(for: .hours(14))
        let settled = bench.targets[0].recorded[day.number].map { $0.isSettled(by: .rooms) }
        #expect(settled == true)
    }

    @Test(
        "Any state gives a job that may be asked or a wait that ends exactly when something is due",
        arguments: 0..<60
    )
    func anything(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var bench = PlannerBench.random(using: &generator)
            let today = bench.planner.source.day(containing: bench.wall)
            switch bench.decide() {
            case .call(let job):
                #expect(!bench.targets[job.target].inFlight.contains(job.last.number))
                #expect(job.last <= today && job.last >= bench.planner.firstDay(at: bench.wall))
                #expect((job.kind == .current) == (job.last == today))
                #expect(UsageWindow(day: job.last, through: bench.wall) != nil)
            case .wait(let wait):
                #expect(wait > .zero && wait <= .seconds(60))
                #expect(bench.planner.countDue(bench.targets, at: bench.moment) == 0)
                bench.pass(wait)
                let isDue = bench.planner.countDue(bench.targets, at: bench.moment) > 0
                #expect(isDue || wait == .seconds(60) || bench.wall == today.end)
            }
        }
    }
}

extension PlannerBench {
    /// Any state that a poller may be in, and some that it may not.
    fileprivate static func random(using generator: inout SeededGenerator) -> PlannerBench {
        let day = UsageDay.sample
        let second = Bool.random(using: &generator) ? Int.random(in: 0...90, using: &generator) : 40_000
        var bench = PlannerBench(
            apps: Int.random(in: 1...4, using: &generator),
            at: day.at(0, 0, second),
            historyDays: 9
        )
        bench.uptime = .seconds(Int.random(in: 0...100_000, using: &generator))
        bench.turn = Int.random(in: 0...1000, using: &generator)
        for target in bench.targets.indices {
            bench.targets[target].canBeAsked = Bool.random(using: &generator)
            for back in -1...10 {
                let known = day.advanced(by: -back)
                let at = bench.uptime - .seconds(Int.random(in: 0...600, using: &generator))
                let until = bench.uptime + .seconds(Int.random(in: -600...600, using: &generator))
                let failures = Int.random(in: 0...2, using: &generator)
                if Bool.random(using: &generator) {
                    bench.targets[target].attempts[known.number] =
                        TargetDays.Attempt(at: at, failures: failures, notBefore: failures > 0 ? until : .zero)
                }
                guard Int.random(in: 0...3, using: &generator) > 0 else { continue }
                let asked = bench.wall - .seconds(Int.random(in: -600...200_000, using: &generator))
                let confirmed = Bool.random(using: &generator) ? asked : asked - .seconds(4000)
                bench.targets[target].recorded[known.number] =
                    RecordedDay(day: known, askedAt: asked, confirmedAt: confirmed, seconds: 60)
                if Int.random(in: 0...5, using: &generator) == 0 { bench.targets[target].inFlight.insert(known.number) }
            }
        }
        return bench
    }
}
