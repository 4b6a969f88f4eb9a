import ArgumentParser

/// Validates the configuration.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration, secrets included, and exit with 0 if it is valid, else 1."
    )

    @Option(name: .customLong("config.file"), help: "Configuration file.")
    var configurationFile = "rtc-exporter.yml"

    func run() throws {
        try Self.check(configurationFile)
    }

    /// The same checks that a start makes.
    static func check(_ file: String) throws {
        let configuration = try ConfigurationLoader(catalogue: ProviderRegistry.catalogue).load(file)
        _ = try PollBudget.budgets(of: configuration)
        for warning in configuration.warnings { print("warning: \(warning)") }
        let apps = configuration.accounts.reduce(0) { $0 + $1.apps.count }
        print("\(file) is valid: accounts: \(configuration.accounts.count), apps: \(apps).")
    }
}
