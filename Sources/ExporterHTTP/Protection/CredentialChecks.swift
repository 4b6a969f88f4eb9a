import Crypto
import Synchronization

/// Decides whether a password is a user's, and remembers the decision, since bcrypt is slow by design.
///
/// What is remembered is keyed by a hash whose key only this process knows, of user, password and bcrypt hash together: no
/// password stays in memory, and a changed hash in the file is decided about anew. Verified passwords are never forgotten
/// for the sake of wrong ones. Equal questions that come at the same time are one.
final class CredentialChecks: Sendable {
    /// What is known of a password.
    enum Verdict: Hashable, Sendable {
        case verified, refused
        /// There are too many others to look at.
        case unchecked
    }

    typealias Hash = @Sendable (_ password: [UInt8], _ setting: String) -> [UInt8]?
    private typealias Key = [UInt8]
    private typealias Continuation = CheckedContinuation<Verdict, Never>

    /// How much longer than the work a lane rests after a wrong password: two lanes then take half a core together.
    static let restFactor = 3
    private static let remembered = 4_096

    private struct State {
        var verified = BoundedSet<Key>(capacity: CredentialChecks.remembered)
        var refused = BoundedSet<Key>(capacity: CredentialChecks.remembered)
        var underWay: [Key: [Continuation]] = [:]

        func verdict(_ key: Key) -> Verdict? {
            if verified.contains(key) { return .verified }
            return refused.contains(key) ? .refused : nil
        }
    }

    private let state = Mutex(State())
    private let secret: SymmetricKey
    private let hash: Hash
    private let lanes: HashingLanes
    private let uptime: @Sendable () -> Duration

    /// - Parameters:
    ///   - lanes: Where passwords are hashed.
    ///   - uptime: A monotonic clock, for how long that takes.
    ///   - secret: Of this process.
    ///   - hash: bcrypt.
    init(
        lanes: HashingLanes,
        uptime: @escaping @Sendable () -> Duration,
        secret: SymmetricKey = SymmetricKey(size: .bits256),
        hash: @escaping Hash = Bcrypt.hash
    ) {
        self.lanes = lanes
        self.uptime = uptime
        self.secret = secret
        self.hash = hash
    }

    /// How many questions wait for their verdict.
    var waiting: Int { state.withLock { $0.underWay.values.reduce(0) { $0 + $1.count } } }

    /// Decides, at once where it is known.
    func verdict(on credentials: BasicCredentials, among users: KnownUsers) async -> Verdict {
        guard let target = users.target(for: credentials.user) else { return .refused }
        let key = key(credentials, target.hash)
        if let known = state.withLock({ $0.verdict(key) }) { return known }
        return await withCheckedContinuation { continuation in
            let (known, isFirst) = state.withLock { state -> (Verdict?, Bool) in
                // It may have been decided since.
                if let known = state.verdict(key) { return (known, false) }
                state.underWay[key, default: []].append(continuation)
                return (nil, state.underWay[key]?.count == 1)
            }
            if let known { continuation.resume(returning: known) }
            if isFirst { submit(key, credentials.password, target) }
        }
    }

    private func submit(_ key: Key, _ password: [UInt8], _ target: KnownUsers.Target) {
        lanes.submit(
            HashingLanes.Job(
                work: { [self] in
                    let start = uptime()
                    let isRight = isPassword(password, of: target)
                    settle(key, isRight ? .verified : .refused)
                    return isRight ? .zero : (uptime() - start) * Self.restFactor
                },
                drop: { self.settle(key, .unchecked) }
            )
        )
    }

    private func settle(_ key: Key, _ verdict: Verdict) {
        let waiting = state.withLock { state -> [Continuation] in
            switch verdict {
            case .verified: state.verified.insert(key)
            case .refused: state.refused.insert(key)
            case .unchecked: break
            }
            return state.underWay.removeValue(forKey: key) ?? []
        }
        for continuation in waiting { continuation.resume(returning: verdict) }
    }

    /// The same work for everybody, known or not.
    private func isPassword(_ password: [UInt8], of target: KnownUsers.Target) -> Bool {
        let made = hash(password, target.hash.text) ?? []
        for padding in target.padding { _ = hash(password, padding.text) }
        let isEqual = Self.isEqual(Array(made.suffix(31)), target.hash.digest)
        return isEqual && target.isKnown
    }

    /// Takes the same time wherever the first difference is.
    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Each part with its length before it, so that no two questions look alike.
    private func key(_ credentials: BasicCredentials, _ hash: BcryptHash) -> Key {
        var code = HMAC<SHA256>(key: secret)
        for part in [credentials.user, credentials.password, Array(hash.text.utf8)] {
            code.update(data: "\(part.count):".utf8.map(\.self))
            code.update(data: part)
        }
        return Array(code.finalize())
    }
}
