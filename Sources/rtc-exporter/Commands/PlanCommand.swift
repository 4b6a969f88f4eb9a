import ArgumentParser
import Usage

/// Says whether what the configuration wishes for fits the limits. Calls nobody.
struct PlanCommand: AsyncParsableCommand {
    /// For whom the plan is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table
        case json
    }

    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print how often apps will be read within the limits; exit with 0 if all that is wanted fits, else 3."
    )

    /// The exit status when something does not fit.
    static let doesNotFit = ExitCode(3)

    @Option(name: .customLong("config.file"), help: "Configuration file.")
    var configurationFile = "rtc-exporter.yml"

    @Option(help: "table, for people, or json.")
    var format = Format.table

    func run() async throws {
        let configuration = try ConfigurationLoader(catalogue: ProviderRegistry.catalogue).load(configurationFile)
        for warning in configuration.warnings { LineWriter.standardError.write("warning: \(warning)\n") }
        let report = try PlanReport(configuration, at: SystemClock.now())
        switch format {
        case .table: print(report.text)
        case .json: print(report.json)
        }
        guard report.plan.fits else { throw Self.doesNotFit }
    }
}
