import TestSupport
import Testing
import Usage

@testable import UsagePolling

@Suite("The plan for closed days")
struct ClosedDayPlanTests {
    private let day = UsageDay.sample

    /// A bench that begins a second before the end of ``day``, with an interval so long that running days hardly matter.
    private func lateEvening(apps: Int = 1) -> PlannerBench {
        var bench = PlannerBench(apps: apps, at: day.at(23, 59, 59), interval: .days(2), historyDays: 30)
        for back in 1...30 { bench.know(day.advanced(by: -back), askedAt: day.start + .days(30)) }
        bench.know(day, askedAt: day.at(23, 59))
        bench.readCurrent()
        return bench
    }

    @Test("A day is asked for at its end, then ever more rarely until it is settled, then once after a week")
    func schedule() {
        var bench = lateEvening()
        bench.targets[0].attempts[day.next.number] = TargetDays.Attempt(at: .zero, failures: 0, notBefore: .zero)
        bench.run(for: .hours(30))
        let asked = bench.calls.filter { $0.job.last == day }
        #expect(asked.allSatisfy { $0.job.kind == .closed })
        let minutes = asked.map { ($0.wall - day.end).wholeMilliseconds / 60_000 }
        #expect(minutes == [0, 15, 30, 60, 120, 240, 480, 600])
        #expect(asked.last.map { $0.wall == UsageSource.rooms.settleTime(of: day) } == true)
    }

    @Test("A settled day is read once more when it is a week old, and never again")
    func reread() {
        var bench = PlannerBench(at: day.at(12), interval: .hours(1), historyDays: 30)
        bench.run(for: .days(25))
        let asked = bench.calls.filter { $0.job.last == day && $0.job.kind == .history }
        #expect(asked.count == 1)
        let week = UsageSource.rooms.settleTime(of: day) + .days(7)
        #expect(asked.first.map { $0.wall >= week && $0.wall < week + .minutes(2) } == true)
    }

    @Test("A day that was settled stays unasked from its settle time until a week later")
    func settled() {
        var bench = PlannerBench(at: day.at(12), historyDays: 1)
        bench.know(day.previous, askedAt: UsageSource.rooms.settleTime(of: day.previous))
        bench.run(for: .hours(11))
        #expect(bench.calls.allSatisfy { $0.job.kind == .current })
        bench = PlannerBench(at: day.at(12), historyDays: 1)
        bench.know(day.previous, askedAt: UsageSource.rooms.settleTime(of: day.previous) - .milliseconds(1))
        bench.run(for: .minutes(10))
        #expect(bench.calls(.closed).map(\.job.last) == [day.previous])
    }

    @Test("A closed day that was never read is asked for without waiting, and is no history before it is final")
    func missing() {
        var bench = PlannerBench(at: day.at(8), historyDays: 1)
        bench.run(for: .minutes(1))
        #expect(bench.calls(.closed).map(\.job.last) == [day.previous])
        bench = PlannerBench(at: day.at(10), historyDays: 1)
        bench.run(for: .minutes(1))
        #expect(bench.calls(.history).map(\.job.last) == [day.previous])
    }

    @Test("An empty answer that waits for a second one is asked for again after the interval, also when settled")
    func empties() {
        for asked in [day.at(3), day.at(11)] {
            var bench = PlannerBench(at: asked + .seconds(60), historyDays: 1)
            bench.know(day.previous, askedAt: asked, confirmedAt: asked - .hours(1))
            bench.run(for: .minutes(6))
            let second = bench.calls(.closed)
            #expect(second.first?.job.last == day.previous)
            #expect(second.first.map { $0.wall - asked >= .minutes(5) && $0.wall - asked <= .seconds(315) } == true)
        }
        // Confirmed anew long after its settle time: the second answer must agree all the same.
        var bench = PlannerBench(at: day.at(11, 1), historyDays: 1)
        bench.know(day.previous, askedAt: day.at(11), confirmedAt: day.at(10, 30))
        bench.run(for: .minutes(6))
        #expect(bench.calls(.closed).count == 1)
    }

    @Test("A failed attempt keeps its wait, whatever the schedule says")
    func retry() {
        var bench = lateEvening()
        bench.failure = { $0.kind == .closed ? .minutes(40) : nil }
        bench.run(for: .hours(2))
        let asked = bench.calls(.closed).map { ($0.wall - day.end).wholeMilliseconds / 60_000 }
        #expect(asked == [0, 40, 80])
    }

    @Test(
        "Among closed days the one that has waited longest comes first, whatever its app's place",
        arguments: [8, 40]
    )
    func fairness(apps: Int) {
        var bench = lateEvening(apps: apps)
        bench.run(for: .hours(3))
        let targets = bench.calls(.closed).filter { $0.job.last == day }.map(\.job.target)
        // The first asks of all apps come before the second ask of any.
        #expect(Set(targets.prefix(apps)).count == apps)
        #expect(targets.count > apps)
    }

    @Test("No app's closed day falls behind when there are more apps than the budget can serve on schedule")
    func fairnessUnderLoad() {
        var bench = PlannerBench(apps: 60, at: day.at(23, 59, 59), interval: .minutes(5), historyDays: 1)
        bench.know(day.previous, askedAt: day.at(10))
        bench.know(day, askedAt: day.at(23, 59))
        bench.readCurrent()
        bench.run(for: .hours(4))
        let targets = bench.calls(.closed).filter { $0.job.last == day }.map(\.job.target)
        let counts = (0..<60).map { app in targets.count { $0 == app } }
        #expect(counts.allSatisfy { $0 >= 1 })
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
}
