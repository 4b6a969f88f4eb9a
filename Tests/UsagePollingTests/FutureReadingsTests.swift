import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Readings that were asked by a clock that was ahead")
struct FutureReadingsTests {
    private static let ahead = Duration.days(3)

    @Test("A reading of which the answer's own date says that it was asked by a wrong clock is not recorded")
    func notRecorded() async {
        var setup = PollBench.Setup()
        setup.apps = 1
        setup.source = .wholeDays
        setup.start = UsageDay.sample.at(12) + Self.ahead
        let bench = PollBench(setup) { call in
            var reply = FakeReader.Reply.good
            // The machine is three days ahead of the provider.
            reply.providerTime = call.wall - Self.ahead
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(20)) }
        let today = UsageSource.wholeDays.day(containing: UsageDay.sample.at(12))
        #expect(!bench.store.days(of: PollBench.app(0)).isEmpty)
        #expect(bench.store.days(of: PollBench.app(0)).allSatisfy { $0.day <= today && $0.askedAt <= today.end })
    }

    @Test("Readings of an earlier run from a time that has not come give way to the first true ones")
    func distrusted() async throws {
        var setup = PollBench.Setup()
        setup.apps = 0
        setup.source = .wholeDays
        setup.historyDays = 2
        let bench = PollBench(setup) { call in
            var reply = FakeReader.Reply.good
            reply.providerTime = call.wall
            return reply
        }
        let today = UsageSource.wholeDays.day(containing: setup.start)
        let wrong = setup.start + Self.ahead
        for ago in [-2, -1, 0, 1] {
            let day = RecordedDay(day: today.advanced(by: -ago), askedAt: wrong, confirmedAt: wrong, seconds: 60)
            bench.store.put(day, of: PollBench.app(0))
        }
        try await bench.poll([0])
        await bench.run { await bench.clock.advance(by: .minutes(20)) }
        let days = bench.store.days(of: PollBench.app(0))
        #expect(days.last?.day == today)
        #expect(days.allSatisfy { $0.askedAt <= bench.clock.now })
        #expect(days.allSatisfy { $0.day < today.previous || $0.askedAt >= setup.start })
    }
}
