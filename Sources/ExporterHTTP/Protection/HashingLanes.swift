import Dispatch
import Foundation
import Synchronization

/// Runs work that blocks and is heavy, on threads of its own: two pieces at a time, while a bounded number waits.
///
/// The newest goes first and the oldest is dropped: when more comes than can be done, whoever came first has left by the time
/// of their turn, and serving in order would serve nobody. Work says how long its lane rests afterwards, so that whoever
/// sends nothing but wrong passwords gets a small part of the machine and not all of it, however long they try.
final class HashingLanes: Sendable {
    /// Something to do.
    struct Job: Sendable {
        /// Does it; gives how long the lane then rests.
        let work: @Sendable () -> Duration
        /// Called in place of it when there is no time for it.
        let drop: @Sendable () -> Void
    }

    /// How many things are done at once.
    static let count = 2
    /// How many wait.
    static let mostWaiting = 32
    /// Who has waited so long has gone: a scrape times out after 10 s.
    static let patience = Duration.seconds(10)

    private struct Waiting {
        let job: Job
        let arrival: Duration
    }

    private struct State {
        var running = 0
        /// The newest last.
        var waiting: [Waiting] = []
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration
    private let start: @Sendable (@escaping @Sendable () -> Void) -> Void
    private let rest: @Sendable (Duration) -> Void

    private static let threads = DispatchQueue(label: "rtc-exporter.passwords", attributes: .concurrent)

    @Sendable private static func onThread(_ body: @escaping @Sendable () -> Void) { threads.async(execute: body) }

    /// - Parameters:
    ///   - uptime: A monotonic clock.
    ///   - start: Runs something on a thread that may block.
    ///   - rest: Blocks that thread for a time.
    init(
        uptime: @escaping @Sendable () -> Duration,
        start: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = HashingLanes.onThread,
        rest: @escaping @Sendable (Duration) -> Void = { Thread.sleep(forTimeInterval: $0 / .seconds(1)) }
    ) {
        self.uptime = uptime
        self.start = start
        self.rest = rest
    }

    /// Has something done, or dropped, soon.
    func submit(_ job: Job) {
        let now = uptime()
        let (isFree, dropped) = state.withLock { state -> (Bool, Job?) in
            guard state.running == Self.count else {
                state.running += 1
                return (true, nil)
            }
            state.waiting.append(Waiting(job: job, arrival: now))
            return (false, state.waiting.count > Self.mostWaiting ? state.waiting.removeFirst().job : nil)
        }
        dropped?.drop()
        if isFree { start { self.run(job) } }
    }

    /// One lane, until nothing waits.
    private func run(_ first: Job) {
        var next: Job? = first
        while let job = next {
            let pause = job.work()
            if pause > .zero { rest(pause) }
            next = takeNext()
        }
    }

    private func takeNext() -> Job? {
        let now = uptime()
        let (next, late) = state.withLock { state -> (Job?, [Waiting]) in
            let late = state.waiting.prefix { now - $0.arrival > Self.patience }
            state.waiting.removeFirst(late.count)
            let next = state.waiting.popLast()?.job
            if next == nil { state.running -= 1 }
            return (next, Array(late))
        }
        for waiting in late { waiting.job.drop() }
        return next
    }
}
