import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Serves a responder over HTTP/1.1 until it is cancelled or shut down gracefully.
///
/// Not Hummingbird's `Application`, because that writes the machine's time into the Date header of every answer.
final class SimulatorServer<Responder: HTTPResponder>: Service where Responder.Context == BasicRequestContext {
    let port = BoundPort()
    private let responder: Responder
    private let address: BindAddress
    private let logger: Logger
    private let pause: Pause
    private let onServerRunning: @Sendable (Int) async -> Void

    init(
        responder: Responder,
        address: BindAddress,
        logger: Logger,
        pause: @escaping Pause,
        onServerRunning: @escaping @Sendable (Int) async -> Void
    ) {
        self.responder = responder
        self.address = address
        self.logger = logger
        self.pause = pause
        self.onServerRunning = onServerRunning
    }

    func run() async throws {
        do {
            let server = try makeServer()
            try await run(server)
            port.settle(.failure(SimulatorStopped()))
        } catch {
            port.settle(.failure(error is CancellationError ? SimulatorStopped() : error))
            throw error
        }
    }

    private func makeServer() throws -> any Service {
        let responder = responder
        let logger = logger
        return try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(address: address),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger
        ) { (request, writer: consuming ResponseWriter, channel) in
            let context = BasicRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
            // A thrown error closes the connection: that is how faults cut one.
            let response = try await responder.respond(to: request, context: context)
            try await writer.write(response: response.head, body: response.body)
        } onServerRunning: { [port, onServerRunning] channel in
            let bound = channel.localAddress?.port ?? 0
            port.settle(.success(bound))
            await onServerRunning(bound)
        }
    }

    /// Lets answers that are under way at a graceful shutdown finish, but not for long: a hanging one never would.
    private func run(_ server: any Service) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask { [pause] in
                try await gracefulShutdown()
                try await pause(.milliseconds(300))
            }
            try await group.next()
            group.cancelAll()
            // What is left now ends because it was cancelled.
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }
}
