import Testing
import Usage

@testable import UsagePolling

@Suite("The plan for apps that a cheaper source watches")
struct GuidedPlanTests {
    private let day = UsageDay.sample

    /// A bench whose apps are guided, with the same word about all of them.
    private func bench(apps: Int = 1, lastUse: UnixTime? = nil, history: Int = 0) -> PlannerBench {
        var bench = PlannerBench(apps: apps, at: day.at(12), historyDays: history)
        for index in bench.targets.indices {
            bench.targets[index].isGuided = true
            bench.targets[index].use = Self.use(lastUse, checkedAt: day.at(12))
        }
        return bench
    }

    /// What is known of an app that was last used at some time.
    private static func use(_ lastUse: UnixTime?, checkedAt: UnixTime) -> AppUse {
        let day = UsageSource.rooms.day(containing: lastUse ?? checkedAt)
        let used = lastUse ?? checkedAt
        var use = AppUse(
            RecordedDay(day: day, askedAt: used, confirmedAt: used, seconds: lastUse == nil ? 0 : 1)
        )
        let today = UsageSource.rooms.day(containing: checkedAt)
        let seconds = today == day && lastUse != nil ? 1 : 0
        use.note(RecordedDay(day: today, askedAt: checkedAt, confirmedAt: checkedAt, seconds: seconds))
        return use
    }

    /// Runs with the cheap source saying every five minutes that nothing has happened since.
    private func runQuietly(_ bench: inout PlannerBench, for duration: Duration, lastUse: UnixTime?) {
        let end = bench.uptime + duration
        while bench.uptime < end {
            for index in bench.targets.indices {
                bench.targets[index].use = Self.use(lastUse, checkedAt: bench.wall)
            }
            bench.run(for: min(.minutes(5), end - bench.uptime))
        }
    }

    @Test("An app that is not in use is asked for rooms ever less, at least every six hours")
    func everLess() {
        let lastUse = day.at(11)
        var bench = bench(lastUse: lastUse)
        runQuietly(&bench, for: .hours(36), lastUse: lastUse)
        let asked = bench.calls.filter(\.job.asksForRunningDay)
        // What was used before the start has not been read yet.
        #expect(asked.map(\.job.kind) == [.current] + asked.dropFirst().map { _ in .idle })
        let gaps = zip(asked.dropFirst(), asked).map { $0.uptime - $1.uptime }
        #expect(gaps.first == .minutes(30))
        #expect(gaps.allSatisfy { $0 <= .hours(6) })
        #expect(gaps.max() == .hours(6))
        #expect(asked.count <= 16)
    }

    @Test("It is back at full rate with the first word of its use")
    func wakes() {
        var bench = bench(lastUse: nil)
        runQuietly(&bench, for: .hours(5), lastUse: nil)
        let before = bench.calls.count
        bench.targets[0].use = Self.use(bench.wall, checkedAt: bench.wall)
        let woken = bench.uptime
        bench.run(for: .minutes(20))
        let asked = bench.calls.dropFirst(before)
        #expect(asked.map { $0.uptime - woken } == [0, 5, 10, 15].map { .minutes($0) })
        #expect(asked.allSatisfy { $0.job.kind == .current })
    }

    @Test("Apps in use come before those that are not, which have their share all the same")
    func order() {
        var bench = bench(apps: 40)
        for index in 0..<8 { bench.targets[index].use = Self.use(day.at(12), checkedAt: day.at(12)) }
        bench.run(for: .seconds(15 * 30))
        // Turns 4 and 10 of ten are theirs, and those that nobody in use needs.
        #expect(
            bench.calls.prefix(8).map(\.job.kind) == [
                .current, .current, .current, .idle, .current, .current, .current, .current,
            ]
        )
        #expect(bench.calls(.idle).count >= 12)
    }

    @Test("What was used after the last call is read, however long ago that was")
    func lastWord() {
        var bench = bench(lastUse: day.at(9))
        bench.know(day, askedAt: day.at(8, 59))
        bench.run(for: .seconds(1))
        #expect(bench.calls.map(\.job.kind) == [.current])
        runQuietly(&bench, for: .hours(1), lastUse: day.at(9))
        #expect(bench.calls.dropFirst().allSatisfy { $0.job.kind == .idle })
        #expect(bench.calls.count <= 2)
    }

    @Test("When the cheap source falls silent, the dear one is asked as if there were none")
    func silence() {
        var bench = bench(lastUse: nil)
        bench.run(for: .hours(2))
        let running = bench.calls(.current)
        // The word of 12:00 holds for half an hour.
        #expect(running.first.map { $0.wall >= day.at(12, 30) && $0.wall <= day.at(12, 36) } == true)
        #expect(running.count >= 17)
    }

    @Test("Without a cheaper source an app that is not in use keeps the interval")
    func unguided() {
        var bench = bench(lastUse: day.at(9))
        bench.targets[0].isGuided = false
        bench.run(for: .hours(1))
        #expect(bench.calls.count == 12)
        #expect(bench.calls.allSatisfy { $0.job.kind == .idle })
    }

    @Test("A closed day without use is asked for once, when it is final; one with use as often as ever")
    func quietDays() {
        for (seconds, count) in [(0, 1), (9, 8)] {
            var bench = PlannerBench(at: day.at(23, 50), interval: .days(2), historyDays: 1)
            bench.know(day.previous, askedAt: day.at(10))
            bench.seconds = seconds
            bench.know(day, askedAt: day.at(23, 50))
            bench.readCurrent()
            bench.targets[0].isGuided = true
            var use = AppUse(RecordedDay(day: day, askedAt: day.end, confirmedAt: day.end, seconds: seconds))
            use.note(RecordedDay(day: day.next, askedAt: day.end, confirmedAt: day.end, seconds: 0))
            bench.targets[0].use = use
            bench.run(for: .hours(12))
            let asked = bench.calls(.closed).filter { $0.job.last == day }
            #expect(asked.count == count)
            #expect(asked.last?.wall == UsageSource.rooms.settleTime(of: day))
        }
    }
}
