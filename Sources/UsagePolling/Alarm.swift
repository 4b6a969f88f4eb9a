import Synchronization

/// Wakes a loop before its time: whatever changes what is next rings.
///
/// Ringing is remembered until the next wait, so that nothing is slept through that happens between a look and the wait.
final class Alarm: Sendable {
    private enum State {
        case idle
        case rung
        case waiting(Task<Void, Never>)
    }

    private let state = Mutex(State.idle)

    /// Ends the wait that is going on, or else the next one.
    func ring() {
        let waiting = state.withLock { state -> Task<Void, Never>? in
            defer { state = .rung }
            if case .waiting(let task) = state { return task }
            return nil
        }
        waiting?.cancel()
    }

    /// Waits until it rings, time is up or the caller is cancelled.
    func wait(_ sleep: @escaping @Sendable () async throws -> Void) async {
        let task = state.withLock { state -> Task<Void, Never>? in
            if case .rung = state {
                state = .idle
                return nil
            }
            let task = Task { _ = try? await sleep() }
            state = .waiting(task)
            return task
        }
        guard let task else { return }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        state.withLock { $0 = .idle }
    }
}
