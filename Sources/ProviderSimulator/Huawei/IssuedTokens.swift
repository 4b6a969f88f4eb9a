import Synchronization

/// The tokens that Huawei's identity service gave out.
public final class IssuedTokens: Sendable {
    /// What is known of a token.
    struct Grant {
        let secretID: String
        /// Unix milliseconds.
        let expiry: Int
    }

    private struct State {
        var issued = 0
        var grants: [String: Grant] = [:]
        var revoked: Set<String> = []
    }

    /// Whose token it is, or why it is none.
    enum Standing {
        case good(secretID: String)
        case expired
        case unknown
    }

    private let seed: UInt64
    private let state = Mutex(State())

    init(seed: UInt64) {
        self.seed = seed
    }

    /// How many tokens were ever given out.
    public var issued: Int { state.withLock { $0.issued } }

    /// Ends the life of all tokens; new ones may be had.
    public func revokeAll() {
        state.withLock { state in
            state.revoked.formUnion(state.grants.keys)
            state.grants = [:]
        }
    }

    /// A new token; the older ones stay good.
    func issue(to account: SimulatedAccount, expiry: Int) -> String {
        state.withLock { state in
            state.issued += 1
            let hash = StableHash(seed: seed).mixed(.token).mixed(state.issued)
            let token = "MIIsimulated-token-" + hash.hexDigits + hash.mixed(7).hexDigits
            state.grants[token] = Grant(secretID: account.secretID, expiry: expiry)
            return token
        }
    }

    /// How a token stands at a moment, in Unix milliseconds.
    func standing(of token: String, now: Int) -> Standing {
        state.withLock { state in
            if let grant = state.grants[token] {
                return now < grant.expiry ? .good(secretID: grant.secretID) : .expired
            }
            return state.revoked.contains(token) ? .expired : .unknown
        }
    }
}
