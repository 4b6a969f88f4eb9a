import Synchronization
public import Usage
public import UsagePolling

/// Time that moves only when a test turns it.
///
/// Before it moves on, everything that runs has come to rest: all jobs of the ``CountedExecutor`` are done and each poll loop
/// sleeps. Sleepers wake one at a time, in the order of their deadlines. So a day passes as fast as the machine computes,
/// and in the same way each time.
public final class TurnedClock: Sendable {
    private struct Sleeper {
        let deadline: Duration
        let isLoop: Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var uptime: Duration
        /// The wall clock less the uptime.
        var epoch: UnixTime
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var newestID = 0
        var busyJobs = 0
        var awakeLoops = 0
        var observer: CheckedContinuation<Void, Never>?
        var shortestSleep = Duration.seconds(1_000_000)

        mutating func observerOfRest() -> CheckedContinuation<Void, Never>? {
            guard busyJobs == 0, awakeLoops == 0 else { return nil }
            defer { observer = nil }
            return observer
        }
    }

    private let state: Mutex<State>

    /// A clock that shows a moment.
    public init(wall: UnixTime, uptime: Duration = .seconds(3)) {
        state = Mutex(State(uptime: uptime, epoch: wall - uptime))
    }

    /// Time since some moment.
    public var uptime: Duration { state.withLock { $0.uptime } }
    /// The wall clock.
    public var now: UnixTime { state.withLock { $0.epoch + $0.uptime } }
    /// The shortest wait that a poll loop asked for.
    public var shortestSleep: Duration { state.withLock { $0.shortestSleep } }

    /// What a poller goes by.
    public var clock: PollClock {
        PollClock(now: { self.now }, uptime: { self.uptime }, sleep: { try await self.sleep($0, isLoop: true) })
    }

    /// Sets the wall clock forward or, if negative, back; no wait notices.
    public func stepWall(by duration: Duration) {
        state.withLock { $0.epoch = $0.epoch + duration }
    }

    /// Lets time pass, with all that happens in it.
    public func advance(by duration: Duration) async {
        await rest()
        let end = uptime + duration
        while let sleeper = wakeNext(upTo: end) {
            sleeper.resume()
            await rest()
        }
        state.withLock { $0.uptime = end }
    }

    /// Waits until time comes, as an answer does that takes long.
    public func pass(_ duration: Duration) async throws {
        try await sleep(duration, isLoop: false)
    }

    // MARK: What runs

    func jobBegins() { state.withLock { $0.busyJobs += 1 } }

    func jobEnds() {
        state.withLock { state in
            state.busyJobs -= 1
            return state.observerOfRest()
        }?.resume()
    }

    /// Notes that a poll loop is awake.
    public func loopBegins() { state.withLock { $0.awakeLoops += 1 } }

    /// Notes that a poll loop has ended.
    public func loopEnds() {
        state.withLock { state in
            state.awakeLoops -= 1
            return state.observerOfRest()
        }?.resume()
    }

    /// Until nothing can happen any more without time passing.
    public func rest() async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.observer = continuation
                return state.observerOfRest()
            }?.resume()
        }
    }

    // MARK: Sleepers

    private func wakeNext(upTo end: Duration) -> CheckedContinuation<Void, any Error>? {
        state.withLock { state in
            let due = state.sleepers.filter { $0.value.deadline <= end }
            guard let next = due.min(by: { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }) else {
                return nil
            }
            state.uptime = max(state.uptime, next.value.deadline)
            state.sleepers[next.key] = nil
            if next.value.isLoop { state.awakeLoops += 1 }
            return next.value.continuation
        }
    }

    private func sleep(_ duration: Duration, isLoop: Bool) async throws {
        let id = state.withLock { state in
            state.newestID += 1
            if isLoop { state.shortestSleep = min(state.shortestSleep, duration) }
            return state.newestID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let sleeper = { deadline in Sleeper(deadline: deadline, isLoop: isLoop, continuation: continuation) }
                let isCancelled = state.withLock { state in
                    guard state.cancelled.remove(id) == nil else { return true }
                    state.sleepers[id] = sleeper(state.uptime + duration)
                    if isLoop { state.awakeLoops -= 1 }
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
                state.withLock { $0.observerOfRest() }?.resume()
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let sleeper = state.sleepers.removeValue(forKey: id) else {
                    state.cancelled.insert(id)
                    return nil
                }
                if isLoop { state.awakeLoops += 1 }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
