import Synchronization
import Usage

/// What has news for the page. Several pieces of news before the page is made are one.
final class ChangedApps: Sendable {
    /// News since the page was made last.
    struct Batch {
        /// The apps whose figures or status changed.
        var apps: Set<AppKey> = []
        /// Whether a provider told which apps there are.
        var listsChanged = false
    }

    private let changed = Mutex(Batch())
    private let stream: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init() {
        (stream, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func insert(_ app: AppKey) {
        changed.withLock { _ = $0.apps.insert(app) }
        signal.yield()
    }

    func noteLists() {
        changed.withLock { $0.listsChanged = true }
        signal.yield()
    }

    /// Notes that calls came to something that concerns no single app.
    func noteCalls() {
        signal.yield()
    }

    /// Takes back news that could not be shown.
    func insert(_ batch: Batch) {
        changed.withLock { changed in
            changed.apps.formUnion(batch.apps)
            changed.listsChanged = changed.listsChanged || batch.listsChanged
        }
        signal.yield()
    }

    /// Calls `body` with all that changed, each time that something did, until the task is cancelled.
    func forEachBatch(_ body: (Batch) async -> Void) async {
        for await _ in stream {
            let batch = changed.withLock { changed in
                defer { changed = Batch() }
                return changed
            }
            await body(batch)
        }
    }
}
