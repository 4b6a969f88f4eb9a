import Logging
import Synchronization
import TestSupport
import Usage
import UsagePolling

/// A poller with everything around it under a test's control.
struct PollBench {
    let clock: TurnedClock
    let reader: FakeReader
    let store = MemoryStore()
    let poller: BudgetPoller
    let changes: Changes
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
        var logger = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
    }

    init(_ setup: Setup = Setup(), reply: @escaping @Sendable (FakeReader.Call) -> FakeReader.Reply = { _ in .good }) {
        let clock = TurnedClock(wall: setup.start)
        let reader = FakeReader(source: setup.source, clock: clock, reply: reply)
        let changes = Changes()
        let chance = setup.chance
        self.clock = clock
        self.reader = reader
        self.changes = changes
        executor = CountedExecutor(clock: clock)
        poller = BudgetPoller(
            targets: (0..<setup.apps).map { index in
                PollTarget(account: setup.accounts[index % setup.accounts.count], app: Self.app(index), reader: reader)
            },
            planner: PollPlanner(
                source: setup.source,
                settings: PollPlanner.Settings(interval: setup.interval, historyDays: setup.historyDays)
            ),
            waitsFirst: setup.waitsFirst,
            environment: BudgetPoller.Environment(
                store: store,
                clock: clock.clock,
                chance: { chance },
                onChange: { changes.add($0) }
            ),
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
    func poll(_ apps: [Int], of account: String = "main") async throws {
        let targets = apps.map { PollTarget(account: account, app: Self.app($0), reader: reader) }
        try await Task(executorPreference: executor) { [poller] in try await poller.poll(targets, of: account) }.value
    }

    /// Ends all waits after failures, also while the poller runs.
    func retryNow() async {
        await Task(executorPreference: executor) { [poller] in await poller.retryNow() }.value
    }

    func start() -> Task<Void, Never> {
        clock.loopBegins()
        return Task(executorPreference: executor) { [poller, clock] in
            await poller.run()
            clock.loopEnds()
        }
    }
}
