import Synchronization

/// Locks keys with which too many signatures in a row were wrong.
///
/// Source: <https://support.huaweicloud.com/intl/en-us/sis_faq/sis_04_0082.html>.
final class KeyLocks: Sendable {
    private struct Standing {
        var failures = 0
        /// Unix milliseconds.
        var lockedUntil = Int.min
    }

    /// How many wrong signatures in a row a key survives.
    static let allowed = 5
    /// How long a lock lasts, in milliseconds.
    static let length = 300_000

    private let keys = Mutex<[String: Standing]>([:])

    /// Whether a key is locked at a moment, in Unix milliseconds.
    func isLocked(_ key: String, now: Int) -> Bool {
        keys.withLock { now < $0[key]?.lockedUntil ?? Int.min }
    }

    /// Counts a wrong signature.
    func failed(_ key: String, now: Int) {
        keys.withLock { keys in
            var standing = keys[key] ?? Standing()
            standing.failures += 1
            if standing.failures > Self.allowed { standing = Standing(lockedUntil: now + Self.length) }
            keys[key] = standing
        }
    }

    /// Forgets the wrong ones after a right one.
    func succeeded(_ key: String) {
        keys.withLock { _ = $0.removeValue(forKey: key) }
    }
}
