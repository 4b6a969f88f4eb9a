import Synchronization
import Usage

/// The guards of an account's keys, which live as long as the account.
///
/// Accounts with the same key and store share the key's guard, whichever reader or list of apps uses it.
final class SignatureGuards: Sendable {
    private let store: any SignatureRefusalStore
    private let uptime: @Sendable () -> Duration
    private let registry: SignatureGuardRegistry
    private let kept = Mutex<[String: SignatureGuard]>([:])

    /// - Parameters:
    ///   - store: Where counts outlive the process, and by which accounts share them.
    ///   - uptime: Time since some fixed moment; never steps.
    ///   - registry: Where accounts find each other's guards.
    init(
        store: any SignatureRefusalStore,
        uptime: @escaping @Sendable () -> Duration,
        registry: SignatureGuardRegistry
    ) {
        self.store = store
        self.uptime = uptime
        self.registry = registry
    }

    /// The guard of a key.
    ///
    /// - Parameters:
    ///   - kind: Who locks it, and what kind of key it is.
    ///   - key: What the provider counts refusals by. It is kept as a short hash.
    /// - Returns: The same one for the same kind, key and store.
    func find(_ kind: String, key: String) -> SignatureGuard {
        let name = KeyName.hashed(kind, key: key)
        return kept.withLock { kept in
            if let guardian = kept[name] { return guardian }
            let guardian = registry.find(name, in: store) {
                SignatureGuard(name: name, store: store, uptime: uptime)
            }
            kept[name] = guardian
            return guardian
        }
    }
}

/// Where the accounts of a process find each other's guards. It keeps none alive, nor the store behind it.
final class SignatureGuardRegistry: Sendable {
    /// That of this process.
    static let shared = SignatureGuardRegistry()

    private struct Place: Hashable {
        let name: String
        /// A guard keeps its store: while the guard lives, no other object can have this identity.
        let store: ObjectIdentifier
    }

    private struct Entry {
        weak let guardian: SignatureGuard?
    }

    private let known = Mutex<[Place: Entry]>([:])

    /// The guard of that name and store, made when there is none.
    fileprivate func find(
        _ name: String,
        in store: any SignatureRefusalStore,
        make: () -> SignatureGuard
    ) -> SignatureGuard {
        known.withLock { known in
            let place = Place(name: name, store: ObjectIdentifier(store))
            if let guardian = known[place]?.guardian { return guardian }
            let guardian = make()
            known = known.filter { $0.value.guardian != nil }
            known[place] = Entry(guardian: guardian)
            return guardian
        }
    }
}
