import Logging
import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Polling when calls fail", .timeLimit(.minutes(1)))
struct BudgetPollerFailureTests {
    private static func setup(_ change: (inout PollBench.Setup) -> Void) -> PollBench.Setup {
        var setup = PollBench.Setup()
        change(&setup)
        return setup
    }

    @Test("The budget of a refused key backs off ever longer, and is itself again after the first success")
    func backsOff() async {
        let bench = PollBench(Self.setup { $0.apps = 40 }) {
            $0.number < 4 || $0.number == 9 ? .failing(.unauthorized) : .good
        }
        await bench.run { await bench.clock.advance(by: .minutes(40)) }
        let gaps = bench.reader.calls.gaps
        #expect(gaps.prefix(4) == [60, 120, 240, 480].map { .seconds($0) + .milliseconds(20) }[...])
        #expect(gaps[4..<9].allSatisfy { $0 == .milliseconds(15_020) })
        #expect(gaps[9] == .milliseconds(60_020))
        #expect(gaps.dropFirst(10).allSatisfy { $0 == .milliseconds(15_020) })
    }

    @Test("Throttling makes the budget wait, and then call less often, until many successes in a row let it come back")
    func throttled() async throws {
        let bench = PollBench(Self.setup { $0.apps = 40 }) { $0.number < 4 ? .failing(.throttled) : .good }
        await bench.run {
            await bench.clock.advance(by: .minutes(10))
            #expect(await bench.status().minInterval == .seconds(60))
            await bench.clock.advance(by: .hours(3))
            #expect(await bench.status().minInterval == .seconds(15))
        }
        let gaps = bench.reader.calls.gaps
        #expect(gaps.prefix(4) == [15, 30, 60, 120].map { .seconds($0) + .milliseconds(20) }[...])
        #expect(gaps[4..<13].allSatisfy { $0 == .seconds(60) })
        #expect(gaps[14..<23].allSatisfy { $0 == .seconds(50) })
        #expect(gaps.dropFirst(5 + 15 * 10).allSatisfy { $0 == .milliseconds(15_020) })
    }

    @Test(
        "An endpoint that does not answer is tried ever less, once a minute in the end",
        arguments: [.unavailable, .timeout] as [ReadingFailure.Reason]
    )
    func unreachable(reason: ReadingFailure.Reason) async {
        let bench = PollBench(Self.setup { $0.apps = 40 }) { $0.number < 9 ? .failing(reason) : .good }
        await bench.run { await bench.clock.advance(by: .minutes(20)) }
        let waits = [15, 15, 15, 15, 15, 16, 32, 60, 60].map { Duration.seconds($0) + .milliseconds(20) }
        let gaps = bench.reader.calls.gaps
        #expect(gaps.prefix(9) == waits[...])
        #expect(gaps.dropFirst(9).allSatisfy { $0 == .milliseconds(15_020) })
    }

    @Test("What the provider asks for is kept by the whole budget")
    func retryAfter() async {
        let bench = PollBench(Self.setup { $0.apps = 40 }) {
            $0.number == 0 ? .failing(.throttled, retryAfter: .seconds(200)) : .good
        }
        await bench.run { await bench.clock.advance(by: .minutes(10)) }
        #expect(bench.reader.calls.gaps.first == .milliseconds(200_020))
    }

    @Test("The late success of an earlier call does not shorten the wait that a later one was told")
    func lateSuccess() async {
        let bench = PollBench(Self.setup { $0.apps = 40 }) {
            switch $0.number {
            case 0: .taking(.seconds(20))
            case 1: .failing(.throttled, retryAfter: .seconds(120))
            default: .good
            }
        }
        await bench.run { await bench.clock.advance(by: .minutes(10)) }
        #expect(bench.reader.calls.gaps.prefix(2) == [.milliseconds(15_450), .milliseconds(120_020)])
    }

    @Test("A dead endpoint costs about one call a minute")
    func dead() async {
        let bench = PollBench(Self.setup { $0.apps = 40 }) { _ in .failing(.unavailable) }
        await bench.run { await bench.clock.advance(by: .hours(2)) }
        #expect((115...126).contains(bench.reader.calls.count))
    }

    @Test("Refused credentials are tried every minute and then ever less", arguments: [1, 20])
    func unauthorized(apps: Int) async {
        let bench = PollBench(Self.setup { $0.apps = apps }) { _ in .failing(.unauthorized) }
        await bench.run { await bench.clock.advance(by: .hours(8)) }
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(60) })
        #expect(bench.reader.calls.gaps.suffix(10).allSatisfy { $0 >= .seconds(900) && $0 <= .seconds(961) })
    }

    @Test("One app's rejection slows no other app, and its history is not asked for")
    func rejected() async {
        let setup = Self.setup {
            $0.apps = 4
            $0.historyDays = 5
            $0.interval = .minutes(2)
        }
        let bench = PollBench(setup) { $0.app == "2" ? .failing(.rejected) : .good }
        await bench.run { await bench.clock.advance(by: .hours(3)) }
        for app in ["0", "1", "3"] {
            let times = bench.reader.calls(of: app).filter { $0.window.last == .sample }
            #expect(times.gaps.allSatisfy { $0 <= .minutes(2) + .seconds(61) })
            #expect(times.count >= 85)
            #expect(bench.store.days(of: PollBench.app(Int(app) ?? 0)).count == 6)
        }
        let rejected = bench.reader.calls(of: "2")
        #expect(rejected.allSatisfy { $0.window.last == .sample })
        #expect(rejected.gaps.allSatisfy { $0 >= .seconds(60) })
        #expect((4...8).contains(rejected.count))
    }

    @Test(
        "An app that is rejected after it could be read is not asked for closed days either, until it can be read again"
    )
    func rejectedLater() async {
        let midnight = UsageDay.sample.end
        let setup = Self.setup {
            $0.apps = 1
            $0.historyDays = 1
            $0.start = midnight - .minutes(20)
        }
        let bench = PollBench(setup) { call in
            let isRejected = call.askedAt > midnight - .minutes(8) && call.askedAt < midnight + .minutes(30)
            return isRejected ? .failing(.rejected) : .good
        }
        await bench.run { await bench.clock.advance(by: .hours(2)) }
        let asked = bench.reader.calls.filter { $0.window == UsageWindow(day: .sample) }
        #expect(!asked.isEmpty)
        #expect(asked.allSatisfy { $0.askedAt >= midnight + .minutes(30) })
    }

    @Test("An app whose rejection ends gets its history too")
    func rejectionEnds() async {
        let setup = Self.setup {
            $0.apps = 2
            $0.historyDays = 5
        }
        let bench = PollBench(setup) { $0.app == "1" && $0.uptime < .minutes(20) ? .failing(.rejected) : .good }
        await bench.run {
            await bench.clock.advance(by: .minutes(19))
            #expect(bench.store.days(of: PollBench.app(1)).isEmpty)
            await bench.clock.advance(by: .hours(1))
        }
        #expect(bench.store.days(of: PollBench.app(1)).count == 6)
        #expect(await bench.poller.status().targets[1].failure == nil)
    }

    @Test(
        "An app that alone fails backs off by itself, and holds up no other",
        arguments: [(ReadingFailure.Reason.unavailable, 60), (.timeout, 60), (.unauthorized, 900)]
    )
    func alone(reason: ReadingFailure.Reason, longest: Int) async {
        let bench = PollBench(Self.setup { $0.apps = 4 }) { call in
            var reply = FakeReader.Reply.good
            if call.app == "0" { reply.failure = ReadingFailure(reason, "No.", scope: .unknown) }
            return reply
        }
        await bench.run { await bench.clock.advance(by: .minutes(120)) }
        for app in ["1", "2", "3"] { #expect(bench.reader.calls(of: app).count >= 23) }
        let asked = bench.reader.calls(of: "0").map(\.uptime)
        let waits = zip(asked, asked.dropFirst()).map { $1 - $0 }
        #expect(waits.dropFirst(5).allSatisfy { $0 >= .seconds(longest) })
    }

    @Test("A success of another day does not hide that the running day cannot be read")
    func notHidden() async throws {
        let bench = PollBench(Self.setup { ($0.apps, $0.historyDays) = (1, 5) }) { call in
            let isToday = call.window.last.end > call.askedAt
            return isToday && call.uptime > .minutes(1) ? .failing(.malformed) : .good
        }
        await bench.run { await bench.clock.advance(by: .minutes(30)) }
        let status = try #require(await bench.poller.status().targets.first)
        #expect(bench.reader.calls.contains { $0.window.last.end <= $0.askedAt })
        #expect(status.failure?.reason == .malformed)
        #expect(try #require(status.lastSuccess) < UsageDay.sample.at(12) + .minutes(1))
    }

    @Test("A malformed answer holds up its own app only")
    func malformed() async {
        let bench = PollBench { $0.app == "0" ? .failing(.malformed) : .good }
        await bench.run { await bench.clock.advance(by: .hours(1)) }
        #expect(bench.reader.calls(of: "1").count >= 11)
        #expect(bench.reader.calls(of: "0").count < 14)
    }

    @Test("A store that cannot be written costs no call of others, and is tried again after the interval")
    func store() async {
        let bench = PollBench(Self.setup { $0.historyDays = 2 })
        bench.store.isFull = true
        await bench.run {
            await bench.clock.advance(by: .minutes(21))
            for app in 0..<3 {
                #expect(bench.reader.calls(of: "\(app)").count == 5)
                #expect(bench.reader.calls(of: "\(app)").gaps.allSatisfy { $0 >= .minutes(5) })
                #expect(bench.store.days(of: PollBench.app(app)).isEmpty)
            }
            #expect(await bench.poller.status().targets.allSatisfy { $0.lastSuccess == nil && $0.lastAttempt != nil })
            bench.store.isFull = false
            await bench.clock.advance(by: .minutes(8))
        }
        for app in 0..<3 { #expect(bench.store.days(of: PollBench.app(app)).count == 3) }
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(15) })
    }

    @Test("The log says what a person has to do, as an error; what passes by itself is a warning")
    func log() async {
        let lines = LineLog()
        let setup = Self.setup {
            $0.apps = 1
            $0.logger = Logger(label: "lines") { _ in lines }
        }
        let bench = PollBench(setup) { call in
            switch call.number {
            case 0:
                FakeReader.Reply(
                    failure: ReadingFailure(.unauthorized, "The key is unknown.", advice: "Check secret_id.")
                )
            case 1: .failing(.unavailable)
            default: .good
            }
        }
        await bench.run { await bench.clock.advance(by: .minutes(5)) }
        let expected = [
            "error The key is unknown. Check secret_id. app=0 outcome=unauthorized retry_in=60s",
            "warning It fails. app=0 outcome=unavailable retry_in=30s", "info The app can be read again. app=0",
        ]
        #expect(lines.all == expected)
    }
}
