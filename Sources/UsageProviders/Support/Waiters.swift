import Synchronization

/// Tasks that wait until something may have changed.
///
/// An actor that owns one looks at its state, waits and looks again. Between the look and the wait nothing of the actor runs
/// in between, so that no change is missed.
final class Waiters: Sendable {
    private struct State {
        var next = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Waits for the next change, or for the end of the task: whoever comes back has to look which of them it was.
    func wait() async {
        let number = newNumber()
        await withTaskCancellationHandler {
            // In the lock, so that either this sees that the task was cancelled or the handler sees the continuation.
            await wait(as: number) { Task.isCancelled }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }

    /// Waits for the next change, whatever becomes of the task: for what is sure to come soon.
    func waitToTheEnd() async {
        await wait(as: newNumber()) { false }
    }

    private func newNumber() -> Int {
        state.withLock { state in
            state.next += 1
            return state.next
        }
    }

    private func wait(as number: Int, unless isOver: () -> Bool) async {
        await withCheckedContinuation { continuation in
            let isWaiting = state.withLock { state in
                if isOver() { return false }
                state.waiting[number] = continuation
                return true
            }
            if !isWaiting { continuation.resume() }
        }
    }

    /// Lets all who wait look again.
    func wakeAll() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting
        }
        for number in waiting.keys.sorted() { waiting[number]?.resume() }
    }
}
