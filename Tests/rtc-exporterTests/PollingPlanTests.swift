import Testing
import Usage
import UsagePolling
import UsageProviders

@testable import rtc_exporter

@Suite("The plan that a configuration makes, and the one that follows it")
struct PollingPlanTests {
    @Test("An account that is reached as before is the same one, whatever else of it changes")
    func sameWay() throws {
        let former = try PollingPlan.sample(accounts([tencent("a")]))
        let changes = [
            tencent("a"), tencent("a", apps: [1, 2, 3]), tencent("a", "sources: [room_usage]"),
            tencent("a", "limits: { room_usage: 20s }"), "\n\n" + tencent("a"),
            tencent("a", "assume: { room_usage: { zone: \"+00:00\" } }"),
        ]
        for text in changes {
            let plan = try PollingPlan.sample(
                accounts([text], "poll: { interval: 1m }\nseries_limit: 7"),
                after: former
            )
            #expect(plan.accounts[0].isSameWay(as: former.accounts[0]))
            #expect(plan.accounts[0].account == plan.configuration.accounts[0])
            #expect(plan.mendedAccounts(since: former).isEmpty)
        }
    }

    @Test(
        "An account that is reached in another way is made anew",
        arguments: [
            (tencent("b"), ""), (tencent("a", id: "OTHER"), ""), (tencent("a", "region: ap-singapore"), ""),
            (tencent("a", "endpoint: https://trtc.intl.tencentcloudapi.com"), ""),
            (tencent("a"), "poll: { timeout: 7s }"),
        ]
    )
    func otherWay(account: String, more: String) throws {
        let former = try PollingPlan.sample(accounts([tencent("a")]))
        let plan = try PollingPlan.sample(accounts([account], more), after: former)
        #expect(!plan.accounts[0].isSameWay(as: former.accounts[0]))
    }

    @Test("Another secret of the same key is for the account that is there, which knows it once the plan is in force")
    func otherSecret() throws {
        let former = try PollingPlan.sample(accounts([tencent("a"), tencent("b", id: "OTHER", apps: [2])]))
        let plan = try PollingPlan.sample(
            accounts([tencent("a", key: "OTHER"), tencent("b", id: "OTHER", apps: [2])]),
            after: former
        )
        #expect(plan.accounts[0].isSameWay(as: former.accounts[0]))
        #expect(plan.accounts[0].keys.next["secret_key"] == Secret(SampleSecret.key))
        #expect(plan.accounts[0].account.credentials["secret_key"] == Secret("other"))
        #expect(plan.mendedAccounts(since: former).map(\.account.name) == ["a"])
    }

    @Test("A budget is known again by provider, source and key, and by nothing else of it; the key is not shown")
    func identity() throws {
        let former = try PollingPlan.sample(accounts([tencent("a"), tencent("b", id: "OTHER", apps: [9])]))
        let plan = try PollingPlan.sample(
            accounts([tencent("c", apps: [4]), tencent("a", "limits: { room_usage: 20s }")]).replacing(
                "apps: [{ id: 4 }]",
                with: "apps: [{ id: 4 }]\n    limits: { room_usage: 20s }"
            ),
            after: former
        )
        let known = former.budgets.filter { plan.budget($0.identity) != nil }
        #expect(known.map(\.source.name) == ["trtc_usage", "room_usage"])
        #expect(known.map(\.accounts) == [["a"], ["a"]])
        #expect(plan.budgets.map(\.accounts) == [["c", "a"], ["c", "a"]])
        #expect(plan.budget(known[1].identity)?.source.spacing == .seconds(20))
        for text in ["\(plan.budgets)", String(reflecting: plan)] {
            for secret in SampleSecret.all { #expect(!text.contains(secret)) }
        }
    }

    @Test(
        "What cannot change while the exporter runs is named",
        arguments: [
            ("ledger: { path: other.sqlite }", ["ledger.path"]),
            ("rooms: { hash: { key: { env: KEY } } }", ["rooms.hash.key"]),
            (
                "ledger: { path: b.sqlite }\nrooms: { hash: { key: { env: KEY } } }",
                ["ledger.path", "rooms.hash.key"]
            ),
            ("ledger: { path: rtc-exporter.sqlite, retention: 100d, rooms_retention: 2d }\nrooms: { limit: 3 }", []),
        ]
    )
    func fixedKeys(more: String, keys: [String]) throws {
        let former = try PollingPlan.sample(accounts([tencent("a")]))
        let plan = try PollingPlan.sample(accounts([tencent("a")], more), after: former)
        #expect(plan.keysThatNeedARestart(since: former) == keys)
    }

    @Test("Accounts that share a key and not its limits are no plan")
    func conflict() {
        let text = accounts([tencent("a"), tencent("b", apps: [2], "limits: { room_usage: 20s }")])
        #expect(throws: PollBudget.Conflict.self) { try PollingPlan.sample(text) }
    }

    @Test("Each budget polls the apps that are read from its source, account by account")
    func targets() throws {
        let plan = try PollingPlan.sample(
            accounts([tencent("a", apps: [1, 2], "sources: [trtc_usage]"), tencent("b", apps: [3])])
        )
        let apps = AppDirectory(plan.configuration).apps
        let targets = plan.budgets.map { budget in
            plan.targets(of: budget, among: apps).map { account, targets in
                "\(account): \(targets.map(\.app.app).joined(separator: " "))"
            }
        }
        #expect(targets == [["a: 1 2", "b: 3"], ["b: 3"]])
    }
}
