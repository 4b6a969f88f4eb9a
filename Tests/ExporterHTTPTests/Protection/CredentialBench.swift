import Crypto
import Synchronization

@testable import ExporterHTTP

/// Checks with a hash function that counts its calls and for which `right` is every user's password.
final class CredentialBench: Sendable {
    private let log: Log
    private let users: KnownUsers
    let checks: CredentialChecks

    /// What the checks use, and what became of it.
    private final class Log: Sendable {
        let time = Mutex(Duration.zero)
        let hashed = Mutex<[Int]>([])
        let rests = Mutex<[Duration]>([])
        let threads = Mutex<(isHeld: Bool, held: [@Sendable () -> Void])>((false, []))
    }

    init(users: [String: Int], holdsThreads: Bool = false, timeOfHash: Duration = .zero) throws {
        let log = Log()
        self.log = log
        self.users = KnownUsers(users.compactMapValues(BcryptHash.dummy))
        log.threads.withLock { $0.isHeld = holdsThreads }
        let uptime: @Sendable () -> Duration = { log.time.withLock { $0 } }
        let lanes = HashingLanes(
            uptime: uptime,
            start: { body in
                let isHeld = log.threads.withLock { threads in
                    if threads.isHeld { threads.held.append(body) }
                    return threads.isHeld
                }
                if !isHeld { body() }
            },
            rest: { pause in log.rests.withLock { $0.append(pause) } }
        )
        checks = CredentialChecks(lanes: lanes, uptime: uptime) { password, setting in
            log.time.withLock { $0 += timeOfHash }
            log.hashed.withLock { $0.append(BcryptHash(setting)?.cost ?? 0) }
            return password == Array("right".utf8) ? Array(setting.utf8) : Array("$2b$04$other".utf8)
        }
    }

    /// The costs of all hashes that were made.
    var hashed: [Int] { log.hashed.withLock { $0 } }
    var rests: [Duration] { log.rests.withLock { $0 } }

    func forget() { log.hashed.withLock { $0 = [] } }

    func credentials(_ user: String, _ password: String) -> BasicCredentials {
        BasicCredentials(user: Array(user.utf8), password: Array(password.utf8))
    }

    func ask(_ user: String, _ password: String, among others: KnownUsers? = nil) async -> CredentialChecks.Verdict {
        await checks.verdict(on: credentials(user, password), among: others ?? users)
    }

    /// Lets all threads run, those that begin later too.
    func releaseThreads() {
        let held = log.threads.withLock { threads in
            defer { threads = (false, []) }
            return threads.held
        }
        for body in held { body() }
    }
}
