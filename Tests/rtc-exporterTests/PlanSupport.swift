import Usage
import UsageProviders

@testable import rtc_exporter

extension AccountAccess.Surroundings {
    /// Connections that nobody uses.
    static let sample = AccountAccess.Surroundings(
        clients: HTTPClients(),
        refusals: NoRefusals(),
        uptime: { .zero }
    )
}

private final class NoRefusals: SignatureRefusalStore {
    func signatureRefusals(of key: String) async throws -> SignatureRefusals { .none }
    func record(_ refusals: SignatureRefusals, of key: String) async throws {}
}

extension PollingPlan {
    /// The plan that a configuration file makes; its environment has `ID`, `KEY` and `OTHER`, unless it is given others.
    static func sample(
        _ text: String,
        _ environment: [String: String] = [:],
        after former: PollingPlan? = nil
    ) throws -> PollingPlan {
        let environment = ["ID": SampleSecret.id, "KEY": SampleSecret.key, "OTHER": "other"].merging(environment) { $1 }
        let parser = ConfigurationParser(
            catalogue: ProviderRegistry.catalogue,
            surroundings: .sample(environment: environment)
        )
        return try PollingPlan(try parser.parse(text: text, file: "f.yml"), .sample, following: former)
    }
}

/// A configuration of some accounts, each with a key of its own by default.
func accounts(_ accounts: [String], _ more: String = "") -> String {
    "\(more)\naccounts:\n\(accounts.joined())"
}

/// One account, with whatever a test wants otherwise.
func tencent(
    _ name: String,
    id: String = "ID",
    key: String = "KEY",
    apps: [Int] = [1],
    _ more: String = "{}"
) -> String {
    """
      - name: \(name)
        provider: tencent
        credentials: { secret_id: { env: \(id) }, secret_key: { env: \(key) } }
        apps: [\(apps.map { "{ id: \($0) }" }.joined(separator: ", "))]
        \(more == "{}" ? "" : more)

    """
}
