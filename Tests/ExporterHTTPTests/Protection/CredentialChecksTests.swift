import Crypto
import Synchronization
import Testing

@testable import ExporterHTTP

@Suite("Whether a password is right")
struct CredentialChecksTests {
    @Test("A right password is hashed once; then its verdict is known, and so is that of a wrong one")
    func remembered() async throws {
        let bench = try CredentialBench(users: ["alice": 5])
        for _ in 0..<3 { #expect(await bench.ask("alice", "right") == .verified) }
        #expect(bench.hashed == [5])
        for _ in 0..<3 { #expect(await bench.ask("alice", "wrong") == .refused) }
        #expect(bench.hashed == [5, 5])
    }

    @Test("Nobody is let in by the password of the hash that unknown users are compared with")
    func unknown() async throws {
        let bench = try CredentialBench(users: ["alice": 5])
        #expect(await bench.ask("mallory", "right") == .refused)
        #expect(await bench.ask("", "right") == .refused)
        #expect(await bench.ask("Alice", "right") == .refused)
    }

    @Test(
        "Every user takes the same work, known or not, whatever the cost of their hash",
        arguments: ["right", "wrong"]
    )
    func sameWork(_ password: String) async throws {
        let bench = try CredentialBench(users: ["a": 4, "b": 7, "c": 9, "d": 9])
        for user in ["a", "b", "c", "d", "nobody", ""] {
            bench.forget()
            _ = await bench.ask(user, password)
            #expect(bench.hashed.reduce(0) { $0 + (1 << $1) } == 1 << 9, "\(user)")
        }
    }

    @Test("Equal questions at the same time are hashed once, others for themselves")
    func shared() async throws {
        let bench = try CredentialBench(users: ["alice": 5, "bob": 5], holdsThreads: true)
        let verdicts = await withTaskGroup(of: CredentialChecks.Verdict.self) { group in
            for _ in 0..<8 { group.addTask { await bench.ask("alice", "right") } }
            group.addTask { await bench.ask("bob", "wrong") }
            while bench.checks.waiting < 9 { await Task.yield() }
            bench.releaseThreads()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(bench.hashed == [5, 5])
        #expect(verdicts.count { $0 == .verified } == 8)
        #expect(verdicts.count { $0 == .refused } == 1)
    }

    @Test("A changed hash is decided about anew, and the old password is no longer right")
    func changed() async throws {
        let bench = try CredentialBench(users: ["alice": 5])
        #expect(await bench.ask("alice", "right") == .verified)
        let other = try #require(BcryptHash("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        let users = KnownUsers(["alice": other])
        #expect(await bench.checks.verdict(on: bench.credentials("alice", "wrong"), among: users) == .refused)
        #expect(bench.hashed.count == 2)
        #expect(await bench.ask("alice", "right", among: KnownUsers([:])) == .refused)
    }

    @Test("However many wrong passwords come, a verified one stays known")
    func flood() async throws {
        let bench = try CredentialBench(users: ["alice": 4])
        #expect(await bench.ask("alice", "right") == .verified)
        for number in 0..<5_000 { #expect(await bench.ask("alice", "wrong\(number)") == .refused) }
        bench.forget()
        #expect(await bench.ask("alice", "right") == .verified)
        #expect(bench.hashed.isEmpty)
        #expect(await bench.ask("alice", "wrong4999") == .refused)
        #expect(bench.hashed.isEmpty)
        #expect(await bench.ask("alice", "wrong0") == .refused)
        #expect(bench.hashed == [4])
    }

    @Test("A question for which there is no time is undecided, and decided when it is asked again")
    func overload() async throws {
        let bench = try CredentialBench(users: ["alice": 5], holdsThreads: true)
        let count = HashingLanes.count + HashingLanes.mostWaiting + 1
        let verdicts = await withTaskGroup(of: CredentialChecks.Verdict.self) { group in
            for number in 0..<count { group.addTask { await bench.ask("alice", "wrong\(number)") } }
            // One of them is dropped, and the only one that is answered before the threads run.
            let first = await group.next()
            while bench.checks.waiting < count - 1 { await Task.yield() }
            bench.releaseThreads()
            return await group.reduce(into: [first].compactMap { $0 }) { $0.append($1) }
        }
        #expect(verdicts.count { $0 == .unchecked } == 1)
        #expect(verdicts.count { $0 == .refused } == count - 1)
        for number in 0..<count { #expect(await bench.ask("alice", "wrong\(number)") == .refused) }
    }

    @Test("A lane rests three times as long as a wrong password took, and not at all after a right one")
    func rest() async throws {
        let bench = try CredentialBench(users: ["alice": 5], timeOfHash: .milliseconds(250))
        _ = await bench.ask("alice", "right")
        #expect(bench.rests.isEmpty)
        _ = await bench.ask("alice", "wrong")
        #expect(bench.rests == [.milliseconds(750)])
    }

    @Test("Parts are not confused: a colon in a name is no other name's password")
    func parts() async throws {
        let bench = try CredentialBench(users: ["a": 4, "ab": 4])
        #expect(await bench.ask("ab", "right") == .verified)
        #expect(await bench.ask("a", "bright") == .refused)
        #expect(bench.hashed.count == 2)
    }
}
