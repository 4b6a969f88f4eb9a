import Testing
import Usage

@testable import UsageProviders

@Suite("The guard of a key that its provider may lock")
struct SignatureGuardTests {
    /// A store that cannot be used.
    final class BrokenStore: SignatureRefusalStore {
        struct Broken: Error {}

        func signatureRefusals(of key: String) throws -> SignatureRefusals { throw Broken() }
        func record(_ refusals: SignatureRefusals, of key: String) throws { throw Broken() }
    }

    /// One process with its guard.
    private struct Process {
        static let name = "huawei/ab12"
        static let words = SignatureGuard.Words(refused: "It was refused", advice: "Check it.")

        let guardian: SignatureGuard
        let uptime = TurnedUptime()
        var keys = KeySet(["access_key": Secret("a")])

        init(_ store: any SignatureRefusalStore) {
            guardian = SignatureGuard(name: Self.name, store: store, uptime: { [uptime] in uptime.now })
        }

        func admit(at now: UnixTime = HuaweiExamples.now) async throws(ReadingFailure) -> SignatureGuard.Pass {
            try await guardian.admit(keys, now: now, words: Self.words)
        }

        /// Makes a call and has its answer.
        @discardableResult
        func call(_ verdict: KeyVerdict?, at now: UnixTime = HuaweiExamples.now) async throws -> Duration? {
            await guardian.end(try await admit(at: now), verdict)
        }

        /// How long the guard lets nothing out; `nil` when it does.
        func pause(at now: UnixTime = HuaweiExamples.now) async -> Duration? {
            do throws(ReadingFailure) {
                _ = await guardian.end(try await admit(at: now), nil)
                return nil
            } catch {
                return error.retryAfter
            }
        }
    }

    private let store = MemoryRefusals()
    private static let now = HuaweiExamples.now

    private func stored() async -> SignatureRefusals { await store.signatureRefusals(of: Process.name) }

    @Test("Two refusals in a row begin a pause of five minutes, after which one call at a time goes out")
    func twoInARow() async throws {
        let process = Process(store)
        #expect(try await process.call(.refused) == nil)
        #expect(try await process.call(.refused) == .seconds(300))
        #expect(await process.pause() == .seconds(300))
        process.uptime.turn(by: .seconds(299))
        #expect(await process.pause() == .seconds(1))
        process.uptime.turn(by: .seconds(1))
        #expect(try await process.call(.refused) == .seconds(300))
        #expect(await process.pause() == .seconds(300))
        process.uptime.turn(by: .seconds(300))
        try await process.call(.proven)
        #expect(await stored() == .none)
        #expect(try await process.call(.refused) == nil)
        #expect(await process.pause() == nil)
    }

    @Test("What is told of a call that may not go out is a refusal of the account, with the time to wait")
    func words() async throws {
        let process = Process(store)
        try await process.call(.refused)
        try await process.call(.refused)
        process.uptime.turn(by: .milliseconds(59_500))
        let failure = await #expect(throws: ReadingFailure.self) { try await process.admit() }
        #expect(failure?.reason == .unauthorized)
        #expect(failure?.scope == .account)
        #expect(failure?.explanation == "It was refused, so that nothing is sent for 241 s.")
        #expect(failure?.advice == "Check it.")
        #expect(failure?.retryAfter == .milliseconds(240_500))
    }

    @Test("Between two refusals, no answer is no proof", arguments: [1, 5])
    func noAnswer(times: Int) async throws {
        let process = Process(store)
        try await process.call(.refused)
        for _ in 0..<times { try await process.call(nil) }
        #expect(try await process.call(.refused) == .seconds(300))
    }

    @Test("A proof between two refusals begins the count anew")
    func proof() async throws {
        let process = Process(store)
        for _ in 0..<5 {
            #expect(try await process.call(.refused) == nil)
            try await process.call(.proven)
        }
        #expect(await process.pause() == nil)
    }

    @Test("A refusal that came while a good call was under way may be the newer one, and stays counted")
    func overlappingProof() async throws {
        let process = Process(store)
        let good = try await process.admit()
        try await process.call(.refused)
        _ = await process.guardian.end(good, .proven)
        #expect(await stored().count == 1)
        #expect(try await process.call(.refused) == .seconds(300))
        process.uptime.turn(by: .seconds(300))
        try await process.call(.proven)
        #expect(await stored() == .none)
    }

    @Test("A restart neither forgets refusals nor begins their pause anew")
    func restart() async throws {
        try await Process(store).call(.refused, at: Self.now)
        let second = Process(store)
        #expect(try await second.call(.refused, at: Self.now + .seconds(10)) == .seconds(300))
        #expect(await Process(store).pause(at: Self.now + .seconds(100)) == .seconds(210))
        let third = Process(store)
        #expect(await third.pause(at: Self.now + .seconds(309)) == .seconds(1))
        third.uptime.turn(by: .seconds(1))
        #expect(try await third.call(.refused, at: Self.now + .seconds(310)) == .seconds(300))
        #expect(await Process(store).pause(at: Self.now + .seconds(310)) == .seconds(300))
        #expect(await Process(store).pause(at: Self.now + .seconds(610)) == nil)
    }

    @Test(
        "A wall clock that was ahead, or was set back, makes a pause no longer than a whole one",
        arguments: [-1, -300, -86_400, -1_000_000_000]
    )
    func clockStep(seconds: Int) async throws {
        try await Process(store).call(.refused)
        try await Process(store).call(.refused)
        let process = Process(store)
        let later = Self.now + .seconds(seconds)
        #expect(await process.pause(at: later) == .seconds(300))
        process.uptime.turn(by: .seconds(300))
        #expect(await process.pause(at: later) == nil)
    }

    @Test("While the process runs, no step of the wall clock shortens a pause")
    func wallClock() async throws {
        let process = Process(store)
        try await process.call(.refused)
        try await process.call(.refused)
        #expect(await process.pause(at: Self.now + .seconds(86_400)) == .seconds(300))
    }

    @Test("A process that is killed while calls are under way has counted them")
    func killed() async throws {
        let process = Process(store)
        _ = try await process.admit()
        #expect(await stored() == SignatureRefusals(count: 1, last: Self.now))
        _ = try await process.admit(at: Self.now + .seconds(2))
        #expect(await stored() == SignatureRefusals(count: 2, last: Self.now + .seconds(2)))
        // Both of them were never answered.
        #expect(await Process(store).pause(at: Self.now + .seconds(2)) == .seconds(300))

        let probing = Process(store)
        _ = try await probing.admit(at: Self.now + .seconds(302))
        #expect(await stored() == SignatureRefusals(count: 3, last: Self.now + .seconds(302)))
        #expect(await Process(store).pause(at: Self.now + .seconds(303)) == .seconds(299))
    }

    @Test("What was counted ahead is put back when the answer says nothing, and forgotten when it proves the key")
    func putBack() async throws {
        let process = Process(store)
        try await process.call(nil)
        #expect(await stored() == .none)
        try await process.call(.refused)
        try await process.call(nil, at: Self.now + .seconds(60))
        #expect(await stored() == SignatureRefusals(count: 1, last: Self.now))
        try await process.call(.proven)
        #expect(await stored() == .none)
    }

    @Test("It is put back too when the task that made the call is cancelled")
    func cancelled() async throws {
        let process = Process(store)
        let task = Task {
            let pass = try await process.admit()
            try? await Task.sleep(for: .seconds(10))
            return await process.guardian.end(pass, nil)
        }
        for _ in 0..<100_000 where await stored() == .none { await Task.yield() }
        #expect(await stored().count == 1)
        task.cancel()
        #expect(try await task.value == nil)
        #expect(await stored() == .none)
    }

    @Test("A key that was proven costs no writes, until it is refused or another secret is used")
    func proven() async throws {
        var process = Process(store)
        try await process.call(.proven)
        let pass = try await process.admit()
        #expect(await stored() == .none)
        _ = await process.guardian.end(pass, nil)

        process.keys = KeySet(["access_key": Secret("a"), "secret_key": Secret("renewed")])
        let renewed = try await process.admit()
        #expect(await stored().count == 1)
        _ = await process.guardian.end(renewed, .proven)
        #expect(await stored() == .none)

        try await process.call(.refused)
        _ = try await process.admit()
        #expect(await stored().count == 2)
    }

    @Test("More than two calls wait for answers, and are let go by good ones")
    func waiting() async throws {
        let process = Process(store)
        let passes = [try await process.admit(), try await process.admit()]
        let third = Task { try await process.admit() }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(await stored().count == 2)
        _ = await process.guardian.end(passes[0], .proven)
        let pass = try await third.value
        _ = await process.guardian.end(pass, .proven)
        _ = await process.guardian.end(passes[1], .proven)
    }

    @Test("Those who wait are not let go by bad answers")
    func waitingInVain() async throws {
        let process = Process(store)
        let passes = [try await process.admit(), try await process.admit()]
        let waiting = (0..<8).map { _ in
            Task { () -> ReadingFailure? in
                do throws(ReadingFailure) {
                    _ = try await process.admit()
                    return nil
                } catch {
                    return error
                }
            }
        }
        for _ in 0..<1_000 { await Task.yield() }
        for pass in passes { _ = await process.guardian.end(pass, .refused) }
        for task in waiting { #expect(await task.value?.retryAfter == .seconds(300)) }
    }

    @Test("Who is cancelled while waiting is let go at once, and sends nothing")
    func cancelledWaiting() async throws {
        let process = Process(store)
        _ = try await process.admit()
        _ = try await process.admit()
        let third = Task { try await process.admit() }
        for _ in 0..<1_000 { await Task.yield() }
        third.cancel()
        let failure = await #expect(throws: ReadingFailure.self) { try await third.value }
        #expect(failure?.reason == .unavailable)
        #expect(failure?.retryAfter == nil)
        #expect(await stored().count == 2)
    }

    @Test("Without its store the count holds in memory")
    func brokenStore() async throws {
        let process = Process(BrokenStore())
        #expect(try await process.call(.refused) == nil)
        #expect(try await process.call(.refused) == .seconds(300))
        #expect(await process.pause() == .seconds(300))
        process.uptime.turn(by: .seconds(300))
        try await process.call(.proven)
        #expect(await process.pause() == nil)
    }

    @Test("After a pause calls go out one at a time, and those that wait learn from it")
    func oneAtATime() async throws {
        let process = Process(store)
        try await process.call(.refused)
        try await process.call(.refused)
        process.uptime.turn(by: .seconds(300))
        let probe = try await process.admit()
        let second = Task { await process.pause() }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(await stored().count == 3)
        _ = await process.guardian.end(probe, .refused)
        #expect(await second.value == .seconds(300))
    }

    @Test("There is one for each key and store, named without telling the key, while an account uses it")
    func registry() async throws {
        let registry = SignatureGuardRegistry()
        func account(_ store: MemoryRefusals) -> SignatureGuards {
            SignatureGuards(store: store, uptime: { .zero }, registry: registry)
        }
        let (first, second, elsewhere) = (account(store), account(store), account(MemoryRefusals()))
        #expect(first.find("huawei", key: "AKEY") === second.find("huawei", key: "AKEY"))
        #expect(first.find("huawei", key: "AKEY") !== elsewhere.find("huawei", key: "AKEY"))
        #expect(first.find("huawei", key: "AKEY") !== second.find("huawei", key: "BKEY"))
        #expect(first.find("huawei", key: "AKEY") !== second.find("huawei-iam", key: "AKEY"))
        _ = try await first.find("huawei", key: "AKEY").admit(KeySet([:]), now: Self.now, words: Process.words)
        // `printf AKEY | sha256sum`.
        #expect(await store.known.keys.map(\.self) == ["huawei/c8f0ebe84bcf312f"])
    }

    @Test("What no account uses any more is kept by nobody")
    func released() {
        let registry = SignatureGuardRegistry()
        weak var kept: MemoryRefusals?
        do {
            let store = MemoryRefusals()
            kept = store
            let account = SignatureGuards(store: store, uptime: { .zero }, registry: registry)
            #expect(account.find("huawei", key: "AKEY") === account.find("huawei", key: "AKEY"))
            #expect(kept != nil)
        }
        #expect(kept == nil)
    }
}
