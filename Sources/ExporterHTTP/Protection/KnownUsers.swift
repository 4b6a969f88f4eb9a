/// The users with their hashes, and how to spend the same time on all of them.
struct KnownUsers: Sendable {
    /// What a password is compared with.
    struct Target: Sendable {
        let hash: BcryptHash
        /// Whether the user exists: what nobody can have is compared all the same.
        let isKnown: Bool
        /// Hashed besides, for nothing but the time it takes.
        let padding: [BcryptHash]
    }

    /// By bytes: two names that look alike are two names.
    private let hashes: [[UInt8]: BcryptHash]
    private let highestCost: Int
    private let dummy: BcryptHash?

    init(_ users: [String: BcryptHash]) {
        hashes = Dictionary(users.map { (Array($0.key.utf8), $0.value) }) { first, _ in first }
        highestCost = users.values.map(\.cost).max() ?? BcryptHash.costs.lowerBound
        dummy = BcryptHash.dummy(cost: highestCost)
    }

    var isEmpty: Bool { hashes.isEmpty }

    /// What to compare a user's password with; always the same amount of work.
    func target(for user: [UInt8]) -> Target? {
        if let hash = hashes[user] { return Target(hash: hash, isKnown: true, padding: padding(from: hash.cost)) }
        return dummy.map { Target(hash: $0, isKnown: false, padding: []) }
    }

    /// A cost is twice the work of the one below, so one hash of each cost from `cost` up to below the highest makes, with
    /// that of `cost` itself, exactly the work of the highest.
    private func padding(from cost: Int) -> [BcryptHash] {
        (cost..<highestCost).compactMap(BcryptHash.dummy)
    }
}
