import Synchronization
import TestSupport
import Testing
import Usage
import UsagePolling

@Suite("Throttling that outlives the process", .timeLimit(.minutes(1)))
struct ThrottledPollingTests {
    /// A ledger's worth of throttling.
    private final class Memory: ThrottleStore {
        private let known = Mutex<[String: Throttling]>([:])

        func throttling(of budget: String) async -> Throttling? { known.withLock { $0[budget] } }
        func record(_ throttling: Throttling, of budget: String) async { known.withLock { $0[budget] = throttling } }
        var all: [String: Throttling] { known.withLock { $0 } }
    }

    private static func setup(_ memory: Memory) -> PollBench.Setup {
        var setup = PollBench.Setup()
        setup.apps = 40
        setup.memory = ThrottleMemory(store: memory, budget: "rooms/1234")
        return setup
    }

    @Test("A process that starts anew keeps the lowered rate and the wait that the provider asked for")
    func resumes() async throws {
        let memory = Memory()
        let first = PollBench(Self.setup(memory)) {
            $0.number == 0 ? .failing(.throttled, retryAfter: .seconds(600)) : .good
        }
        await first.run { await first.clock.advance(by: .minutes(1)) }
        #expect(first.reader.calls.count == 1)
        let known = try #require(memory.all["rooms/1234"])
        #expect(known.fraction == 0.5)

        var setup = Self.setup(memory)
        setup.start = first.clock.now
        let second = PollBench(setup)
        await second.run {
            await second.clock.advance(by: .seconds(500))
            #expect(second.reader.calls.isEmpty)
            #expect(await second.status().minInterval == .seconds(30))
            await second.clock.advance(by: .minutes(10))
        }
        let calls = second.reader.calls
        #expect(calls.first.map { $0.uptime >= .seconds(540) && $0.uptime <= .seconds(545) } == true)
        #expect(calls.gaps.prefix(9).allSatisfy { $0 == .seconds(30) })
    }

    @Test("A clock that was set back while the process was down does not prolong the wait")
    func clockSetBack() async {
        let memory = Memory()
        let first = PollBench(Self.setup(memory)) {
            $0.number == 0 ? .failing(.throttled, retryAfter: .seconds(600)) : .good
        }
        await first.run { await first.clock.advance(by: .minutes(1)) }
        var setup = Self.setup(memory)
        setup.start = first.clock.now - .hours(5)
        let second = PollBench(setup)
        await second.run { await second.clock.advance(by: .seconds(610)) }
        #expect(second.reader.calls.count >= 1)
    }

    @Test("Once the full rate is back, a process that starts anew begins with it")
    func recovers() async {
        let memory = Memory()
        let first = PollBench(Self.setup(memory)) { $0.number == 0 ? .failing(.throttled) : .good }
        await first.run { await first.clock.advance(by: .hours(2)) }
        #expect(memory.all["rooms/1234"]?.fraction == 1)
        let second = PollBench(Self.setup(memory))
        await second.run { await second.clock.advance(by: .minutes(2)) }
        #expect(second.reader.calls.gaps.allSatisfy { $0 == .milliseconds(15_020) })
    }
}
