import ArgumentParser
import ExporterHTTP
import Logging
import ProviderSimulator
import ServiceLifecycle

/// Runs the simulated providers alone, for trials with one's own configuration.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the simulated providers alone, with the demo's apps and keys."
    )

    @Option(
        name: .customLong("web.listen-address"),
        help: "Address of Tencent; Huawei, its token service and Volcengine have the three ports after it."
    )
    var address = "127.0.0.1:10088"

    @Option(help: "Shortest time between two calls of an account for usage by room, in milliseconds.")
    var spacingMilliseconds = 15_000

    @Option(help: "Where the made-up usage comes from: the same seed gives the same usage.")
    var seed: UInt64 = 1

    @Option(help: "How many apps the Tencent account has, with ids from 1400012001 on.")
    var apps = 8

    @OptionGroup var log: LogFlags

    func validate() throws {
        guard let listen = ListenAddress(address), !listen.host.isEmpty else {
            throw ValidationError("--web.listen-address has to be host:port here.")
        }
        guard ProviderSimulators.Ports.fit(from: listen.port) else {
            throw ValidationError("--web.listen-address has to leave room for three more ports.")
        }
        guard spacingMilliseconds > 0 else { throw ValidationError("--spacing-milliseconds has to be above 0.") }
        guard (1...10_000).contains(apps) else { throw ValidationError("--apps has to be from 1 to 10000.") }
    }

    func run() async throws {
        log.bootstrap()
        guard let address = ListenAddress(address) else { return }
        var configuration = SimulatorConfiguration.demo(apps: apps)
        configuration.spacing = .milliseconds(spacingMilliseconds)
        configuration.seed = seed
        let logger = Logger(label: "simulator")
        let simulator = ProviderSimulators(
            simulation: Simulation(configuration: configuration),
            host: address.host,
            ports: ProviderSimulators.Ports(from: address.port),
            logger: logger
        )
        let announcement = SimulatorAnnouncement(simulators: simulator, host: address.host, logger: logger)
        try await Lifecycle.run([simulator, announcement], logger: logger)
    }
}

extension ProviderSimulators.Ports {
    /// Whether there are four ports in a row from there on.
    static func fit(from first: Int) -> Bool { (0...65_532).contains(first) }

    /// Four ports in a row; any free ones for 0.
    init(from first: Int) {
        self =
            first == 0
            ? ProviderSimulators.Ports()
            : ProviderSimulators.Ports(
                tencent: first,
                huawei: first + 1,
                huaweiIAM: first + 2,
                volcengine: first + 3
            )
    }
}
