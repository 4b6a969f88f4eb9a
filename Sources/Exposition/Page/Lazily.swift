import Synchronization

/// A value that is computed when it is first asked for, once, whoever asks; others wait for it meanwhile.
final class Lazily<Value: Sendable>: Sendable {
    private let state = Mutex<Value?>(nil)

    func value(_ compute: () -> Value) -> Value {
        state.withLock { state in
            if let value = state { return value }
            let value = compute()
            state = value
            return value
        }
    }
}
