import HTTPTypes
import HummingbirdTesting
import Logging
import ServiceLifecycle
import Testing

@testable import ProviderSimulator

@Suite("The listener", .timeLimit(.minutes(1)))
struct ServerTests {
    @Test("It tells its port to those who asked before and after it was bound")
    func port() async throws {
        let world = World()
        let simulator = SimulatorServer(.tencent, of: world.simulation, logger: .quiet)
        let early = Task { try await simulator.boundPort }
        let running = Task { try await simulator.run() }
        let port = try await simulator.boundPort
        #expect(try await early.value == port)
        #expect(port > 0)
        running.cancel()
        try? await running.value
        await #expect(throws: SimulatorStopped.self) { try await simulator.boundPort }
    }

    @Test("A port that is taken is an error, for the runner and for those who wait")
    func taken() async throws {
        let world = World()
        try await world.listening { port in
            let second = SimulatorServer(.tencent, of: world.simulation, port: port, logger: .quiet)
            let waiting = Task { try await second.boundPort }
            await #expect(throws: (any Error).self) { try await second.run() }
            await #expect(throws: (any Error).self) { try await waiting.value }
        }
    }

    @Test("Who stops waiting for the port is let go")
    func waiting() async throws {
        let simulator = SimulatorServer(.tencent, of: World().simulation, logger: .quiet)
        let waiting = Task { try await simulator.boundPort }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test("The Date header is the provider's, also where the clock was turned")
    func date() async throws {
        let world = World(now: 784_111_777_000)
        let date = try await world.connected { client in
            try await client.get("/simulator/clock").headers[.date]
        }
        #expect(date == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test("A hanging call ends when the client leaves")
    func clientLeaves() async throws {
        let world = World()
        let hanging = HangingPause()
        world.simulation.faults.add(SimulatedFault(.hang))
        try await world.listening(pause: hanging.pause) { port in
            try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
                try await client.executeAndDontWaitForResponse(world.query().request)
                await hanging.began()
            }
            await hanging.ended()
        }
        #expect(world.simulation.calls.all.map(\.outcome) == ["hang"])
    }

    @Test("A hanging call is cut off without an answer when its time is over")
    func hangEnds() async throws {
        let world = World()
        world.simulation.faults.add(SimulatedFault(.hang))
        await #expect(throws: (any Error).self) {
            try await world.connected { try await world.query().send($0) }
        }
    }

    @Test("A graceful shutdown does not wait for a hanging call")
    func gracefulShutdown() async throws {
        try await endsWhileHanging { group, _ in await group.triggerGracefulShutdown() }
    }

    @Test("A cancellation ends it at once, also while a call hangs")
    func cancellation() async throws {
        try await endsWhileHanging { _, running in running.cancel() }
    }

    private func endsWhileHanging(
        _ end: @escaping @Sendable (ServiceGroup, Task<Void, any Error>) async -> Void
    ) async throws {
        let world = World()
        let hanging = HangingPause()
        world.simulation.faults.add(SimulatedFault(.hang))
        let simulator = SimulatorServer(.tencent, of: world.simulation, logger: .quiet, pause: hanging.pause)
        let group = ServiceGroup(configuration: .init(services: [simulator], logger: .quiet))
        let running = Task { try await group.run() }
        let client = TestClient(host: "127.0.0.1", port: try await simulator.boundPort)
        client.connect()
        try await client.executeAndDontWaitForResponse(world.query().request)
        await hanging.began()
        await end(group, running)
        _ = await running.result
        await hanging.ended()
        try await client.shutdown()
    }
}

/// A pause that lasts until it is cancelled, for hanging calls; all others are over at once.
private struct HangingPause: Sendable {
    private let begun = AsyncStream<Void>.makeStream()
    private let over = AsyncStream<Void>.makeStream()

    var pause: Pause {
        { duration in
            guard duration == .seconds(120) else { return }
            begun.continuation.yield()
            defer { over.continuation.yield() }
            try await Task.sleep(for: .seconds(86_400))
        }
    }

    func began() async {
        for await _ in begun.stream { return }
    }

    func ended() async {
        for await _ in over.stream { return }
    }
}
