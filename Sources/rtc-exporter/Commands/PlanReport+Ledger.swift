import Foundation
import ExporterMetrics
import Usage
import UsageLedger

/// A plan made outside of an exporter, with what its ledger knows.
extension PlanReport {
    /// - Throws: ``PollBudget/Conflict``.
    init(_ configuration: ExporterConfiguration, at now: UnixTime) throws {
        let budgets = try PollBudget.budgets(of: configuration)
        var directory = AppDirectory(configuration)
        var notes: [String] = []
        let discovering = configuration.accounts.filter { $0.selection != nil }
        do throws(LedgerError) {
            let look = try LedgerLook(path: configuration.ledger.path)
            defer { try? look.close() }
            for account in discovering {
                let listed = try look.listedApps(of: Provider(rawValue: account.provider), account: account.name)
                directory.set(listed, of: account.name)
                if listed.isEmpty { notes.append(Self.note(on: account)) }
            }
            let recorded = try Self.recordedDays(of: directory, look)
            let plan = CallPlan(configuration, budgets: budgets, apps: directory.apps, at: now) { app, source in
                recorded[source]?[app] ?? []
            }
            self.init(plan: plan, notes: notes)
        } catch {
            // Before the first start there is no ledger, and nothing that it could tell.
            if FileManager.default.fileExists(atPath: configuration.ledger.path) {
                notes.append("What is known already is left out. \(error)")
            }
            notes += discovering.map(Self.note)
            let plan = CallPlan(configuration, budgets: budgets, apps: AppDirectory(configuration).apps, at: now)
            self.init(plan: plan, notes: notes)
        }
    }

    private static func recordedDays(
        of directory: AppDirectory,
        _ look: LedgerLook
    ) throws(LedgerError) -> [UsageSource: [AppKey: [RecordedDay]]] {
        var days: [UsageSource: [AppKey: [RecordedDay]]] = [:]
        for app in directory.apps {
            for source in app.sources {
                days[source, default: [:]][app.key] = try look.recordedDays(of: app.key, from: source)
            }
        }
        return days
    }

    private static func note(on account: ExporterConfiguration.Account) -> String {
        "The apps of account \(account.name) are discovered, and none are known before an exporter has listed them: "
            + "they are left out."
    }
}
