import Testing
import Usage
import UsagePolling
import TestSupport

@Suite("Polling within a budget", .timeLimit(.minutes(1)))
struct BudgetPollerTests {
    private static let spacing = Duration.seconds(15)

    @Test("A new ledger is filled at once")
    func goesAtOnce() async {
        let bench = PollBench()
        await bench.run {
            await bench.clock.rest()
            #expect(bench.reader.calls.map(\.uptime) == [.seconds(3)])
        }
    }

    @Test("With a ledger of an earlier process the first call waits one spacing and what a call may be on the way")
    func waitsFirst() async {
        var setup = PollBench.Setup()
        setup.waitsFirst = true
        let bench = PollBench(setup)
        await bench.run {
            await bench.clock.advance(by: .milliseconds(15_449))
            #expect(bench.reader.calls.isEmpty)
            await bench.clock.advance(by: .milliseconds(1))
            #expect(bench.reader.calls.map(\.uptime) == [.milliseconds(18_450)])
        }
    }

    @Test("Calls keep their spacing, and use the budget, whatever the answers are", arguments: UInt64(0)..<10)
    func spacing(seed: UInt64) async {
        var setup = PollBench.Setup()
        setup.apps = 20
        setup.historyDays = 10
        let bench = PollBench(setup) { call in
            var generator = SeededGenerator(seed: seed &* 10_000 &+ UInt64(call.number))
            let reason = ReadingFailure.Reason.allCases.randomElement(using: &generator)
            let takes = Duration.milliseconds(Int.random(in: 1...40_000, using: &generator))
            let quick = Duration.milliseconds(Int.random(in: 1...400, using: &generator))
            var reply = FakeReader.Reply.taking(Bool.random(using: &generator) ? takes : quick)
            guard let reason, Int.random(in: 0...9, using: &generator) == 0 else { return reply }
            reply.failure = ReadingFailure(reason, "By chance.")
            return reply
        }
        await bench.run {
            for _ in 0..<40 {
                await bench.clock.advance(by: .minutes(3))
                var generator = SeededGenerator(seed: seed &+ UInt64(bench.reader.calls.count))
                bench.clock.stepWall(by: .seconds(Int.random(in: -3600...3600, using: &generator)))
            }
        }
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= Self.spacing })
        #expect(bench.reader.calls.count > 80)
        #expect(bench.clock.shortestSleep > .zero)
    }

    @Test("A source of which one call at a time is allowed has no second one under way, however slow the first is")
    func oneAtATime() async {
        var setup = PollBench.Setup()
        setup.apps = 20
        setup.source = UsageSource(
            provider: UsageSource.rooms.provider,
            name: "one",
            tiers: [.audio],
            knowsRooms: false,
            grain: .minutes,
            reach: 2,
            mostInFlight: 1,
            zone: .utc,
            settledAfter: .zero,
            lag: .zero,
            spacing: .seconds(2)
        )
        let bench = PollBench(setup) { _ in .taking(.seconds(7)) }
        await bench.run {
            await bench.clock.advance(by: .seconds(60))
        }
        #expect(bench.reader.calls.count == 9)
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(7) })
    }

    @Test(
        "While work waits, calls follow each other as closely as they may",
        arguments: [20, 300, 450, 2000, 15_000, 20_000]
    )
    func utilisation(milliseconds: Int) async {
        var setup = PollBench.Setup()
        setup.apps = 40
        let bench = PollBench(setup) { _ in .taking(.milliseconds(milliseconds)) }
        await bench.run { await bench.clock.advance(by: .hours(1)) }
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= Self.spacing && $0 <= .milliseconds(15_450) })
        #expect(bench.reader.calls.count >= 233)
    }

    @Test("A provider that never answers does not collect more than sixteen calls")
    func unanswered() async {
        var setup = PollBench.Setup()
        setup.apps = 40
        let bench = PollBench(setup) { _ in .taking(.hours(9)) }
        await bench.run {
            await bench.clock.advance(by: .hours(1))
            #expect(bench.reader.calls.count == 16)
            await bench.clock.advance(by: .hours(9))
            #expect(bench.reader.calls.count > 16)
            #expect(bench.reader.calls.gaps.allSatisfy { $0 >= Self.spacing })
        }
    }

    @Test("What the store knows is not asked for again")
    func load() async throws {
        var setup = PollBench.Setup()
        setup.apps = 0
        setup.historyDays = 3
        let bench = PollBench(setup)
        let day = UsageDay.sample
        for back in [1, 3] {
            let known = day.advanced(by: -back)
            let asked = UsageSource.rooms.settleTime(of: known)
            bench.store.put(
                RecordedDay(day: known, askedAt: asked, confirmedAt: asked, seconds: 60),
                of: PollBench.app(0)
            )
        }
        try await bench.poll([0])
        let settled = UsageSource.rooms.settleTime(of: day.previous)
        #expect(await bench.poller.status().targets[0].lastSuccess == settled)
        #expect(await bench.poller.status().targets[0].lastAttempt == nil)
        await bench.run { await bench.clock.advance(by: .minutes(4)) }
        #expect(bench.reader.calls.map(\.window.last) == [day, day.advanced(by: -2)])
    }

    @Test("The running day is asked for up to the last full minute, a closed one as a whole, at the wall clock's time")
    func windows() async {
        var setup = PollBench.Setup()
        setup.apps = 1
        setup.historyDays = 1
        let bench = PollBench(setup)
        await bench.run { await bench.clock.advance(by: .minutes(6)) }
        let day = UsageDay.sample
        let windows = [
            UsageWindow(day: day, through: day.at(12)), UsageWindow(day: day.previous),
            UsageWindow(day: day, through: day.at(12, 5)),
        ]
        #expect(bench.reader.calls.map(\.window) == windows)
        #expect(
            bench.reader.calls.map(\.askedAt) == [
                day.at(12), day.at(12) + .milliseconds(15_020), day.at(12, 5),
            ]
        )
    }

    @Test("Each attempt is told of once, with its app")
    func changes() async {
        let bench = PollBench { $0.app == "1" ? .failing(.rejected) : .good }
        await bench.run { await bench.clock.advance(by: .minutes(4)) }
        let apps = bench.changes.all.map(\.app)
        #expect(apps == bench.reader.calls.map(\.app))
        #expect(Set(apps) == ["0", "1", "2"])
    }

    @Test(
        "Cancelling ends the poller at once: asleep, during a call, and with calls overlapping",
        arguments: [0, 5, 40]
    )
    func cancellation(seconds: Int) async {
        let bench = PollBench { _ in seconds == 0 ? .good : .taking(.hours(1)) }
        let task = bench.start()
        await bench.clock.advance(by: .seconds(seconds + 1))
        let uptime = bench.clock.uptime
        let changes = bench.changes.all.count
        task.cancel()
        await task.value
        #expect(bench.clock.uptime == uptime)
        // A call that was cut off is no failure of anybody's.
        #expect(bench.changes.all.count == changes)
        #expect(await bench.poller.status().targets.allSatisfy { $0.failure == nil })
    }
}
