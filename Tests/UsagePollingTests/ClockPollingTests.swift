import Logging
import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Polling by the provider's clock", .timeLimit(.minutes(1)))
struct ClockPollingTests {
    private static let noon = UsageDay.sample.at(12)

    /// The true time of a call plus what the provider's clock is ahead of it, as a header has it.
    private static func header(_ call: FakeReader.Call, ahead: Duration) -> UnixTime {
        UnixTime(seconds: (truth(call) + ahead).seconds)
    }

    /// What the wall clock would show without any step.
    private static func truth(_ call: FakeReader.Call) -> UnixTime { noon + (call.uptime - .seconds(3)) }

    private static func setup(_ change: (inout PollBench.Setup) -> Void = { _ in }) -> PollBench.Setup {
        var setup = PollBench.Setup()
        setup.apps = 1
        change(&setup)
        return setup
    }

    private func isNear(_ left: UnixTime, _ right: UnixTime) -> Bool {
        left - right <= .seconds(1) && right - left <= .seconds(1)
    }

    @Test(
        "A success that tells of another time makes the next call go by it",
        arguments: [-3600, -120, 120, 3600, 86_400]
    )
    func success(seconds: Int) async {
        let ahead = Duration.seconds(seconds)
        let bench = PollBench(Self.setup()) { call in
            var reply = FakeReader.Reply.good
            reply.providerTime = Self.header(call, ahead: ahead)
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(11)) }
        let calls = bench.reader.calls
        #expect(calls.first?.askedAt == Self.noon)
        #expect(calls.count >= 3)
        for call in calls.dropFirst() {
            #expect(isNear(call.askedAt, Self.truth(call) + ahead))
            #expect(call.window.last == UsageDay(containing: call.askedAt, zone: .beijing))
            #expect(call.window.end <= call.askedAt)
        }
    }

    @Test("A complaint about our clock makes the next call go by the provider's, at the next turn")
    func complaint() async {
        let bench = PollBench(Self.setup()) { call in
            var reply = FakeReader.Reply.good
            reply.providerTime = Self.header(call, ahead: .hours(-1))
            if call.number == 0 {
                reply.failure = ReadingFailure(.unauthorized, "Too early.", cause: .clockOff, isMended: true)
            }
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(1)) }
        #expect(bench.reader.calls.gaps == [.milliseconds(15_020)])
        #expect(bench.reader.calls.last.map { isNear($0.askedAt, Self.truth($0) - .hours(1)) } == true)
    }

    @Test("The time of an error page is nobody's", arguments: ReadingFailure.Reason.allCases)
    func errorPage(reason: ReadingFailure.Reason) async {
        let bench = PollBench(Self.setup()) { call in
            var reply = FakeReader.Reply.failing(reason)
            reply.providerTime = Self.header(call, ahead: .hours(7))
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(30)) }
        #expect(bench.reader.calls.count > 2)
        #expect(bench.reader.calls.allSatisfy { $0.askedAt == $0.wall })
        #expect(await bench.status().accounts[0].clockOffset == nil)
    }

    @Test(
        "A step of this machine's clock moves neither the time asked nor the day",
        arguments: [-90_000, -7200, 7200, 90_000]
    )
    func step(seconds: Int) async {
        let bench = PollBench(Self.setup()) { call in
            var reply = FakeReader.Reply.good
            reply.providerTime = Self.header(call, ahead: .zero)
            return reply
        }
        await bench.run {
            await bench.clock.advance(by: .minutes(6))
            bench.clock.stepWall(by: .seconds(seconds))
            await bench.clock.advance(by: .minutes(20))
            #expect(
                await bench.status().accounts[0].clockOffset.map { abs($0.inSeconds + Double(seconds)) <= 1 }
                    == true
            )
            bench.clock.stepWall(by: .seconds(-seconds))
            await bench.clock.advance(by: .minutes(20))
        }
        let calls = bench.reader.calls
        #expect(calls.count >= 9)
        #expect(calls.contains { $0.wall != Self.truth($0) })
        for call in calls {
            #expect(isNear(call.askedAt, Self.truth(call)))
            #expect(call.window.last == .sample)
        }
        // A step delays and hurries nothing either.
        #expect(calls.gaps.allSatisfy { $0 >= .minutes(5) && $0 <= .minutes(6) })
    }

    @Test(
        "Up to a minute's difference the wall clock is used, which is finer than a header",
        arguments: [-59, -20, 20, 60]
    )
    func small(seconds: Int) async {
        let bench = PollBench(Self.setup()) { call in
            var reply = FakeReader.Reply.good
            reply.providerTime = Self.header(call, ahead: .seconds(seconds))
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(20)) }
        #expect(bench.reader.calls.allSatisfy { $0.askedAt == $0.wall })
        let offset = await bench.status().accounts[0].clockOffset
        #expect(offset.map { abs($0.inSeconds - Double(seconds)) <= 1 } == true)
    }

    @Test("One line tells when the clocks part, and one when they agree again", arguments: [-3600, 3600])
    func log(seconds: Int) async {
        let lines = LineLog(["provider", "source"])
        let setup = Self.setup { $0.logger = Logger(label: "lines") { _ in lines } }
        let bench = PollBench(setup) { call in
            var reply = call.number == 3 ? FakeReader.Reply.failing(.unavailable) : .good
            reply.providerTime = Self.header(call, ahead: .seconds(seconds))
            return reply
        }
        await bench.run {
            await bench.clock.advance(by: .minutes(31))
            bench.clock.stepWall(by: .seconds(seconds))
            await bench.clock.advance(by: .minutes(31))
        }
        let clock = lines.all.filter { $0.contains("This machine's clock") }
        #expect(
            clock == [
                "warning This machine's clock differs from the provider's: the provider's is used. Set the machine's clock. "
                    + "provider=tencent source=room_usage",
                "notice This machine's clock agrees with the provider's again. provider=tencent source=room_usage",
            ]
        )
    }
}
