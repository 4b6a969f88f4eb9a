import ArgumentParser
import Foundation
import Logging
import ProviderSimulator
import Usage

/// Starts the simulated providers and an exporter on them. Needs no account and no file.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the exporter on simulated providers, in real time, with months of made-up history."
    )

    /// The provider's own spacing of 15 s would make a newcomer wait for an hour until the history is there.
    private static let spacing = Duration.milliseconds(250)

    @Option(help: "Port of the simulated provider on 127.0.0.1; 0 for any free one.")
    var simulatorPort = 0

    @OptionGroup var web: WebFlags
    @OptionGroup var log: LogFlags

    func run() async throws {
        log.bootstrap()
        let logger = Logger(label: "demo")
        var simulated = SimulatorConfiguration.demo
        simulated.spacing = Self.spacing
        let simulation = Simulation(configuration: simulated)
        let simulator = TencentSimulator(
            simulation: simulation,
            host: "127.0.0.1",
            port: simulatorPort,
            logger: Logger(label: "simulator")
        )
        let folder = FileManager.default.temporaryDirectory.appending(path: "rtc-exporter-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        logger.notice(
            "This is a demo: the usage is made up, and the simulated provider allows a call every 250 ms instead of 15 s.",
            metadata: ["seed": "\(simulated.seed)"]
        )
        try await Lifecycle.run(
            [simulator, demoExporter(on: simulator, ledger: folder.appending(path: "demo.sqlite").path)],
            logger: logger
        )
    }

    /// An exporter that begins once the simulator listens. It goes by the simulator's clock, so that stopping that clock
    /// stops the day as well.
    private func demoExporter(on simulator: TencentSimulator, ledger: String) -> LateService {
        let (addresses, options) = (web.addresses, web.options)
        return LateService {
            let port = try await simulator.boundPort
            let clock = simulator.simulation.clock
            return Exporter(
                configuration: DemoConfiguration.make(simulator.simulation.configuration, port: port, ledger: ledger),
                addresses: addresses,
                options: options,
                wallClock: { UnixTime(milliseconds: clock.now) },
                notes: [
                    "Demo: the usage is made up. The simulated provider listens on http://127.0.0.1:\(port)/simulator/truth."
                ]
            )
        }
    }
}
