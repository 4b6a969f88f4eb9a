import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("A poller that goes by another plan while it runs", .timeLimit(.minutes(1)))
struct AdoptedPlanTests {
    @Test("Adopting the same plan again and again makes no call sooner, and none twice")
    func same() async throws {
        let bench = PollBench()
        try await bench.run {
            await bench.clock.advance(by: .minutes(1))
            for _ in 1...60 {
                try await bench.adopt(.rooms)
                try await bench.poll([0, 1, 2])
                await bench.clock.advance(by: .seconds(2))
            }
        }
        #expect(bench.reader.calls.map(\.app) == ["0", "1", "2"])
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(15) })
    }

    @Test("Another wish is told at once and kept")
    func interval() async throws {
        var setup = PollBench.Setup()
        setup.apps = 1
        let bench = PollBench(setup)
        try await bench.run {
            await bench.clock.advance(by: .minutes(1))
            try await bench.adopt(.rooms, interval: .minutes(2))
            #expect(await bench.status().targets.map(\.wantedInterval) == [.minutes(2)])
            #expect(await bench.status().targets.map(\.plannedInterval) == [.minutes(2)])
            await bench.clock.advance(by: .minutes(6))
        }
        #expect(bench.reader.calls.gaps.map { $0.wholeMilliseconds / 1000 } == [120, 120, 120])
    }

    @Test("Another spacing holds from the next call on", arguments: [30, 5])
    func spacing(seconds: Int) async throws {
        var setup = PollBench.Setup()
        setup.apps = 8
        let bench = PollBench(setup)
        try await bench.run {
            await bench.clock.advance(by: .seconds(20))
            try await bench.adopt(UsageSource.rooms.with(spacing: .seconds(seconds)))
            #expect(await bench.status().minInterval == .seconds(seconds))
            await bench.clock.advance(by: .minutes(3))
        }
        let gaps = bench.reader.calls.gaps
        #expect(gaps.count >= 6)
        #expect(gaps.dropFirst().allSatisfy { $0 >= .seconds(seconds) })
        #expect(gaps[1] < .seconds(seconds + 1))
    }

    @Test("More history is filled in from where the store's knowledge ends")
    func history() async throws {
        var setup = PollBench.Setup()
        setup.apps = 1
        setup.historyDays = 2
        let bench = PollBench(setup)
        for back in 1...4 {
            let day = UsageDay.sample.advanced(by: -back)
            let asked = UsageSource.rooms.settleTime(of: day)
            bench.store.put(
                RecordedDay(day: day, askedAt: asked, confirmedAt: asked, seconds: 60),
                of: PollBench.app(0)
            )
        }
        try await bench.run {
            try await bench.poll([0])
            await bench.clock.advance(by: .minutes(2))
            let before = bench.reader.calls.count
            try await bench.adopt(.rooms, historyDays: 6)
            await bench.clock.advance(by: .minutes(2))
            let new = bench.reader.calls.dropFirst(before).map(\.window.last)
            #expect(new == [5, 6].map { UsageDay.sample.advanced(by: -$0) })
        }
    }

    @Test("When the store cannot be read the plan stays what it was")
    func unreadable() async throws {
        let bench = PollBench()
        try await bench.run {
            await bench.clock.advance(by: .minutes(1))
            bench.store.isReadable = false
            await #expect(throws: MemoryStore.Full.self) {
                try await bench.adopt(UsageSource.rooms.with(spacing: .seconds(20)), historyDays: 3)
            }
            #expect(await bench.status().minInterval == .seconds(15))
            bench.store.isReadable = true
            try await bench.adopt(UsageSource.rooms.with(spacing: .seconds(20)), historyDays: 3)
            #expect(await bench.status().minInterval == .seconds(20))
        }
    }

    @Test("Days in another zone are other days: apps are read anew, at the same spacing, and no call under way is lost")
    func zone() async throws {
        let other = UsageSource.rooms.with { $0.zone = .utc }
        let bench = PollBench { call in call.app == "2" ? .taking(.seconds(40)) : .good }
        let reader = FakeReader(source: other, clock: bench.clock) { _ in .good }
        try await bench.run {
            await bench.clock.advance(by: .seconds(50))
            #expect(bench.reader.calls.count == 3)
            try await bench.adopt(other)
            #expect(await bench.status().targets.isEmpty)
            await bench.clock.advance(by: .seconds(30))
            #expect(bench.reader.calls.count == 3)
            #expect(bench.store.days(of: PollBench.app(2)).map(\.day) == [.sample])
            try await bench.poll([0, 1, 2], by: reader)
            await bench.clock.advance(by: .seconds(50))
            #expect(reader.calls.map(\.app) == ["0", "1", "2"])
            #expect(Set(reader.calls.map(\.window.last.zone)) == [.utc])
            #expect(await bench.status().targets.map(\.app.app) == ["0", "1", "2"])
        }
        #expect((bench.reader.calls + reader.calls).gaps.allSatisfy { $0 >= .seconds(15) })
    }

    @Test("What is told can be limited to the accounts in force; how long calls took is told of all")
    func limited() async {
        var setup = PollBench.Setup()
        setup.accounts = ["a", "b"]
        let bench = PollBench(setup)
        await bench.run {
            await bench.clock.advance(by: .minutes(1))
            let status = await bench.status()
            let limited = status.limited(to: ["b", "c"])
            #expect(limited.accounts.map(\.account) == ["b"])
            #expect(limited.targets.map(\.app.app) == ["1"])
            #expect(limited.durations.counts == status.durations.counts)
            #expect(status.limited(to: []).accounts.isEmpty)
        }
    }
}
