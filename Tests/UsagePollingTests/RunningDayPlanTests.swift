import Testing
import Usage
import TestSupport

@testable import UsagePolling

@Suite("The plan for running days")
struct RunningDayPlanTests {
    private let day = UsageDay.sample

    @Test("The running day comes first, and all else waits for its success")
    func first() {
        var bench = PlannerBench(historyDays: 30)
        bench.failure = { _ in .seconds(60) }
        bench.run(for: .minutes(10))
        #expect(bench.calls.allSatisfy { $0.job == PollJob(target: 0, day: day, kind: .current) })
        bench.failure = { _ in nil }
        bench.run(for: .minutes(2))
        #expect(!bench.calls(.history).isEmpty)
    }

    @Test("A running day is read again after the interval, not before")
    func interval() {
        var bench = PlannerBench()
        bench.run(for: .hours(1))
        #expect(bench.calls.map(\.uptime) == (0..<12).map { .seconds(3 + 300 * $0) })
    }

    @Test("A failed attempt is made again when its wait is over")
    func retry() {
        var bench = PlannerBench()
        bench.failure = { _ in .seconds(77) }
        bench.run(for: .seconds(300))
        #expect(bench.calls.map(\.uptime) == [.seconds(3), .seconds(80), .seconds(157), .seconds(234)])
    }

    @Test("In the first minute of a day there is nothing to ask for")
    func firstMinute() {
        var bench = PlannerBench(apps: 3, at: day.at(0, 0, 10))
        #expect(bench.decide() == .wait(.seconds(50)))
        bench.pass(.milliseconds(49_999))
        #expect(bench.decide() == .wait(.milliseconds(1)))
        bench.pass(.milliseconds(1))
        #expect(bench.decide() == .call(PollJob(target: 0, day: day, kind: .current)))
    }

    @Test("The new day is asked for when the old one would have been, after its first minute and within five more")
    func newDay() {
        var bench = PlannerBench(at: day.at(23, 58), historyDays: 1)
        bench.know(day.previous, askedAt: day.at(11))
        bench.run(for: .minutes(6))
        let current = bench.calls(.current)
        #expect(current.map(\.job.last) == [day, day.next])
        #expect(current.last?.wall == day.next.at(0, 3))
        bench = PlannerBench(at: day.at(23, 58), interval: .hours(4))
        bench.run(for: .minutes(9))
        #expect(bench.calls(.current).last?.wall == day.next.at(0, 6))
    }

    @Test("Apps take turns, whether they fit the interval or not", arguments: [2, 7, 19, 20, 21, 50])
    func turns(apps: Int) {
        var bench = PlannerBench(apps: apps)
        bench.run(for: .hours(4))
        let order = bench.calls.map(\.job.target)
        #expect(order.count >= apps * 4)
        for (index, target) in order.enumerated() { #expect(target == index % apps) }
    }

    @Test("No app waits more than a round longer than another, failing ones among them", arguments: UInt64(0)..<10)
    func fairness(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let apps = Int.random(in: 5...40, using: &generator)
        let failing = Set((0..<apps / 4).map { _ in Int.random(in: 0..<apps, using: &generator) })
        var bench = PlannerBench(apps: apps, historyDays: 2)
        bench.failure = { failing.contains($0.target) ? .minutes(10) : nil }
        bench.run(for: .hours(6))
        // A round: everybody once, and as much again of other work as its share may take.
        let round = max(Duration.minutes(5), .seconds(15) * (apps * 10 / 7 + 2))
        for app in 0..<apps where !failing.contains(app) {
            let times = bench.calls(.current).filter { $0.job.target == app }.map(\.uptime)
            #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 <= round + .seconds(30) })
        }
    }

    @Test("A day that is being asked for is not asked for a second time")
    func inFlight() {
        var bench = PlannerBench(apps: 2, historyDays: 1)
        bench.targets[0].inFlight = [day.number]
        #expect(bench.decide() == .call(PollJob(target: 1, day: day, kind: .current)))
        bench.targets[1].inFlight = [day.number]
        #expect(bench.decide() == .wait(.seconds(60)))
    }
}
