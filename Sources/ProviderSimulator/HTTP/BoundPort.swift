import Synchronization

/// The port that a listener got, for those who wait for it.
final class BoundPort: Sendable {
    private struct State {
        var outcome: Result<Int, any Error>?
        var waiting: [AsyncThrowingStream<Int, any Error>.Continuation] = []
    }

    private let state = Mutex(State())

    /// Waits until the listener has its port.
    ///
    /// - Throws: What kept the listener from starting, ``SimulatorStopped`` when it has ended, or a `CancellationError`.
    func value() async throws -> Int {
        let (ports, continuation) = AsyncThrowingStream<Int, any Error>.makeStream()
        state.withLock { state in
            if let outcome = state.outcome {
                continuation.yield(with: outcome)
            } else {
                state.waiting.append(continuation)
            }
        }
        for try await port in ports { return port }
        throw CancellationError()
    }

    /// Tells those who wait now, and those who will ask later.
    func settle(_ outcome: Result<Int, any Error>) {
        let waiting = state.withLock { state in
            state.outcome = outcome
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for continuation in waiting { continuation.yield(with: outcome) }
    }
}

/// The simulator has ended, or ended before it had a port.
public struct SimulatorStopped: Error, CustomStringConvertible {
    /// A sentence for people.
    public var description: String { "The simulator is not running any more." }
}
