import ArgumentParser
import ExporterHTTP
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

    @Option(name: .customLong("web.config.file"), help: "Web configuration file, to be checked as well.")
    var webConfigurationFile: String?

    @Flag(help: "Make one real call for each account and source, and say what to fix.")
    var probe = false

    func run() async throws {
        let configuration = try Self.check(configurationFile, web: webConfigurationFile)
        guard probe else { return }
        guard try await Self.probe(configuration) else { throw ExitCode.failure }
    }

    /// The same checks that a start makes.
    @discardableResult
    static func check(_ file: String, web: String?) throws -> ExporterConfiguration {
        let configuration = try ConfigurationLoader(catalogue: ProviderRegistry.catalogue).load(file)
        _ = try PollBudget.budgets(of: configuration)
        _ = try ProxySettings.ofProcess()
        let webConfiguration = try web.map { try WebConfigurationLoader().load($0) }
        for warning in configuration.warnings + (webConfiguration?.warnings ?? []) { print("warning: \(warning)") }
        let apps = configuration.accounts.reduce(0) { $0 + $1.apps.count }
        let listed = configuration.accounts.contains { $0.selection != nil } ? " and those that providers list" : ""
        print("\(file) is valid: accounts: \(configuration.accounts.count), apps: \(apps)\(listed).")
        if let web, let settings = webConfiguration?.settings {
            print("\(web) is valid: TLS: \(settings.tls == nil ? "no" : "yes"), users: \(settings.users.count).")
        }
        return configuration
    }

    /// - Returns: Whether every call gave what it should.
    private static func probe(_ configuration: ExporterConfiguration) async throws -> Bool {
        let clock = SystemClock.pollClock(wall: SystemClock.now)
        let proxies = try ProxySettings.ofProcess()
        let ledger = try openLedger(configuration)
        let clients = HTTPClients(proxies: proxies)
        let surroundings = AccountAccess.Surroundings(
            clients: clients,
            refusals: ledger ?? ForgetfulRefusals(),
            uptime: clock.uptime
        )
        let probe = AccountProbe(
            accounts: try AccountAccess.all(of: configuration, surroundings),
            now: SystemClock.now,
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

    /// The ledger knows how often a key was refused; before there is one, nobody tells. Holding it keeps an exporter from
    /// starting meanwhile.
    private static func openLedger(_ configuration: ExporterConfiguration) throws -> UsageLedger? {
        let path = configuration.ledger.path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do throws(LedgerError) {
            return try UsageLedger(
                path: path,
                folding: RoomFolding(limit: configuration.rooms.limit),
                roomNaming: nil,
                refilled: configuration.refilledDays,
                now: SystemClock.now
            )
        } catch {
            guard error.isInUse else { return nil }
            throw ExporterIsRunning(ledger: path)
        }
    }
}

/// Two that call with the same keys and do not know of each other break the providers' limits.
private struct ExporterIsRunning: Error, CustomStringConvertible {
    let ledger: String

    var description: String {
        "An exporter, or another trial, is running with the ledger \(ledger): calls of a trial would come too close to its own. "
            + "End it first; or, to try other keys than its, give the tried configuration another ledger.path."
    }
}

/// Refusals that are known for one run only.
private actor ForgetfulRefusals: SignatureRefusalStore {
    private var known: [String: SignatureRefusals] = [:]

    func signatureRefusals(of key: String) -> SignatureRefusals { known[key] ?? .none }

    func record(_ refusals: SignatureRefusals, of key: String) { known[key] = refusals }
}
