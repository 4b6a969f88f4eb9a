import ExporterMetrics
import Testing

@testable import rtc_exporter

@Suite("What another configuration has changed, in numbers")
struct PlanChangesTests {
    private func changes(from old: [String], to new: [String]) throws -> String {
        let plans = try [old, new].map { try PollingPlan.sample(accounts($0)) }
        let states = plans.map { (accounts: $0.configuration.accounts, apps: AppDirectory($0.configuration).apps) }
        return "\(PlanChanges(from: states[0], to: states[1]))"
    }

    @Test("Nothing, also where the same is written on other lines")
    func nothing() throws {
        let none = "accounts: 1 (0 added, 0 removed, 0 changed), apps: 1 (0 added, 0 removed, 0 changed)"
        #expect(try changes(from: [tencent("a")], to: ["\n\n" + tencent("a")]) == none)
    }

    @Test("Accounts and apps that came and went")
    func cameAndWent() throws {
        let old = [tencent("a", apps: [1, 2]), tencent("b", id: "OTHER", apps: [3])]
        let new = [tencent("a", apps: [2, 4, 5]), tencent("c", id: "KEY", apps: [6])]
        #expect(
            try changes(from: old, to: new)
                == "accounts: 2 (1 added, 1 removed, 0 changed), apps: 4 (3 added, 2 removed, 0 changed)"
        )
    }

    @Test("An account with another key, and apps with other sources or in another account, are changed ones")
    func changed() throws {
        let old = [tencent("a", apps: [1, 2]), tencent("b", id: "OTHER", apps: [3])]
        let new = [tencent("a", key: "OTHER", apps: [1, 3]), tencent("b", id: "OTHER", apps: [2])]
        #expect(
            try changes(from: old, to: new)
                == "accounts: 2 (0 added, 0 removed, 1 changed), apps: 3 (0 added, 0 removed, 2 changed)"
        )
        let sources = [tencent("a", apps: [1, 2], "sources: [room_usage]"), old[1]]
        #expect(
            try changes(from: old, to: sources)
                == "accounts: 2 (0 added, 0 removed, 1 changed), apps: 3 (0 added, 0 removed, 2 changed)"
        )
    }
}
