import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Plays one host over HTTP/1.1 until it is cancelled or shut down gracefully, and then ends within a second, also while
/// calls hang.
///
/// Not Hummingbird's `Application`, because that writes the machine's time into the Date header of every answer.
final class SimulatorServer: Service {
    private let port = BoundPort()
    private let responder: ProviderResponder
    private let address: BindAddress
    private let logger: Logger
    private let pause: Pause

    /// A server that does not listen yet; port 0 is any free one.
    init(
        _ host: SimulatedHost,
        of simulation: Simulation,
        address: String = "127.0.0.1",
        port: Int = 0,
        logger: Logger,
        pause: @escaping Pause = { try await Task.sleep(for: $0) }
    ) {
        responder = host.responder(simulation, pause: pause)
        self.address = .hostname(address, port: port)
        self.logger = logger
        self.pause = pause
    }

    /// The port that the server listens at; waits until it does.
    ///
    /// Throws what kept it from listening, ``SimulatorStopped`` when it has ended, and a `CancellationError`.
    var boundPort: Int {
        get async throws { try await port.value() }
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
        } onServerRunning: { [port] channel in
            port.settle(.success(channel.localAddress?.port ?? 0))
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
