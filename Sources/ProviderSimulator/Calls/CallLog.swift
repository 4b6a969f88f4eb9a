import Synchronization

/// The newest calls, in the order in which they were decided.
public final class CallLog: Sendable {
    private struct Storage {
        var calls: [RecordedCall] = []
        /// Calls in front that are past the capacity, kept until it pays to move the rest.
        var expired = 0
    }

    /// How many calls are kept.
    public let capacity: Int
    private let storage = Mutex(Storage())

    /// An empty log.
    ///
    /// - Parameter capacity: How many calls are kept; at least one is.
    public init(capacity: Int = 100_000) {
        self.capacity = max(capacity, 1)
    }

    /// The kept calls, oldest first.
    public var all: [RecordedCall] {
        storage.withLock { Array($0.calls.dropFirst($0.expired)) }
    }

    func append(_ call: RecordedCall) {
        storage.withLock { storage in
            storage.calls.append(call)
            guard storage.calls.count - storage.expired > capacity else { return }
            storage.expired += 1
            guard storage.expired >= capacity else { return }
            storage.calls.removeFirst(storage.expired)
            storage.expired = 0
        }
    }
}
