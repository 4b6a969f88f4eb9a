import Synchronization
import Usage

/// The apps that have news for the page. Several pieces of news of one app before the page is made are one.
final class ChangedApps: Sendable {
    private let changed = Mutex<Set<AppKey>>([])
    private let stream: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init() {
        (stream, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func insert(_ app: AppKey) {
        changed.withLock { _ = $0.insert(app) }
        signal.yield()
    }

    /// Calls `body` with all apps that changed, each time that some did, until the task is cancelled.
    func forEachBatch(_ body: (Set<AppKey>) async -> Void) async {
        for await _ in stream {
            let batch = changed.withLock { changed in
                defer { changed = [] }
                return changed
            }
            await body(batch)
        }
    }
}
