import ArgumentParser
import Logging
import UnixSignals

/// Polls and serves.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Poll the clouds and serve /metrics (the default)."
    )

    @Option(name: .customLong("config.file"), help: "Configuration file.")
    var configurationFile = "rtc-exporter.yml"

    @Flag(name: .customLong("config.check"), help: "Check the configuration and exit, like the command check.")
    var checksOnly = false

    @OptionGroup var web: WebFlags
    @OptionGroup var log: LogFlags

    func run() async throws {
        guard !checksOnly else {
            try CheckCommand.check(configurationFile, web: web.configurationFile)
            return
        }
        log.bootstrap()
        let logger = Logger(label: "exporter")
        // Before anything that takes time: a signal that nobody waits for would end the process.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        let file = ConfigurationFile(path: configurationFile)
        let configuration = try file.load()
        let listeners = try web.listeners()
        for warning in configuration.warnings { logger.warning("\(warning)") }
        let protection = try WebProtectionWatch.ofProcess(web.configurationFile)
        try await Exporter(
            configuration: configuration,
            file: file,
            hangUps: hangUps,
            listeners: listeners,
            options: web.options,
            protection: protection,
            wallClock: SystemClock.now,
            notes: []
        ).run()
    }
}
