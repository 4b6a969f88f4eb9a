import CallPlanSimulation
import Testing
import Usage

/// The call plan and the limiter as they are in use, under virtual time; see ``LongRun`` for what is played and how it is
/// measured.
@Suite("Days of 1,000 apps on 10 accounts")
struct CallPlanSimulationTests {
    /// Three days of each provider's accounts.
    private static let runs = Task {
        async let tencent = LongRun(of: SimulatedAccount.tencent, days: 3, seed: 1)
        async let others = LongRun(of: SimulatedAccount.huawei, days: 3, seed: 102)
            .joined(with: LongRun(of: SimulatedAccount.volcengine, days: 3, seed: 3))
        return await tencent.joined(with: others)
    }

    private static let sources = ["trtc_usage", "room_usage", "history_usage", "list_usages"]

    @Test("No call arrives earlier than the provider allows", arguments: sources)
    func early(name: String) async throws {
        let run = await Self.runs.value
        let source = try #require(run.sources.first { $0.name == name })
        #expect(run.restarts == 10)
        #expect(source.arrivals > 10_000)
        #expect(source.early == 0)
    }

    @Test(
        "While work waits, slow budgets are used to 97 % and fast ones to 90 %",
        arguments: zip(sources, [0.9, 0.97, 0.97, 0.9])
    )
    func use(name: String, least: Double) async throws {
        let source = try #require(await Self.runs.value.sources.first { $0.name == name })
        #expect(source.gaps > 1_000)
        #expect(try #require(source.use) >= least)
    }

    @Test("No reading of a running day gets older than one and a half of the planned intervals", arguments: sources)
    func age(name: String) async throws {
        let source = try #require(await Self.runs.value.sources.first { $0.name == name })
        let worst = try #require(source.worstAge)
        #expect(worst.ratio <= 1.5, "\(worst)")
        // Errors about one app in a row are waited for as long as each of them asks; that comes on top.
        #expect(source.longAges.allSatisfy { $0.ratioBesidesWaits <= 1.5 }, "\(source.longAges)")
    }

    @Test("Nothing makes all apps due at once: no midnight, no restart, no moment at which days are final")
    func herd() async {
        let run = await Self.runs.value
        // Without any order, a mean of 3.7 comes to peaks of four to five times as much.
        let most = run.mean * 6
        #expect(run.mean > 3)
        #expect(Double(run.midnight.calls) <= most)
        #expect(Double(run.restart.calls) <= most)
        #expect(Double(run.ordinary.calls) <= most)
        #expect(run.emptyWaits == 0)
    }
}

@Suite("Scenes under virtual time")
struct CallPlanSceneTests {
    @Test(
        "A budget with more work than it has calls is used",
        arguments: zip(
            [UsageSource.interactiveTime, .trtcUsage, .listUsages, .historyUsage, .roomUsage],
            [0.9, 0.9, 0.9, 0.97, 0.97]
        )
    )
    func full(source: UsageSource, least: Double) {
        let full = FullBudget(source, duration: max(.seconds(300), source.spacing * 1000))
        #expect(full.early == 0)
        #expect(full.arrivals > 900)
        #expect(full.use >= least)
    }

    @Test("With another tool on a third of the budget, the rate falls, fits, and comes back")
    func shared() throws {
        let shared = SharedBudget(.historyUsage)
        let (alone, beside, again) = (shared.hours[0], shared.hours[1], shared.hours[2])
        #expect(alone.refused == 0)
        #expect(alone.least == 1)
        // Some calls have to be refused, or nobody would know; they are few, and the other tool gets through as well.
        #expect((1...beside.calls / 50).contains(beside.refused))
        #expect(shared.others.refused <= shared.others.calls / 20)
        #expect((0.33...0.67).contains(beside.mean))
        #expect(beside.share >= 0.4)
        #expect(again.refused == 0)
        // 200 successes bring the lowest rate back.
        #expect(try #require(shared.recovery) <= UsageSource.historyUsage.spacing * 400)
    }

    @Test("Apps in use are at least five times fresher than by turns")
    func roundRobin() {
        let medians = RoundRobin()
        #expect(medians.naive >= .seconds(1000))
        #expect(medians.ours * 5 <= medians.naive)
    }

    @Test("An idle app is asked for its rooms rarely, and is back at the full rate one cheap poll after it wakes")
    func waking() {
        let waking = Waking()
        // The answer of the cheap source, and some calls that are due before.
        let queue = Duration.seconds(20) + UsageSource.roomUsage.spacing * 4
        #expect(waking.slowest <= .seconds(300) + queue)
        #expect(waking.longestGap <= .seconds(450))
        #expect(waking.callsPerIdleDay.mean <= 6.5)
        #expect(waking.callsPerIdleDay.most <= 7)
    }
}
