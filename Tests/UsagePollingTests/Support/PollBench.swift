import Logging
import Synchronization
import TestSupport
import Usage

@testable import UsagePolling

/// A poller with everything around it under a test's control.
struct PollBench {
    let clock: TurnedClock
    let reader: FakeReader
    let store = MemoryStore()
    let poller: BudgetPoller
    let changes: Changes
    let apps: Int
    private let activity: AppActivity
    private let circuit = EndpointCircuit()
    private let guide: UsageSource?
    private let targets: [PollTarget]
    private let executor: CountedExecutor

    /// The apps whose figures or status were said to have changed, in order.
    final class Changes: Sendable {
        private let storage = Mutex<[AppKey]>([])
        var all: [AppKey] { storage.withLock { $0 } }
        func add(_ app: AppKey) { storage.withLock { $0.append(app) } }
    }

    struct Setup {
        var apps = 3
        /// The accounts of the apps in turn.
        var accounts = ["main"]
        var start = UsageDay.sample.at(12)
        var interval = Duration.minutes(5)
        var historyDays = 0
        var waitsFirst = false
        var source = UsageSource.rooms
        var chance = 0.0
        var activity = AppActivity()
        var memory: ThrottleMemory?
        /// The cheaper source that tells whether apps are in use.
        var guide: UsageSource?
        var logger = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
    }

    init(_ setup: Setup = Setup(), reply: @escaping @Sendable (FakeReader.Call) -> FakeReader.Reply = { _ in .good }) {
        let clock = TurnedClock(wall: setup.start)
        let reader = FakeReader(source: setup.source, clock: clock, reply: reply)
        let changes = Changes()
        let chance = setup.chance
        activity = setup.activity
        apps = setup.apps
        guide = setup.guide
        self.clock = clock
        self.reader = reader
        self.changes = changes
        executor = CountedExecutor(clock: clock)
        targets = (0..<setup.apps).map { index in
            PollTarget(
                account: setup.accounts[index % setup.accounts.count],
                app: Self.app(index),
                reader: reader,
                guide: setup.guide
            )
        }
        poller = BudgetPoller(
            planner: PollPlanner(
                source: setup.source,
                settings: PollPlanner.Settings(interval: setup.interval, historyDays: setup.historyDays)
            ),
            waitsFirst: setup.waitsFirst,
            environment: BudgetPoller.Environment(
                store: store,
                clock: clock.clock,
                activity: setup.activity,
                chance: { chance },
                onChange: { changes.add($0) }
            ),
            circuit: circuit,
            memory: setup.memory,
            logger: setup.logger
        )
    }

    static func app(_ index: Int) -> AppKey { AppKey(provider: UsageSource.rooms.provider, app: "\(index)") }

    /// Polls while `body` turns the clock; ends when `body` does.
    func run(_ body: () async throws -> Void) async rethrows {
        let task = start()
        defer { task.cancel() }
        try await body()
        task.cancel()
        await task.value
    }

    /// What the poller tells, also while it runs.
    func status() async -> BudgetStatus {
        await Task(executorPreference: executor) { [poller] in await poller.status() }.value
    }

    /// Changes the polled apps of an account, also while the poller runs: on its own executor, since a job that waited for
    /// the actor would not be known to the clock.
    func poll(_ apps: [Int], of account: String = "main", by reader: FakeReader? = nil) async throws {
        let targets = apps.map {
            PollTarget(account: account, app: Self.app($0), reader: reader ?? self.reader, guide: guide)
        }
        try await Task(executorPreference: executor) { [poller] in try await poller.poll(targets, of: account) }.value
    }

    /// Has another source tell something of an app, also while the poller runs.
    func tell(_ days: [RecordedDay], of app: Int, from source: String) async {
        await Task(executorPreference: executor) { [activity] in
            activity.note(days, of: Self.app(app), from: source)
        }.value
    }

    /// Has the poller go by another plan, also while it runs.
    func adopt(_ source: UsageSource, interval: Duration = .minutes(5), historyDays: Int = 0) async throws {
        let settings = PollPlanner.Settings(interval: interval, historyDays: historyDays)
        let planner = PollPlanner(source: source, settings: settings)
        try await Task(executorPreference: executor) { [poller, circuit] in
            try await poller.adopt(planner, circuit: circuit)
        }.value
    }

    /// Has the poller learn anew what the store knows, also while it runs.
    func relearn() async throws {
        try await Task(executorPreference: executor) { [poller] in try await poller.relearn() }.value
    }

    /// Ends all waits after failures, also while the poller runs.
    func retryNow() async {
        await Task(executorPreference: executor) { [poller] in await poller.retryNow() }.value
    }

    /// Tells the poller its first apps.
    func beginPolling() async {
        for (account, targets) in Dictionary(grouping: targets, by: \.account).sorted(by: { $0.key < $1.key }) {
            try? await poller.poll(targets, of: account)
        }
    }

    func start() -> Task<Void, Never> {
        clock.loopBegins()
        return Task(executorPreference: executor) { [poller, clock] in
            await beginPolling()
            await poller.run()
            clock.loopEnds()
        }
    }
}
