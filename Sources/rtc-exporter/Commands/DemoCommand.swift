import ArgumentParser
import ExporterHTTP
import Foundation
import Logging
import ProviderSimulator
import UnixSignals
import Usage

/// Starts the simulated providers and an exporter on them. Needs no account and no file.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the exporter on simulated providers, in real time, with months of made-up history."
    )

    /// The provider's own spacing of 15 s would make a newcomer wait for an hour until the history is there.
    private static let spacing = Duration.milliseconds(250)

    @Option(
        help: "Port of the simulated Tencent on 127.0.0.1; the others have the ports after it. 0 for any free ones."
    )
    var simulatorPort = 0

    @OptionGroup var web: WebFlags
    @OptionGroup var log: LogFlags

    func validate() throws {
        guard ProviderSimulators.Ports.fit(from: simulatorPort) else {
            throw ValidationError("--simulator-port has to be from 0 to 65532.")
        }
    }

    func run() async throws {
        log.bootstrap()
        let logger = Logger(label: "demo")
        let listeners = try web.listeners()
        // Before anything that takes time: a signal that nobody waits for would end the process.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        var simulated = SimulatorConfiguration.demo
        simulated.spacing = Self.spacing
        let protection = try WebProtectionWatch.ofProcess(web.configurationFile)
        let simulation = Simulation(configuration: simulated)
        let simulator = ProviderSimulators(
            simulation: simulation,
            host: "127.0.0.1",
            ports: ProviderSimulators.Ports(from: simulatorPort),
            logger: Logger(label: "simulator")
        )
        let folder = FileManager.default.temporaryDirectory.appending(path: "rtc-exporter-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        logger.notice(
            "This is a demo: the usage is made up, and simulated Tencent allows a room call every 250 ms instead of 15 s.",
            metadata: ["seed": "\(simulated.seed)"]
        )
        try await Lifecycle.run(
            [
                simulator, SimulatorAnnouncement(simulators: simulator, host: "127.0.0.1", logger: logger),
                demoExporter(
                    on: simulator,
                    ledger: folder.appending(path: "demo.sqlite").path,
                    hangUps: hangUps,
                    listeners: listeners,
                    protection: protection
                ),
            ],
            logger: logger
        )
    }

    /// An exporter that begins once the simulator listens. It goes by the simulator's clock, so that stopping that clock
    /// stops the day as well.
    private func demoExporter(
        on simulator: ProviderSimulators,
        ledger: String,
        hangUps: UnixSignalsSequence,
        listeners: [Listener],
        protection: WebProtectionWatch?
    ) -> LateService {
        let options = web.options
        return LateService {
            let ports = try await simulator.endpoints
            let clock = simulator.simulation.clock
            return Exporter(
                configuration: DemoConfiguration.make(simulator.simulation.configuration, ports: ports, ledger: ledger),
                file: nil,
                hangUps: hangUps,
                listeners: listeners,
                options: options,
                protection: protection,
                wallClock: { UnixTime(milliseconds: clock.now) },
                notes: [
                    "Demo: the usage is made up. What the simulated providers hold for true is on http://127.0.0.1:\(ports.tencent)/simulator/truth."
                ]
            )
        }
    }
}
