import HummingbirdTesting
import Logging
import ServiceLifecycle

@testable import ProviderSimulator

extension World {
    /// Runs `test` with the port of a simulator that listens on the loopback interface, then shuts it down gracefully.
    ///
    /// `pause` is called where the simulator lets time pass; it does not wait unless told otherwise.
    func listening<Value: Sendable>(
        pause: @escaping Pause = { _ in },
        _ test: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let simulator = SimulatorServer(.tencent, of: simulation, logger: .quiet, pause: pause)
        let group = ServiceGroup(configuration: .init(services: [simulator], logger: .quiet))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let value: Value
            do {
                value = try await test(simulator.boundPort)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return value
        }
    }

    /// Runs `test` with one connection to a simulator that listens.
    func connected<Value: Sendable>(
        pause: @escaping Pause = { _ in },
        _ test: @escaping @Sendable (TestClient) async throws -> Value
    ) async throws -> Value {
        try await listening(pause: pause) { port in
            try await TestClient.withClient(host: "127.0.0.1", port: port, operation: test)
        }
    }
}

extension Logger {
    /// A logger that keeps tests silent.
    static var quiet: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}
