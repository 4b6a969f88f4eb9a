import Synchronization
import Usage

/// A token of an IAM user for one project.
final class IAMToken: Sendable {
    /// The token itself.
    let secret: Secret
    /// Until when it is used: some time before it runs out.
    let goodUntil: UnixTime
    private let worked = Mutex(false)

    init(_ secret: Secret, goodUntil: UnixTime) {
        self.secret = secret
        self.goodUntil = goodUntil
    }

    /// Whether it was accepted once.
    var hasWorked: Bool { worked.withLock { $0 } }

    /// Notes that it was accepted.
    func noteSuccess() { worked.withLock { $0 = true } }
}
