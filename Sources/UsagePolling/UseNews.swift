import Synchronization
import Usage

/// The apps of which another source has told something new, until a poller takes notice.
final class UseNews: Sendable {
    private struct State {
        /// By app the source whose word counts.
        var tellers: [AppKey: String] = [:]
        var apps: Set<AppKey> = []
    }

    private let state = Mutex(State())

    /// Waits for what a source tells of an app.
    func expect(_ app: AppKey, by source: String) {
        state.withLock { $0.tellers[app] = source }
    }

    /// Waits no more for news of an app.
    func forget(_ app: AppKey) {
        state.withLock { $0.tellers[app] = nil }
    }

    /// Notes that a source has told something new of an app.
    ///
    /// - Returns: Whether that was waited for.
    func note(_ app: AppKey, by source: String) -> Bool {
        state.withLock { state in
            guard state.tellers[app] == source else { return false }
            state.apps.insert(app)
            return true
        }
    }

    /// The apps with news since the last time.
    func take() -> Set<AppKey> {
        state.withLock { state in
            defer { state.apps = [] }
            return state.apps
        }
    }
}
