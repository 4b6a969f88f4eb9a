import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Calls that are counted", .timeLimit(.minutes(1)))
struct CallCountTests {
    private static func setup(apps: Int = 1, accounts: [String] = ["main"]) -> PollBench.Setup {
        var setup = PollBench.Setup()
        setup.apps = apps
        setup.accounts = accounts
        return setup
    }

    @Test("Calls on the way are counted by their own API and account, with their own durations")
    func sideCalls() async {
        let bench = PollBench(Self.setup(apps: 2, accounts: ["a", "b"])) { call in
            var reply = FakeReader.Reply.good
            guard call.app == "0" else { return reply }
            reply.sideCalls = [
                SideCall(api: "iam_tokens", failure: .timeout, took: .seconds(20)),
                SideCall(api: "iam_tokens", failure: nil, took: .milliseconds(300)),
                SideCall(api: "apps", failure: nil, took: .milliseconds(30)),
            ]
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(6)) }
        let status = await bench.poller.status()
        let calls = bench.reader.calls(of: "0").count
        #expect(calls == 2)
        let tokens = status.accounts[0].sideCalls["iam_tokens"]
        #expect(tokens?.succeeded == calls)
        #expect(tokens?.failed == [.timeout: calls])
        #expect(tokens?.durations.counts == [0, 0, 0, calls, 0, 0, 0, 0, calls, 0])
        #expect(status.accounts[0].sideCalls["apps"]?.succeeded == calls)
        #expect(status.accounts[0].sideCalls.count == 2)
        #expect(status.accounts[0].calls.succeeded == calls)
        #expect(status.accounts[0].calls.failed.isEmpty)
        #expect(status.accounts[1].sideCalls.isEmpty)
        // Theirs is not the time of the source's own calls.
        #expect(status.durations.counts[0] == bench.reader.calls.count)
    }

    @Test("A call that was not made is in no count, but what was needed before it is")
    func notSent() async {
        let bench = PollBench(Self.setup()) { call in
            var reply = FakeReader.Reply.failing(.unauthorized)
            reply.wasSent = false
            reply.providerTime = UnixTime(seconds: call.wall.seconds + 7200)
            reply.sideCalls = [SideCall(api: "iam_tokens", failure: .unauthorized, took: .seconds(1))]
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(5)) }
        let status = await bench.poller.status()
        let calls = bench.reader.calls.count
        #expect(calls >= 2)
        #expect(status.accounts[0].calls.succeeded == 0)
        #expect(status.accounts[0].calls.failed.isEmpty)
        #expect(status.accounts[0].sideCalls["iam_tokens"]?.failed == [.unauthorized: calls])
        #expect(status.durations.counts.allSatisfy { $0 == 0 })
        #expect(status.accounts[0].clockOffset == nil)
        // It is a failure of the app all the same, and waits like one.
        #expect(status.targets[0].failure?.reason == .unauthorized)
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(60) })
    }

    @Test("Counts can be added up")
    func add() {
        var sum = CallCounts()
        var other = CallCounts()
        (other.succeeded, other.failed) = (2, [.timeout: 1, .rejected: 3])
        sum.add(other)
        sum.add(other)
        #expect(sum.succeeded == 4)
        #expect(sum.failed == [.timeout: 2, .rejected: 6])
    }
}
