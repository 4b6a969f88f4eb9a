import Synchronization

/// Keeps what happened, in order.
final class Recorder<Element: Sendable>: Sendable {
    private let storage = Mutex<[Element]>([])

    var all: [Element] { storage.withLock { $0 } }

    func add(_ element: Element) {
        storage.withLock { $0.append(element) }
    }
}
