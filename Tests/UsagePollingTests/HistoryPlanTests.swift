import TestSupport
import Testing
import Usage

@testable import UsagePolling

@Suite("The plan for history")
struct HistoryPlanTests {
    private let day = UsageDay.sample

    @Test("Missing days are filled in once, the newest first")
    func newestFirst() {
        var bench = PlannerBench(apps: 2, interval: .hours(2), historyDays: 30)
        bench.run(for: .hours(1))
        let days = bench.calls(.history).map(\.job.last)
        #expect(days.count == 60)
        #expect(days == days.sorted(by: >))
        for app in 0..<2 {
            let own = bench.calls(.history).filter { $0.job.target == app }.map(\.job.last)
            #expect(own == (1...30).map { day.advanced(by: -$0) })
        }
    }

    @Test("History reaches as far as is wished and as the source answers", arguments: [(0, 0), (3, 3), (500, 89)])
    func reach(wish: Int, days: Int) {
        let planner = PlannerBench(historyDays: wish).planner
        #expect(planner.firstDay(at: day.at(12)) == day.advanced(by: -days))
    }

    @Test("A failing day holds up neither older days nor other apps")
    func failing() {
        var bench = PlannerBench(apps: 2, interval: .hours(2), historyDays: 5)
        let bad = PollJob(target: 0, day: day.advanced(by: -2), kind: .history)
        bench.failure = { $0 == bad ? .minutes(30) : nil }
        bench.run(for: .minutes(59))
        #expect(bench.calls(.history).count { $0.job != bad } == 9)
        #expect(bench.calls.count { $0.job == bad } == 2)
    }

    @Test("While all kinds wait, seven of ten calls go to running days, two to closed ones, one to history")
    func shares() {
        var bench = PlannerBench(apps: 60, at: day.at(0, 30), interval: .minutes(5), historyDays: 8)
        bench.know(day.previous, askedAt: day.previous.at(23))
        bench.know(day.advanced(by: -2), askedAt: day.previous.at(10))
        bench.readCurrent()
        bench.pass(.minutes(6))
        bench.run(for: .seconds(15) * 200)
        #expect(bench.calls.count == 200)
        for decade in stride(from: 0, to: 200, by: 10) {
            let kinds = bench.calls[decade..<decade + 10].map(\.job.kind)
            #expect(kinds.count { $0 == .current } == 7)
            #expect(kinds.count { $0 == .closed } == 2)
            #expect(kinds.count { $0 == .history } == 1)
        }
    }

    @Test("What one kind does not need, the others have")
    func spare() {
        var bench = PlannerBench(apps: 60, at: day.at(12), historyDays: 1)
        bench.run(for: .seconds(15) * 300)
        let history = bench.calls(.history).count
        #expect(bench.calls.count == 300)
        #expect(history >= 29)
        #expect(bench.calls(.current).count + history == 300)
    }

    @Test("However little history is wished for, days are followed until they are settled")
    func untilSettled() {
        var source = UsageSource.rooms
        let none = PollPlanner.Settings(interval: .minutes(5), history: .zero, source: source)
        #expect(none.historyDays == 2)
        source.settledAfter = .seconds(31 * 86_400)
        let late = PollPlanner.Settings(interval: .minutes(5), history: .seconds(5 * 86_400), source: source)
        #expect(late.historyDays == 33)
    }
}
