import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Polling several days a call", .timeLimit(.minutes(1)))
struct SpanPollingTests {
    private let day = UsageDay(number: UsageDay.sample.number, zone: .utc)

    private func setup(apps: Int = 1, historyDays: Int = 29) -> PollBench.Setup {
        var setup = PollBench.Setup()
        setup.apps = apps
        setup.source = .wholeDays
        setup.start = day.at(12)
        setup.historyDays = historyDays
        return setup
    }

    @Test("One call an interval covers what is current, however long answers take", arguments: [1, 20, 900, 5000])
    func together(milliseconds: Int) async {
        let bench = PollBench(setup()) { _ in .taking(.milliseconds(milliseconds)) }
        await bench.run { await bench.clock.advance(by: .minutes(59)) }
        let windows = bench.reader.calls.map(\.window)
        #expect(windows.first?.count == 30)
        #expect(windows.dropFirst().allSatisfy { $0.count == 2 && $0.last == day })
        #expect((11...12).contains(windows.count))
        #expect(bench.store.days(of: PollBench.app(0)).count == 30)
        #expect(await bench.poller.queues().waiting == 0)
    }

    @Test("After a restart what is not final is asked for at once, in one call with today")
    func restart() async throws {
        let bench = PollBench(setup(apps: 0, historyDays: 5))
        for back in 0...5 {
            let known = day.advanced(by: -back)
            let asked = min(UsageSource.wholeDays.settleTime(of: known), day.at(12) - .minutes(1))
            bench.store.put(
                RecordedDay(day: known, askedAt: asked, confirmedAt: asked, seconds: 60),
                of: PollBench.app(0)
            )
        }
        try await bench.poll([0])
        await bench.run { await bench.clock.advance(by: .minutes(4)) }
        #expect(bench.reader.calls.map(\.window.first) == [day.previous])
        #expect(bench.reader.calls.map(\.window.last) == [day])
    }

    @Test("Days that the answer passes over stay unknown, and are asked for with the interval")
    func unlisted() async {
        let bench = PollBench(setup()) { [day] _ in
            var reply = FakeReader.Reply.good
            reply.tells = { $0 < day.previous }
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(59)) }
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .minutes(5) })
        #expect(bench.store.days(of: PollBench.app(0)).count == 28)
    }

    @Test("An answer that one day makes malformed costs that day alone", arguments: [0, 1, 13, 29])
    func malformed(back: Int) async {
        let bad = day.advanced(by: -back)
        let bench = PollBench(setup(apps: 2)) { call in
            call.app == "0" && call.window.contains(bad) ? .failing(.malformed) : .good
        }
        await bench.run { await bench.clock.advance(by: .minutes(40)) }
        #expect(bench.store.days(of: PollBench.app(0)).count == 29)
        #expect(bench.store.days(of: PollBench.app(1)).count == 30)
        let spans = bench.reader.calls(of: "0").filter { $0.window.contains(bad) }.map(\.window.count)
        #expect(spans.prefix(2) == [30, 15])
        #expect(zip(spans.dropFirst(), spans).allSatisfy { $0 <= max(1, $1 / 2) })
        #expect(spans.last == 1)
        #expect(await bench.poller.status().targets.map { $0.failure == nil } == [back != 0, true])
    }

    @Test("The first fill of a source that tells today by the minute takes two calls")
    func firstFill() async {
        var setup = PollBench.Setup()
        setup.apps = 1
        setup.source = .appUsage
        setup.historyDays = 30
        let bench = PollBench(setup)
        await bench.run { await bench.clock.advance(by: .minutes(4)) }
        #expect(bench.reader.calls.map(\.window.count) == [1, 30])
        #expect(bench.store.days(of: PollBench.app(0)).count == 31)
    }
}
