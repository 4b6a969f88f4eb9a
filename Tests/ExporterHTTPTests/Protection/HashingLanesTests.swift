import Synchronization
import Testing

@testable import ExporterHTTP

@Suite("Heavy work on lanes of its own")
struct HashingLanesTests {
    /// Lanes whose threads run when the test says so.
    private final class Bench: Sendable {
        let time = Mutex(Duration.zero)
        let threads = Mutex<[@Sendable () -> Void]>([])
        let done = Mutex<[Int]>([])
        let dropped = Mutex<[Int]>([])
        let rests = Mutex<[Duration]>([])
        private let lanes = Mutex<HashingLanes?>(nil)

        init() {
            let made = HashingLanes(
                uptime: { [unowned self] in time.withLock { $0 } },
                start: { [unowned self] body in threads.withLock { $0.append(body) } },
                rest: { [unowned self] pause in rests.withLock { $0.append(pause) } }
            )
            lanes.withLock { $0 = made }
        }

        func submit(_ numbers: some Sequence<Int>, rest: Duration = .zero) {
            for number in numbers {
                lanes.withLock { $0 }?.submit(
                    HashingLanes.Job(
                        work: { [unowned self] in
                            done.withLock { $0.append(number) }
                            return rest
                        },
                        drop: { [unowned self] in dropped.withLock { $0.append(number) } }
                    )
                )
            }
        }

        /// Runs one thread until its lane has nothing left to do.
        func runThread() { threads.withLock { $0.removeFirst() }() }
    }

    @Test("Two things are done at once, and the newest of those that wait is next")
    func order() {
        let bench = Bench()
        bench.submit(1...6)
        #expect(bench.threads.withLock { $0.count } == 2)
        bench.runThread()
        #expect(bench.done.withLock { $0 } == [1, 6, 5, 4, 3])
        bench.runThread()
        #expect(bench.done.withLock { $0 } == [1, 6, 5, 4, 3, 2])
        bench.submit([7])
        #expect(bench.threads.withLock { $0.count } == 1)
        #expect(bench.dropped.withLock { $0.isEmpty })
    }

    @Test("When too many wait, the oldest of them is dropped")
    func bound() {
        let bench = Bench()
        bench.submit(1...(HashingLanes.count + HashingLanes.mostWaiting + 2))
        #expect(bench.dropped.withLock { $0 } == [3, 4])
        #expect(bench.done.withLock { $0.isEmpty })
    }

    @Test("Whoever has waited too long is dropped when a lane gets free, and nothing is done for them")
    func patience() {
        let bench = Bench()
        bench.submit(1...4)
        bench.time.withLock { $0 = HashingLanes.patience }
        bench.submit([5])
        bench.time.withLock { $0 = HashingLanes.patience + .nanoseconds(1) }
        bench.runThread()
        #expect(bench.done.withLock { $0 } == [1, 5])
        #expect(bench.dropped.withLock { $0 } == [3, 4])
    }

    @Test("A lane rests as long as its work says before it takes the next")
    func rest() {
        let bench = Bench()
        bench.submit([1, 2])
        bench.submit([3], rest: .seconds(2))
        bench.runThread()
        #expect(bench.rests.withLock { $0 } == [.seconds(2)])
    }
}
