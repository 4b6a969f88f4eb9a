public import Logging
public import ServiceLifecycle

import Hummingbird

/// Huawei's RTC service, played over HTTP: `GET /v1/{project_id}/rtc/history/usage` and `GET /v2/apps`.
///
/// Checks every call in the provider's order, with checks of its own, and answers in the provider's form from made-up
/// usage. Beside it, on the same listener, are the control endpoints under `/simulator/`, described in
/// `Control/ControlRoutes.swift`.
///
/// Runs until it is cancelled or shut down gracefully, and then ends within a second, also while calls hang.
public final class HuaweiSimulator: Service {
    /// The world that is played: clocks, usage, arrival log and faults, all of which may be used while it runs.
    public let simulation: Simulation
    private let server: SimulatorServer<ProviderResponder>

    /// A simulator that does not listen yet.
    ///
    /// - Parameters:
    ///   - simulation: The world to play.
    ///   - host: The address to listen at.
    ///   - port: The port to listen at; 0 for any free one.
    ///   - logger: Told when it listens, at level info.
    ///   - onServerRunning: Called once with the bound port.
    public convenience init(
        simulation: Simulation = Simulation(),
        host: String = "127.0.0.1",
        port: Int = 0,
        logger: Logger = Logger(label: "provider-simulator"),
        onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.init(
            simulation: simulation,
            host: host,
            port: port,
            logger: logger,
            onServerRunning: onServerRunning,
            pause: { try await Task.sleep(for: $0) }
        )
    }

    init(
        simulation: Simulation,
        host: String,
        port: Int,
        logger: Logger,
        onServerRunning: @escaping @Sendable (Int) async -> Void,
        pause: @escaping Pause
    ) {
        self.simulation = simulation
        server = SimulatorServer(
            responder: Self.responder(simulation, pause: pause),
            address: .hostname(host, port: port),
            logger: logger,
            pause: pause,
            onServerRunning: onServerRunning
        )
    }

    /// The port that the simulator listens at; waits until it does.
    ///
    /// Throws what kept it from listening, ``SimulatorStopped`` when it has ended, and a `CancellationError`.
    public var boundPort: Int {
        get async throws { try await server.port.value() }
    }

    /// Listens and answers; see ``HuaweiSimulator``.
    public func run() async throws {
        try await server.run()
    }

    /// The provider and its control endpoints, without a listener.
    static func responder(_ simulation: Simulation, pause: @escaping Pause) -> ProviderResponder {
        ProviderResponder(simulation, dialect: HuaweiDialect(simulation), pause: pause) { _ in true }
    }
}
