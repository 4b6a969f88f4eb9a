import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("A store that lost what it knew")
struct RelearnTests {
    @Test("All days are asked for again, the spacing is kept, and nothing is asked twice after that")
    func askedAgain() async throws {
        var setup = PollBench.Setup()
        setup.apps = 2
        setup.historyDays = 6
        setup.interval = .minutes(30)
        let bench = PollBench(setup)
        try await bench.run {
            await bench.clock.advance(by: .minutes(20))
            let known = (0..<2).map { bench.store.days(of: PollBench.app($0)).map(\.day) }
            #expect(known.allSatisfy { $0.count == 7 })
            let before = bench.reader.calls.count

            bench.store.forgetAll()
            try await bench.relearn()
            await bench.clock.advance(by: .minutes(20))
            #expect((0..<2).map { bench.store.days(of: PollBench.app($0)).map(\.day) } == known)
            let again = bench.reader.calls.dropFirst(before)
            #expect(again.count == 14)
            let starts = again.map(\.uptime)
            #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 >= setup.source.spacing })
        }
    }

    @Test("While it cannot be read either, what was known stays known")
    func unreadable() async {
        var setup = PollBench.Setup()
        setup.apps = 1
        let bench = PollBench(setup)
        await bench.run {
            await bench.clock.advance(by: .minutes(1))
            let before = bench.reader.calls.count
            bench.store.isReadable = false
            await #expect(throws: MemoryStore.Full.self) { try await bench.relearn() }
            await bench.clock.advance(by: .minutes(2))
            #expect(bench.reader.calls.count == before)
        }
    }
}
