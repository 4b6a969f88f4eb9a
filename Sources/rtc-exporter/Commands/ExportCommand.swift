public import ArgumentParser
import ExporterMetrics
import Usage
import UsageLedger
public import UsageReports

/// Writes recorded usage to standard output. Calls nobody, needs no secret, and may run beside an exporter.
struct ExportCommand: AsyncParsableCommand {
    /// For whom it is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// For Prometheus, by way of `promtool tsdb create-blocks-from openmetrics`.
        case openmetrics
        case csv
        case json
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write recorded usage to standard output: for Prometheus' own storage, or as rows."
    )

    @Option(name: .customLong("config.file"), help: "Configuration file.")
    var configurationFile = "rtc-exporter.yml"

    @Option(help: "openmetrics, csv or json.")
    var format: Format

    @Option(
        help:
            "First day, such as 2026-11-20, or a time such as 2026-11-20T00:00:00+08:00; all that is held if not given."
    )
    var from: ReportMoment?

    @Option(help: "Last day, or the time before which usage has to begin.")
    var to: ReportMoment?

    @Option(help: "Of which provider alone.")
    var provider: String?

    @Option(help: "Of which app alone, by its id.")
    var app: String?

    @Option(help: "With csv and json: day (the default), month or 5m.")
    var step: ReportStep?

    @Option(
        name: .customLong("label"),
        help: "With openmetrics: NAME=VALUE, added to all samples; may be given several times."
    )
    var labels: [String] = []

    func validate() throws {
        guard format == .openmetrics || labels.isEmpty else {
            throw ValidationError("--label is for --format openmetrics.")
        }
        guard format != .openmetrics || step == nil else {
            throw ValidationError("--step is for --format csv and json.")
        }
        do {
            _ = try AddedLabels(labels)
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let loader = ConfigurationLoader(
            catalogue: ProviderRegistry.catalogue,
            surroundings: .processWithoutSecrets
        )
        let configuration = try loader.load(configurationFile)
        let look = try LedgerLook(path: configuration.ledger.path)
        defer { try? look.close() }
        let known = try Self.apps(of: configuration, look)
        let output = StandardOutput()
        do {
            try await write(known, look, to: output)
            try output.flush()
        } catch StandardOutput.Problem.closed {
            // As with `head`: whoever reads has all that is wanted.
        }
    }

    private func write(_ known: ReportedApps, _ look: LedgerLook, to output: StandardOutput) async throws {
        let selection = ReportSelection(
            provider: provider.map(Provider.init),
            app: app,
            range: ReportRange(from: from, to: to),
            step: step ?? .day
        )
        let apps = try selection.apps(among: known)
        let now = SystemClock.now()
        if let rows = RowFormat(rawValue: format.rawValue) {
            try await RowExport(selection, apps: apps, format: rows, history: look, now: now, write: output.write).run()
        } else {
            try await OpenMetricsExport(
                apps: apps,
                range: selection.range,
                added: AddedLabels(labels),
                history: look,
                now: now,
                write: output.write
            ).run()
        }
    }

    /// The apps that are configured, and those that providers listed to the exporter.
    private static func apps(of configuration: ExporterConfiguration, _ look: LedgerLook) throws -> ReportedApps {
        var directory = AppDirectory(configuration)
        for account in configuration.accounts where account.selection != nil {
            let listed = try look.listedApps(of: Provider(rawValue: account.provider), account: account.name)
            directory.set(listed, of: account.name)
        }
        let providers = configuration.accounts.map { Provider(rawValue: $0.provider) }
        return ReportedApps(apps: directory.apps, providers: Set(providers))
    }
}

extension ReportMoment: ExpressibleByArgument {
    /// Reads the flag's value.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension ReportStep: ExpressibleByArgument {}
