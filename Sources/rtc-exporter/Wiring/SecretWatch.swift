import Logging
import Usage
import UsageProviders

/// Reads secrets that come from files again when the files change, so that keys are renewed without a restart.
struct SecretWatch: Sendable {
    /// How often the files are looked at: more often than a person who has just changed one gets impatient.
    static let interval = Duration.seconds(10)

    let account: ExporterConfiguration.Account
    let keys: AccountKeys
    var surroundings = ConfigurationSurroundings.process
    let logger: Logger

    /// Whether any secret of an account comes from a file.
    static func isNeeded(for account: ExporterConfiguration.Account) -> Bool {
        account.secretOrigins.values.contains { if case .file = $0.origin { true } else { false } }
    }

    /// Watches until the task is cancelled.
    ///
    /// - Parameters:
    ///   - sleep: Waits.
    ///   - onRenewal: Called when other secrets than before are offered.
    func run(
        sleep: @Sendable (Duration) async throws -> Void,
        onRenewal: @Sendable () async -> Void
    ) async {
        var offered = account.credentials
        var complaint: String?
        while (try? await sleep(Self.interval)) != nil {
            do throws(ConfigurationMessage) {
                let secrets = try load()
                complaint = nil
                guard secrets != offered else { continue }
                offered = secrets
                logger.notice(
                    "The account's secrets have changed and are tried.",
                    metadata: ["account": "\(account.name)"]
                )
                keys.renew(KeySet(secrets))
                await onRenewal()
            } catch {
                // A file that is just being replaced may be missing or empty for a moment.
                guard complaint != error.description else { continue }
                complaint = error.description
                logger.warning("A secret cannot be read again, and the one before stays in use: \(error)")
            }
        }
    }

    /// All secrets as their origins hold them now.
    private func load() throws(ConfigurationMessage) -> [String: Secret] {
        var secrets = account.credentials
        for (name, reference) in account.secretOrigins {
            if case .file = reference.origin { secrets[name] = try reference.load(from: surroundings) }
        }
        return secrets
    }
}
