import Synchronization

/// Which apps the lists of apps name just now: all of an account, less the ones that are hidden.
///
/// Hiding an app takes it off the lists only; its usage is still told to who asks for it.
public final class AppDirectory: Sendable {
    private let storage = Mutex<Set<String>>([])

    /// A directory that hides nothing.
    public init() {}

    /// The ids that no list names.
    public var hidden: Set<String> { storage.withLock { $0 } }

    /// Takes an app off the lists.
    public func hide(_ app: String) {
        storage.withLock { _ = $0.insert(app) }
    }

    /// Puts an app back on the lists.
    public func show(_ app: String) {
        storage.withLock { _ = $0.remove(app) }
    }

    /// The apps that an account's list names, in order.
    func listed(of account: SimulatedAccount) -> [SimulatedApp] {
        let hidden = hidden
        return account.apps.filter { !hidden.contains($0.id) }
    }
}
