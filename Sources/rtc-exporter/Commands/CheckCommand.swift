import ArgumentParser
import Foundation
import Usage
import UsageLedger
import UsagePolling
import UsageProviders

/// Validates the configuration, and on request tries it.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration, secrets included, and exit with 0 if it is valid, else 1."
    )

    @Option(name: .customLong("config.file"), help: "Configuration file.")
    var configurationFile = "rtc-exporter.yml"

    @Flag(help: "Make one real call for each account and source, and say what to fix.")
    var probe = false

    func run() async throws {
        let configuration = try Self.check(configurationFile)
        guard probe else { return }
        guard try await Self.probe(configuration) else { throw ExitCode.failure }
    }

    /// The same checks that a start makes.
    @discardableResult
    static func check(_ file: String) throws -> ExporterConfiguration {
        let configuration = try ConfigurationLoader(catalogue: ProviderRegistry.catalogue).load(file)
        _ = try PollBudget.budgets(of: configuration)
        _ = try ProxySettings.ofProcess()
        for warning in configuration.warnings { print("warning: \(warning)") }
        let apps = configuration.accounts.reduce(0) { $0 + $1.apps.count }
        let listed = configuration.accounts.contains { $0.selection != nil } ? " and those that providers list" : ""
        print("\(file) is valid: accounts: \(configuration.accounts.count), apps: \(apps)\(listed).")
        return configuration
    }

    /// - Returns: Whether every call gave what it should.
    private static func probe(_ configuration: ExporterConfiguration) async throws -> Bool {
        let clock = SystemClock.pollClock(wall: SystemClock.now)
        let proxies = try ProxySettings.ofProcess()
        let ledger = openLedger(configuration)
        let clients = HTTPClients(proxies: proxies)
        let surroundings = AccountAccess.Surroundings(
            clients: clients,
            timeout: configuration.poll.timeout,
            refusals: ledger ?? ForgetfulRefusals(),
            uptime: clock.uptime
        )
        let probe = AccountProbe(
            accounts: try AccountAccess.all(of: configuration, surroundings),
            now: SystemClock.now,
            waitsFirst: FileManager.default.fileExists(atPath: configuration.ledger.path),
            sleep: clock.sleep
        )
        var isGood = true
        try await probe.run { finding in
            print(finding.line)
            if !finding.isGood { isGood = false }
        }
        await clients.shutdown()
        try? ledger?.close()
        return isGood
    }

    /// The ledger knows how often a key was refused; while an exporter uses it, or before there is one, nobody tells.
    private static func openLedger(_ configuration: ExporterConfiguration) -> UsageLedger? {
        guard FileManager.default.fileExists(atPath: configuration.ledger.path) else { return nil }
        return try? UsageLedger(
            path: configuration.ledger.path,
            folding: RoomFolding(limit: configuration.rooms.limit),
            roomNaming: nil
        )
    }
}

/// Refusals that are known for one run only.
private actor ForgetfulRefusals: SignatureRefusalStore {
    private var known: [String: SignatureRefusals] = [:]

    func signatureRefusals(of key: String) -> SignatureRefusals { known[key] ?? .none }

    func record(_ refusals: SignatureRefusals, of key: String) { known[key] = refusals }
}
