import Synchronization

/// When the requests of calls got onto a connection, until the poller takes notice.
final class SentCalls: Sendable {
    /// A call, by when it started, and when its request was sent.
    struct Sent: Sendable {
        let start: Duration
        let at: Duration
    }

    private let calls = Mutex<[Sent]>([])

    /// Notes that a request is on its way.
    func note(_ call: Sent) { calls.withLock { $0.append(call) } }

    /// What was noted since the last time.
    func take() -> [Sent] {
        calls.withLock { calls in
            defer { calls = [] }
            return calls
        }
    }
}
