import ExporterHTTP
import Logging
import ServiceLifecycle

extension Edge {
    /// Runs `body` with the port of a server that listens, then shuts that down gracefully and waits for it.
    func listening<Value: Sendable>(
        on address: ListenAddress = ListenAddress(host: "127.0.0.1", port: 0),
        _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = ExporterServer(
            listener: .address(address),
            router: router,
            protection: protection,
            logger: .quiet
        ) { port.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: .quiet))
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                defer { port.finish() }
                try await group.run()
                return nil
            }
            tasks.addTask {
                for await port in ports {
                    do {
                        let value = try await body(port)
                        await group.triggerGracefulShutdown()
                        return value
                    } catch {
                        await group.triggerGracefulShutdown()
                        throw error
                    }
                }
                return nil
            }
            var value: Value?
            for try await result in tasks { value = result ?? value }
            guard let value else { throw CancellationError() }
            return value
        }
    }
}
