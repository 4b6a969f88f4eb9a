public import Logging
public import ServiceLifecycle

/// All simulated providers on one world, each played over HTTP at a port of its own.
///
/// Each checks every call in the provider's order, with checks of its own, and answers in the provider's form from
/// made-up usage. Beside it, on the same listener, are the control endpoints under `/simulator/`, described in
/// `Control/ControlRoutes.swift`.
///
/// Runs until it is cancelled or shut down gracefully, and then ends within a second, also while calls hang. When one of
/// them cannot listen, all end.
public final class ProviderSimulators: Service {
    /// A port for each listener.
    public struct Ports: Hashable, Sendable {
        /// Tencent's usage API.
        public var tencent: Int
        /// Huawei's RTC service.
        public var huawei: Int
        /// Huawei's identity service.
        public var huaweiIAM: Int
        /// Volcengine's RTC service.
        public var volcengine: Int

        /// Ports to listen at; 0 for any free one.
        public init(tencent: Int = 0, huawei: Int = 0, huaweiIAM: Int = 0, volcengine: Int = 0) {
            self.tencent = tencent
            self.huawei = huawei
            self.huaweiIAM = huaweiIAM
            self.volcengine = volcengine
        }
    }

    /// The world that is played: clocks, usage, arrival log and faults, all of which may be used while it runs.
    public let simulation: Simulation
    private let tencent: SimulatorServer
    private let huawei: SimulatorServer
    private let huaweiIAM: SimulatorServer
    private let volcengine: SimulatorServer

    /// Simulators that do not listen yet.
    ///
    /// - Parameters:
    ///   - simulation: The world to play.
    ///   - host: The address to listen at.
    ///   - ports: The ports to listen at.
    ///   - logger: Told when each listens, at level info.
    public init(
        simulation: Simulation = Simulation(),
        host: String = "127.0.0.1",
        ports: Ports = Ports(),
        logger: Logger = Logger(label: "provider-simulator")
    ) {
        self.simulation = simulation
        func server(_ provider: SimulatedHost, _ port: Int) -> SimulatorServer {
            SimulatorServer(provider, of: simulation, address: host, port: port, logger: logger)
        }
        tencent = server(.tencent, ports.tencent)
        huawei = server(.huawei, ports.huawei)
        huaweiIAM = server(.huaweiIAM, ports.huaweiIAM)
        volcengine = server(.volcengine, ports.volcengine)
    }

    /// The ports that the simulators listen at; waits until all do.
    ///
    /// Throws what kept one from listening, ``SimulatorStopped`` when it has ended, and a `CancellationError`.
    public var endpoints: Ports {
        get async throws {
            Ports(
                tencent: try await tencent.boundPort,
                huawei: try await huawei.boundPort,
                huaweiIAM: try await huaweiIAM.boundPort,
                volcengine: try await volcengine.boundPort
            )
        }
    }

    /// Listens and answers; see ``ProviderSimulators``.
    public func run() async throws {
        try await withThrowingTaskGroup { group in
            for server in [tencent, huawei, huaweiIAM, volcengine] { group.addTask { try await server.run() } }
            // Not waitForAll, which waits for the others also when one has failed.
            while try await group.next() != nil {}
        }
    }
}
