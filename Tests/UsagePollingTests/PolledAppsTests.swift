import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Apps that come and go", .timeLimit(.minutes(1)))
struct PolledAppsTests {
    private func polled(_ bench: PollBench) async -> [String] { await bench.status().targets.map(\.app.app) }

    @Test("An app that is added is polled at once, with its history and what the store knows of it")
    func added() async throws {
        var setup = PollBench.Setup()
        setup.apps = 1
        setup.historyDays = 3
        let bench = PollBench(setup)
        let known = UsageDay.sample.advanced(by: -2)
        let asked = UsageSource.rooms.settleTime(of: known)
        bench.store.put(RecordedDay(day: known, askedAt: asked, confirmedAt: asked, seconds: 60), of: PollBench.app(1))
        try await bench.run {
            await bench.clock.advance(by: .minutes(2))
            let uptime = bench.clock.uptime
            try await bench.poll([0, 1])
            #expect(await polled(bench) == ["0", "1"])
            #expect(await bench.status().targets[1].lastSuccess == asked)
            await bench.clock.advance(by: .minutes(2))
            let calls = bench.reader.calls(of: "1")
            #expect(calls.first?.uptime == uptime)
            #expect(calls.map(\.window.last) == [0, 1, 3].map { UsageDay.sample.advanced(by: -$0) })
        }
    }

    @Test("An app that is removed gets no further call and is gone from what is told")
    func removed() async throws {
        var setup = PollBench.Setup()
        setup.historyDays = 20
        let bench = PollBench(setup)
        try await bench.run {
            await bench.clock.advance(by: .minutes(3))
            try await bench.poll([0, 2])
            let before = bench.reader.calls(of: "1").count
            #expect(before > 0)
            await bench.clock.advance(by: .hours(1))
            #expect(bench.reader.calls(of: "1").count == before)
            #expect(await polled(bench) == ["0", "2"])
            #expect(bench.store.days(of: PollBench.app(2)).count == 21)
        }
    }

    @Test(
        "A call that is under way when its app is removed does no harm",
        arguments: [nil, .malformed, .unauthorized] as [ReadingFailure.Reason?]
    )
    func inFlight(failure: ReadingFailure.Reason?) async throws {
        let bench = PollBench { call in
            guard call.app == "0" else { return .good }
            var reply = FakeReader.Reply.taking(.seconds(40))
            reply.failure = failure.map { ReadingFailure($0, "No.") }
            return reply
        }
        try await bench.run {
            await bench.clock.advance(by: .seconds(5))
            try await bench.poll([1, 2])
            await bench.clock.advance(by: .minutes(20))
            #expect(bench.reader.calls(of: "0").count == 1)
            #expect(bench.reader.calls(of: "1").count >= 4)
            #expect(bench.reader.calls(of: "2").count >= 4)
            #expect(await polled(bench) == ["1", "2"])
            #expect(bench.store.days(of: PollBench.app(0)).count == (failure == nil ? 1 : 0))
        }
        #expect(bench.reader.calls.gaps.allSatisfy { $0 >= .seconds(15) })
    }

    @Test("An app that is added again goes on where it was, and its closed days are not asked for again")
    func again() async throws {
        var setup = PollBench.Setup()
        setup.apps = 2
        setup.historyDays = 5
        let bench = PollBench(setup)
        try await bench.run {
            await bench.clock.advance(by: .minutes(10))
            try await bench.poll([0])
            await bench.clock.advance(by: .minutes(30))
            let before = bench.reader.calls(of: "1").count
            try await bench.poll([1, 0])
            #expect(await polled(bench) == ["0", "1"])
            await bench.clock.advance(by: .minutes(2))
            let new = bench.reader.calls(of: "1").dropFirst(before)
            #expect(new.map(\.window.last) == [.sample])
        }
    }

    @Test("Only the account that is named loses apps, and one that changes its account is polled on")
    func accounts() async throws {
        var setup = PollBench.Setup()
        setup.apps = 4
        setup.accounts = ["a", "b"]
        let bench = PollBench(setup)
        try await bench.run {
            await bench.clock.advance(by: .minutes(2))
            try await bench.poll([0], of: "a")
            #expect(await polled(bench) == ["0", "1", "3"])
            try await bench.poll([1, 3, 2], of: "b")
            let told = await bench.status().targets.map { "\($0.account)\($0.app.app)" }
            #expect(told == ["a0", "b1", "b3", "b2"])
            let before = bench.reader.calls(of: "2").count
            await bench.clock.advance(by: .minutes(10))
            #expect(bench.reader.calls(of: "2").count > before)
        }
    }

    @Test("When the store cannot be read what is polled stays, and the next attempt adds the others with what is known")
    func unreadable() async throws {
        var setup = PollBench.Setup()
        setup.apps = 1
        setup.historyDays = 1
        let bench = PollBench(setup)
        let known = UsageDay.sample.previous
        let asked = UsageSource.rooms.settleTime(of: known)
        bench.store.put(RecordedDay(day: known, askedAt: asked, confirmedAt: asked, seconds: 60), of: PollBench.app(1))
        try await bench.run {
            await bench.clock.advance(by: .minutes(1))
            bench.store.isReadable = false
            await #expect(throws: MemoryStore.Full.self) { try await bench.poll([0, 1]) }
            #expect(await polled(bench) == ["0"])
            bench.store.isReadable = true
            try await bench.poll([0, 1])
            await bench.clock.advance(by: .minutes(3))
            #expect(bench.reader.calls(of: "1").map(\.window.last) == [.sample])
        }
    }

    @Test("Without any app there are no calls until one comes")
    func none() async throws {
        var setup = PollBench.Setup()
        setup.apps = 0
        let bench = PollBench(setup)
        try await bench.run {
            await bench.clock.advance(by: .hours(1))
            #expect(bench.reader.calls.isEmpty)
            try await bench.poll([7], of: "new")
            await bench.clock.rest()
            #expect(bench.reader.calls.map(\.app) == ["7"])
            #expect(await bench.status().accounts.map(\.account) == ["new"])
        }
    }
}
