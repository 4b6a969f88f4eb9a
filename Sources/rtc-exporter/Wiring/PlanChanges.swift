import ExporterMetrics
import Usage

/// What another configuration has changed, in numbers.
struct PlanChanges: Equatable, Sendable {
    /// How many there are, and how many came, went or are not what they were.
    struct Counts: Equatable, Sendable {
        let total: Int
        let added: Int
        let removed: Int
        let changed: Int

        /// Compares by the names under which things are known.
        init<Name: Hashable, Value: Equatable>(from old: [Name: Value], to new: [Name: Value]) {
            total = new.count
            added = new.keys.count { old[$0] == nil }
            removed = old.keys.count { new[$0] == nil }
            changed = new.count { name, value in old[name].map { $0 != value } ?? false }
        }
    }

    let accounts: Counts
    let apps: Counts

    /// - Parameters:
    ///   - old: The accounts and apps before.
    ///   - new: The accounts and apps now.
    init(
        from old: (accounts: [ExporterConfiguration.Account], apps: [PolledApp]),
        to new: (accounts: [ExporterConfiguration.Account], apps: [PolledApp])
    ) {
        accounts = Counts(from: Self.byName(old.accounts), to: Self.byName(new.accounts))
        apps = Counts(from: Self.byKey(old.apps), to: Self.byKey(new.apps))
    }

    /// Apps are counted by themselves, and where in the file a secret is named makes no difference.
    private static func byName(_ accounts: [ExporterConfiguration.Account]) -> [String: ExporterConfiguration.Account] {
        let bare = accounts.map { account in
            var bare = account
            (bare.apps, bare.secretOrigins) = ([], [:])
            return (account.name, bare)
        }
        return Dictionary(bare) { first, _ in first }
    }

    private static func byKey(_ apps: [PolledApp]) -> [AppKey: PolledApp] {
        Dictionary(apps.map { ($0.key, $0) }) { first, _ in first }
    }
}

extension PlanChanges: CustomStringConvertible {
    /// `accounts: 3 (1 added, 0 removed, 0 changed), apps: 14 (2 added, 1 removed, 0 changed)`.
    var description: String { "accounts: \(accounts), apps: \(apps)" }
}

extension PlanChanges.Counts: CustomStringConvertible {
    var description: String { "\(total) (\(added) added, \(removed) removed, \(changed) changed)" }
}
