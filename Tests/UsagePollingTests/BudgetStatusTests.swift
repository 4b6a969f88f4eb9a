import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("What a poller tells of itself", .timeLimit(.minutes(1)))
struct BudgetStatusTests {
    private let noon = UsageDay.sample.at(12)

    @Test("Before the first call nothing is known but the plan")
    func before() async throws {
        var setup = PollBench.Setup()
        setup.apps = 30
        setup.accounts = ["a", "b"]
        let bench = PollBench(setup)
        await bench.beginPolling()
        let status = await bench.poller.status()
        #expect(status.source == .rooms)
        #expect(status.minInterval == .seconds(15))
        #expect(await bench.poller.queues().waiting == 30)
        #expect(status.accounts.map(\.account) == ["a", "b"])
        for account in status.accounts {
            #expect(account.calls.succeeded == 0 && account.calls.failed.isEmpty && account.clockOffset == nil)
        }
        #expect(
            status.targets.map(\.app) == [0, 1].flatMap { stride(from: $0, to: 30, by: 2) }.map { PollBench.app($0) }
        )
        let target = try #require(status.targets.last)
        #expect(target.account == "b" && target.source == "room_usage")
        #expect(target.lastAttempt == nil && target.lastSuccess == nil && target.failure == nil)
        #expect(target.wantedInterval == .minutes(5))
        #expect(target.plannedInterval == .milliseconds(15_450) * 30)
        #expect(target.nextCall == noon)
    }

    @Test("Attempts, successes and the next call follow what happens")
    func follows() async {
        var setup = PollBench.Setup()
        setup.apps = 2
        let bench = PollBench(setup) { $0.app == "1" && $0.uptime < .seconds(30) ? .failing(.rejected) : .good }
        await bench.run {
            await bench.clock.advance(by: .seconds(20))
            var targets = await bench.poller.status().targets
            #expect(targets[0].lastAttempt == noon)
            #expect(targets[0].lastSuccess == noon)
            #expect(targets[0].nextCall == noon + .seconds(300))
            #expect(targets[1].lastAttempt == noon + .milliseconds(15_020))
            #expect(targets[1].lastSuccess == nil)
            #expect(targets[1].failure == ReadingFailure(.rejected, "It fails."))
            #expect(targets[1].nextCall == noon + .milliseconds(75_040))
            await bench.clock.advance(by: .seconds(60))
            targets = await bench.poller.status().targets
            #expect(targets[1].lastAttempt == noon + .milliseconds(75_040))
            #expect(targets[1].lastSuccess == noon + .milliseconds(75_040))
            #expect(targets[1].failure == nil)
        }
    }

    @Test("A budget that backs off says when it will call next")
    func backingOff() async {
        let bench = PollBench { _ in .failing(.throttled, retryAfter: .seconds(500)) }
        await bench.run {
            await bench.clock.advance(by: .seconds(10))
            let status = await bench.poller.status()
            #expect(status.targets.allSatisfy { $0.nextCall == noon + .milliseconds(500_020) })
            #expect(await bench.poller.queues().waiting == 2)
        }
    }

    @Test("Jobs that are due and not yet sent are counted, those under way are not")
    func waiting() async {
        var setup = PollBench.Setup()
        setup.apps = 3
        setup.historyDays = 2
        let bench = PollBench(setup) { _ in .taking(.seconds(10)) }
        await bench.run {
            await bench.clock.advance(by: .seconds(1))
            #expect(await bench.poller.queues().waiting == 2)
            await bench.clock.advance(by: .seconds(10))
            #expect(await bench.poller.queues().waiting == 4)
            await bench.clock.advance(by: .minutes(4))
            #expect(await bench.poller.queues().waiting == 0)
        }
    }

    @Test("Outcomes, anomalies and clock offsets are counted by account")
    func accounts() async {
        var setup = PollBench.Setup()
        setup.apps = 4
        setup.accounts = ["a", "b"]
        let bench = PollBench(setup) { call in
            var reply = FakeReader.Reply.good
            reply.providerTime = UnixTime(seconds: call.wall.seconds + 100)
            switch call.app {
            case "0": reply.anomalies = [.fraction: 2, .duplicateRoom: 1]
            case "1": reply.failure = ReadingFailure(.malformed, "Odd.")
            case "3" where call.uptime < .minutes(2): reply.failure = ReadingFailure(.rejected, "No.")
            default: break
            }
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(8)) }
        let accounts = await bench.poller.status().accounts
        let calls = bench.reader.calls
        #expect(accounts[0].calls.succeeded == calls.count { $0.app == "0" || $0.app == "2" })
        #expect(accounts[0].calls.failed.isEmpty)
        #expect(accounts[0].anomalies == [.fraction: 4, .duplicateRoom: 2])
        let rejected = calls.count { $0.app == "3" && $0.uptime < .minutes(2) }
        #expect(accounts[1].calls.failed == [.malformed: bench.reader.calls(of: "1").count, .rejected: rejected])
        #expect(accounts[1].calls.succeeded == bench.reader.calls(of: "3").count - rejected)
        for account in accounts {
            let offset = account.clockOffset.map { $0.inSeconds } ?? 0
            #expect(abs(offset - 100) <= 1)
        }
    }

    @Test("Durations are counted from start to the end of the answer")
    func durations() async {
        let bench = PollBench { _ in .taking(.milliseconds(250)) }
        await bench.run { await bench.clock.advance(by: .minutes(2)) }
        let durations = await bench.poller.status().durations
        #expect(durations.counts == [0, 0, 3, 0, 0, 0, 0, 0, 0, 0])
        #expect(abs(durations.sum - 0.75) < 1e-9)
        #expect(CallDurations().counts.count == CallDurations.bounds.count + 1)
        let slow = PollBench { _ in .taking(.seconds(31)) }
        await slow.run { await slow.clock.advance(by: .seconds(40)) }
        #expect(await slow.poller.status().durations.counts.last == 1)
    }

    @Test("An empty answer after usage is an anomaly, and is asked for again until a second one agrees")
    func emptied() async {
        var setup = PollBench.Setup()
        setup.apps = 1
        let bench = PollBench(setup) { call in
            var reply = FakeReader.Reply.good
            reply.seconds = call.number == 0 ? 60 : 0
            return reply
        }
        await bench.run {
            await bench.clock.advance(by: .minutes(6))
            #expect(bench.store.days(of: PollBench.app(0)).map(\.awaitsSecondEmpty) == [true])
            await bench.clock.advance(by: .minutes(6))
            #expect(bench.store.days(of: PollBench.app(0)).map(\.awaitsSecondEmpty) == [false])
        }
        #expect(await bench.poller.status().accounts[0].anomalies == [.emptied: 1])
    }
}
