import ArgumentParser
import ExporterHTTP
import Logging
import ProviderSimulator
import ServiceLifecycle

/// Runs the simulated providers alone, for trials with one's own configuration.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the simulated providers alone, with the demo's apps and key."
    )

    @Option(name: .customLong("web.listen-address"), help: "Address to listen on.")
    var address = "127.0.0.1:10088"

    @Option(help: "Shortest time between two calls of an account, in milliseconds.")
    var spacingMilliseconds = 15_000

    @Option(help: "Where the made-up usage comes from: the same seed gives the same usage.")
    var seed: UInt64 = 1

    @Option(help: "How many apps the account has, with ids from 1400012001 on.")
    var apps = 8

    @OptionGroup var log: LogFlags

    func validate() throws {
        guard ListenAddress(address).map({ !$0.host.isEmpty }) ?? false else {
            throw ValidationError("--web.listen-address has to be host:port here.")
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
        let simulator = TencentSimulator(
            simulation: Simulation(configuration: configuration),
            host: address.host,
            port: address.port,
            logger: logger
        )
        try await Lifecycle.run([simulator], logger: logger)
    }
}
