import Logging
import Synchronization
import TestSupport
import Testing
import Usage

@testable import UsagePolling

@Suite("Asking which apps there are", .timeLimit(.minutes(1)))
struct AppListPollerTests {
    /// A list that answers as a test says.
    private final class FakeLister: AppLister {
        let spacing = Duration.milliseconds(500)
        private let clock: TurnedClock
        private let answer: @Sendable (_ call: Int, _ page: Int) -> Result<AppListPage, ReadingFailure>
        private let storage = Mutex<[(page: Int, uptime: Duration)]>([])

        init(
            _ clock: TurnedClock,
            _ answer: @escaping @Sendable (_ call: Int, _ page: Int) -> Result<AppListPage, ReadingFailure>
        ) {
            self.clock = clock
            self.answer = answer
        }

        var calls: [(page: Int, uptime: Duration)] { storage.withLock { $0 } }

        func list(page: Int, now: UnixTime) async -> ProviderAnswer<AppListPage> {
            let number = storage.withLock { calls in
                calls.append((page, clock.uptime))
                return calls.count - 1
            }
            return ProviderAnswer(
                answer(number, page),
                sideCalls: [SideCall(api: "iam_tokens", failure: nil, took: .milliseconds(7))]
            )
        }
    }

    private struct Bench {
        let clock = TurnedClock(wall: UsageDay.sample.at(12))
        let lister: FakeLister
        let poller: AppListPoller
        let failures: Failures
        private let lists: Lists
        private let executor: CountedExecutor

        final class Lists: Sendable {
            private let storage = Mutex<[[String]]>([])
            var all: [[String]] { storage.withLock { $0 } }
            func add(_ apps: [ListedApp]) { storage.withLock { $0.append(apps.map(\.id)) } }
        }

        /// How often it was told that a list failed.
        final class Failures: Sendable {
            private let storage = Mutex(0)
            var count: Int { storage.withLock { $0 } }
            func add() { storage.withLock { $0 += 1 } }
        }

        init(
            firstStart: Duration = .zero,
            _ answer: @escaping @Sendable (Int, Int) -> Result<AppListPage, ReadingFailure>
        ) {
            let (lists, failures) = (Lists(), Failures())
            (self.lists, self.failures) = (lists, failures)
            lister = FakeLister(clock, answer)
            executor = CountedExecutor(clock: clock)
            poller = AppListPoller(
                provider: Provider(rawValue: "example"),
                account: "main",
                lister: lister,
                gate: CallGate(spacing: lister.spacing, firstStart: firstStart),
                circuit: EndpointCircuit(),
                clock: clock.clock,
                chance: { 0 },
                logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() },
                onList: { apps, _ in lists.add(apps) },
                onFailure: { failures.add() }
            )
        }

        var listed: [[String]] { lists.all }

        func run(_ body: () async -> Void) async {
            clock.loopBegins()
            let task = Task(executorPreference: executor) { [poller, clock] in
                await poller.run()
                clock.loopEnds()
            }
            await body()
            task.cancel()
            await task.value
        }
    }

    private static func page(_ ids: String..., isLast: Bool) -> Result<AppListPage, ReadingFailure> {
        .success(AppListPage(apps: ids.map { ListedApp(id: $0, name: "") }, isLast: isLast))
    }

    @Test("The pages of a list are asked for one spacing apart, and the whole list again each hour")
    func hourly() async {
        let bench = Bench { _, page in
            page == 0 ? Self.page("a", "b", isLast: false) : Self.page("c", isLast: true)
        }
        await bench.run {
            await bench.clock.advance(by: .minutes(61))
        }
        #expect(bench.lister.calls.map(\.page) == [0, 1, 0, 1])
        #expect(
            bench.lister.calls.map { $0.uptime - .seconds(3) } == [
                .zero, .milliseconds(500), .milliseconds(3_600_500), .milliseconds(3_601_000),
            ]
        )
        #expect(bench.listed == [["a", "b", "c"], ["a", "b", "c"]])
        let status = await bench.poller.status()
        #expect(status.calls.succeeded == 4)
        #expect(status.sideCalls["iam_tokens"]?.succeeded == 4)
        #expect(status.failure == nil)
    }

    @Test("The first call waits until calls of an earlier process are far enough away")
    func waitsFirst() async {
        let bench = Bench(firstStart: .milliseconds(3700)) { _, _ in Self.page("a", isLast: true) }
        await bench.run {
            await bench.clock.advance(by: .milliseconds(699))
            #expect(bench.lister.calls.isEmpty)
            await bench.clock.advance(by: .milliseconds(1))
            #expect(bench.lister.calls.count == 1)
        }
    }

    @Test("A list of which a page fails is no list: nothing is told, and it is asked again after a growing wait")
    func failing() async {
        let bench = Bench { call, page in
            if call < 6, page == 1 { return .failure(ReadingFailure(.unauthorized, "No.")) }
            return Self.page("\(call)", isLast: page == 1)
        }
        await bench.run {
            await bench.clock.advance(by: .seconds(70))
            #expect(bench.listed.isEmpty)
            #expect(await bench.poller.status().failure?.reason == .unauthorized)
            #expect(bench.lister.calls.count == 4)
            #expect(bench.failures.count == 2)
            await bench.clock.advance(by: .minutes(20))
            #expect(bench.listed == [["6", "7"]])
            #expect(await bench.poller.status().failure == nil)
        }
        #expect(await bench.poller.status().calls.failed == [.unauthorized: 3])
    }

    @Test("Renewed keys end the wait after a failure, and only that one")
    func retryNow() async {
        let bench = Bench { call, _ in
            call == 0 ? .failure(ReadingFailure(.rejected, "No.")) : Self.page("a", isLast: true)
        }
        await bench.run {
            await bench.clock.advance(by: .seconds(10))
            #expect(bench.lister.calls.count == 1)
            await bench.poller.retryNow()
            await bench.clock.advance(by: .seconds(10))
            #expect(bench.lister.calls.count == 2)
            await bench.poller.retryNow()
            await bench.clock.advance(by: .minutes(30))
            #expect(bench.lister.calls.count == 2)
        }
    }

    @Test("Renewed keys end no spacing, however soon after a failure they come")
    func retrySpacing() async {
        let bench = Bench { _, _ in .failure(ReadingFailure(.unauthorized, "No.")) }
        await bench.run {
            await bench.clock.rest()
            for _ in 0..<20 {
                await bench.poller.retryNow()
                await bench.clock.advance(by: .milliseconds(100))
            }
        }
        #expect(bench.lister.calls.count == 5)
        let times = bench.lister.calls.map(\.uptime)
        #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 >= .milliseconds(500) })
    }

    @Test("Pollers of one gate call in turns, each one spacing after the other's answer")
    func sharedGate() async {
        let gate = CallGate(spacing: .seconds(1), firstStart: .zero)
        let first = await gate.reserve(at: .seconds(7))
        let second = await gate.reserve(at: .seconds(7))
        #expect(first == .seconds(7))
        #expect(second >= .seconds(8))
        await gate.end(of: second, at: second + .milliseconds(10))
        #expect(await gate.reserve(at: second) == second + .milliseconds(1010))
    }

    @Test("A list without an end is refused")
    func endless() async {
        let bench = Bench { _, _ in Self.page("a", isLast: false) }
        await bench.run {
            await bench.clock.advance(by: .minutes(9))
        }
        #expect(bench.lister.calls.count == 1000 + bench.lister.calls.drop { $0.uptime < .seconds(503) }.count)
        #expect(bench.listed.isEmpty)
        #expect(await bench.poller.status().failure?.reason == .malformed)
    }
}
