import Exposition
import Testing
import Usage

@testable import ExporterMetrics
@testable import UsagePolling

@Suite("How polling goes")
struct PollSamplesTests {
    private func families(_ budgets: BudgetStatus...) -> [FamilySamples] {
        let targets = budgets.flatMap(\.targets).map(TargetSamples.init)
        let families = PollSamples(budgets: budgets).families() + TargetSamples.families(targets)
        #expect(families.problems == [])
        return families
    }

    @Test("Each outcome and each kind of anomaly is there from the start, at 0")
    func initialised() {
        let families = families(.example())
        #expect(
            families.integers("rtc_api_requests_total", by: "api", "outcome") == [
                "room_usage ok": 0, "room_usage throttled": 0, "room_usage unauthorized": 0, "room_usage rejected": 0,
                "room_usage unavailable": 0, "room_usage timeout": 0, "room_usage malformed": 0,
            ]
        )
        #expect(
            families.integers("rtc_reading_anomalies_total", by: "source", "kind") == [
                "room_usage duplicate_room": 0, "room_usage altered_room": 0, "room_usage fraction": 0,
                "room_usage outside_window": 0, "room_usage duplicate_day": 0, "room_usage total_mismatch": 0,
                "room_usage unknown_tier": 0, "room_usage other_app": 0, "room_usage emptied": 0,
            ]
        )
    }

    @Test("Calls that were needed on the way, and those of lists of apps, are counted once each under their own API")
    func otherAPIs() {
        var account = AccountStatus(account: "one")
        var tokens = CallCounts()
        tokens.succeeded = 2
        tokens.failed = [.unauthorized: 1]
        account.sideCalls = ["iam_tokens": tokens]
        let budget = BudgetStatus.example(accounts: [account])
        var pages = CallCounts()
        pages.succeeded = 5
        let list = AppListStatus(
            provider: budget.source.provider,
            account: "one",
            minInterval: .milliseconds(500),
            calls: pages,
            sideCalls: ["iam_tokens": tokens],
            failure: nil
        )
        let families = PollSamples(budgets: [budget], lists: [list]).families()
        #expect(families.problems == [])
        let requests = families.integers("rtc_api_requests_total", by: "api", "outcome")
        #expect(requests["iam_tokens ok"] == 4)
        #expect(requests["iam_tokens unauthorized"] == 2)
        #expect(requests["apps ok"] == 5)
        #expect(requests.count == 21)
    }

    @Test("Outcomes and anomalies are counted by account")
    func counted() {
        var first = AccountStatus(account: "one")
        first.calls.succeeded = 3
        first.calls.failed = [.throttled: 2]
        first.anomalies = [.fraction: 5]
        let families = families(.example(accounts: [first, AccountStatus(account: "two")]))
        let requests = families.integers("rtc_api_requests_total", by: "account", "outcome")
        #expect(requests["one ok"] == 3)
        #expect(requests["one throttled"] == 2)
        #expect(requests["two ok"] == 0)
        #expect(families.integers("rtc_reading_anomalies_total", by: "account", "kind")["one fraction"] == 5)
    }

    @Test("Success is absent before the first attempt, then 1 or 0")
    func success() {
        let apps = ["1", "2", "3"].map { PolledApp.example($0) }
        let moment = UnixTime(seconds: 1_000)
        let families = families(
            .example(targets: [
                .example(apps[0]),
                .example(apps[1], lastAttempt: moment, lastSuccess: moment),
                .example(
                    apps[2],
                    lastAttempt: moment,
                    lastSuccess: UnixTime(seconds: 900),
                    failure: ReadingFailure(.timeout, "No answer came in time.")
                ),
            ])
        )
        #expect(families.integers("rtc_poll_success", by: "app") == ["2": 1, "3": 0])
        #expect(families.integers("rtc_poll_last_attempt_timestamp_seconds", by: "app") == ["2": 1_000, "3": 1_000])
        #expect(families.integers("rtc_poll_last_success_timestamp_seconds", by: "app") == ["2": 1_000, "3": 900])
    }

    @Test("A success of an earlier run is known before the first attempt of this one")
    func earlierRun() {
        let families = families(.example(targets: [.example(lastSuccess: UnixTime(seconds: 900))]))
        #expect(families.samples("rtc_poll_success").isEmpty)
        #expect(families.samples("rtc_poll_last_attempt_timestamp_seconds").isEmpty)
        #expect(families.samples("rtc_poll_last_success_timestamp_seconds").count == 1)
    }

    @Test("Wanted, planned and shortest intervals are in seconds, with their fractions")
    func intervals() {
        let families = families(.example(targets: [.example()]))
        #expect(families.numbers("rtc_poll_wanted_interval_seconds", by: "app") == ["1400000001": 300])
        #expect(families.numbers("rtc_poll_planned_interval_seconds", by: "app") == ["1400000001": 337.5])
        #expect(
            families.numbers("rtc_api_min_interval_seconds", by: "account", "api") == ["classroom-prod room_usage": 15]
        )
    }

    @Test("Calls that wait are counted by the account whose apps they are about")
    func waiting() {
        let families = QueueSamples(queues: [
            CallQueue(source: .roomUsage, account: "classroom-prod", waiting: 12)
        ]).families()
        #expect(families.integers("rtc_poll_jobs_waiting", by: "account", "api") == ["classroom-prod room_usage": 12])
    }

    @Test("Budgets of one API add up to one histogram, those of another API do not")
    func durations() throws {
        let families = families(
            .example(took: [.milliseconds(40), .milliseconds(200)]),
            .example(.totals, took: [.seconds(60)]),
            .example(accounts: [AccountStatus(account: "another key")], took: [.milliseconds(250), .seconds(31)])
        )
        let samples = families.samples("rtc_api_request_duration_seconds")
        #expect(samples.map { $0.labels["api"] } == ["room_usage", "totals"])
        guard case .histogram(let value) = try #require(samples.first).value else {
            Issue.record("not a histogram")
            return
        }
        #expect(value.upperBounds == [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30])
        #expect(value.bucketCounts == [1, 0, 2, 0, 0, 0, 0, 0, 0, 1])
        #expect(abs(value.sum - 31.49) < 1e-9)
    }

    @Test("An account's clock offset is told once, however many budgets it has, and is absent before an answer told it")
    func clockOffset() {
        var known = AccountStatus(account: "one")
        known.clockOffset = .milliseconds(-1500)
        let unknown = AccountStatus(account: "one")
        #expect(families(.example(accounts: [unknown])).samples("rtc_api_clock_offset_seconds").isEmpty)
        let families = families(
            .example(accounts: [unknown]),
            .example(.totals, accounts: [known, AccountStatus(account: "two")]),
            .example(.example("third", knowsRooms: false, tiers: [.audio]), accounts: [known])
        )
        #expect(families.numbers("rtc_api_clock_offset_seconds", by: "provider", "account") == ["tencent one": -1.5])
        #expect(families.samples("rtc_api_clock_offset_seconds").count == 1)
    }
}
