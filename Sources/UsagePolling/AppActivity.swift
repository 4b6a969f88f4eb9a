import Synchronization
import Usage

/// What all budgets together know of the use of apps, so that a cheap source can tell when a dear one is worth a call.
public final class AppActivity: Sendable {
    private struct Key: Hashable {
        let app: AppKey
        let source: String
    }

    /// Is told of an app, of the source that told something of it, and whether that is more than that nothing has changed.
    typealias Listener = @Sendable (AppKey, String, Bool) -> Void

    private struct State {
        var uses: [Key: AppUse] = [:]
        var listeners: [Listener] = []
    }

    private let state = Mutex(State())

    /// Knows of no app yet.
    public init() {}

    /// Takes in what is known of an app's days from a source, and tells the listeners when that changes the app's use.
    func note(_ days: [RecordedDay], of app: AppKey, from source: String) {
        guard let first = days.first else { return }
        let key = Key(app: app, source: source)
        let (listeners, tellsMore) = state.withLock { state in
            let known = state.uses[key]
            var use = known ?? AppUse(first)
            var tellsMore = known == nil
            for day in days where use.note(day) { tellsMore = true }
            state.uses[key] = use
            return (use == known ? [] : state.listeners, tellsMore)
        }
        for listener in listeners { listener(app, source, tellsMore) }
    }

    /// What a source tells of an app's use; `nil` when it has told nothing.
    func use(of app: AppKey, by source: String) -> AppUse? {
        state.withLock { $0.uses[Key(app: app, source: source)] }
    }

    /// Forgets what a source told of an app.
    func forget(_ app: AppKey, from source: String) {
        state.withLock { $0.uses[Key(app: app, source: source)] = nil }
    }

    /// Calls a listener each time that a source has told something of an app.
    func listen(_ listener: @escaping Listener) {
        state.withLock { $0.listeners.append(listener) }
    }
}
