import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("A day of polling", .timeLimit(.minutes(1)))
struct FullDayTests {
    private static let day = UsageDay.sample

    private static func setup(apps: Int, historyDays: Int = 30) -> PollBench.Setup {
        var setup = PollBench.Setup()
        setup.apps = apps
        setup.start = day.at(10, 30)
        setup.historyDays = historyDays
        return setup
    }

    @Test("After a day five apps have every closed day settled, in the calls that it takes and no more")
    func fiveApps() async {
        let bench = PollBench(Self.setup(apps: 5))
        await bench.run { await bench.clock.advance(by: .hours(24)) }
        for app in 0..<5 {
            let days = bench.store.days(of: PollBench.app(app))
            #expect(days.map(\.day) == (-30...1).map { Self.day.advanced(by: $0) })
            #expect(days.dropLast().allSatisfy { $0.isSettled(by: .rooms) })
            let running = bench.reader.calls(of: "\(app)").filter { $0.window.end != $0.window.last.end }
            #expect((275...289).contains(running.count))
        }
        // The running day 5 x 288 times at most, history 5 x 30, and the day that closed about eight times.
        #expect((1540...1640).contains(bench.reader.calls.count))
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(15) })
        #expect(await bench.poller.status().accounts[0].calls.succeeded == bench.reader.calls.count)
        #expect(await bench.poller.queues().waiting <= 1)
    }

    @Test("More apps than fit still have their closed days settled, and share the running day evenly")
    func manyApps() async {
        let bench = PollBench(Self.setup(apps: 28, historyDays: 3)) {
            // All of them are in use all day.
            FakeReader.Reply(takes: .seconds(2), seconds: $0.number + 1)
        }
        await bench.run { await bench.clock.advance(by: .hours(25)) }
        let counts = (0..<28).map { app in
            let known = bench.store.days(of: PollBench.app(app))
            #expect(known.contains { $0.day == Self.day && $0.isSettled(by: .rooms) })
            return bench.reader.calls(of: "\(app)").count { $0.window.end != $0.window.last.end }
        }
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 2)
        // All of the budget is used: there is more than enough to do.
        #expect(Double(bench.reader.calls.count) * 15 / (25 * 3600) >= 0.97)
    }

    @Test("The same day runs in the same way each time")
    func deterministic() async {
        var runs: [[UnixTime]] = []
        for _ in 0..<2 {
            let bench = PollBench(Self.setup(apps: 3)) { call in
                .taking(.milliseconds(call.number.isMultiple(of: 3) ? 20_000 : 150))
            }
            await bench.run { await bench.clock.advance(by: .hours(3)) }
            runs.append(bench.reader.calls.map(\.askedAt))
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].count > 130)
    }
}
