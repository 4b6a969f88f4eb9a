import Testing
import Usage

@testable import UsageProviders

@Suite("An access key of Huawei's that is refused")
struct HuaweiLockOutTests {
    private let store = MemoryRefusals()
    private let uptime = TurnedUptime()

    @Test("Of ten calls at once with a bad key two are sent, whichever come first", arguments: [false, true])
    func tenAtOnce(isHeld: Bool) async throws {
        let transport = ScriptedTransport([HuaweiExamples.badSignature])
        let account = try HuaweiExamples.account(transport, refusals: store)
        if isHeld { transport.hold() }
        let answers = try await withThrowingTaskGroup(of: ReadingAnswer.self) { group in
            for _ in 0..<10 { group.addTask { try await HuaweiExamples.read(account) } }
            if isHeld {
                try await transport.sent(2)
                for _ in 0..<1_000 { await Task.yield() }
                transport.release()
            }
            return try await group.reduce(into: [ReadingAnswer]()) { $0.append($1) }
        }
        #expect(transport.requests.count == 2)
        #expect(answers.count { $0.wasSent } == 2)
        for answer in answers {
            #expect(answer.result.failure?.reason == .unauthorized)
            #expect(answer.result.failure?.scope == .account)
            #expect(answer.result.failure?.advice?.contains("secret_key") == true)
        }
        for answer in answers where !answer.wasSent {
            #expect(answer.result.failure?.retryAfter == .seconds(300))
            #expect(answer.result.failure?.explanation.contains("twice in a row") == true)
        }
        #expect(answers.count { $0.wasSent && $0.result.failure?.retryAfter == .seconds(300) } == 1)
    }

    @Test("More calls than two with a good key are all made, never more than two at once")
    func goodKey() async throws {
        let transport = ScriptedTransport([HuaweiExamples.good])
        let account = try HuaweiExamples.account(transport, refusals: store)
        let answers = try await withThrowingTaskGroup(of: ReadingAnswer.self) { group in
            for _ in 0..<20 { group.addTask { try await HuaweiExamples.read(account) } }
            return try await group.reduce(into: [ReadingAnswer]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.result.failure == nil && $0.wasSent })
        #expect(transport.requests.count == 20)
        #expect(transport.mostUnderWay <= 2)
        #expect(await store.known.values.allSatisfy { $0 == .none })
    }

    @Test("A restart does not allow two more, and the pause ends with the first five minutes")
    func restart() async throws {
        let transport = ScriptedTransport([HuaweiExamples.badSignature])
        for second in 0..<6 {
            let account = try HuaweiExamples.account(transport, refusals: store)
            let answer = try await HuaweiExamples.read(account, now: HuaweiExamples.now + .seconds(second))
            #expect(answer.wasSent == (second < 2))
        }
        #expect(transport.requests.count == 2)
        let account = try HuaweiExamples.account(transport, refusals: store)
        #expect(try await HuaweiExamples.read(account, now: HuaweiExamples.now + .seconds(301)).wasSent)
    }

    @Test("A process that is killed before the answers come has used up its two calls")
    func killed() async throws {
        let transport = ScriptedTransport([HuaweiExamples.badSignature])
        transport.hold()
        let account = try HuaweiExamples.account(transport, refusals: store)
        let calls = (0..<2).map { _ in Task { try await HuaweiExamples.read(account) } }
        try await transport.sent(2)
        let next = ScriptedTransport([HuaweiExamples.badSignature])
        let answer = try await HuaweiExamples.read(try HuaweiExamples.account(next, refusals: store))
        #expect(!answer.wasSent)
        #expect(next.requests.isEmpty)
        #expect(answer.result.failure?.retryAfter == .seconds(300))
        transport.release()
        for call in calls { _ = try await call.value }
    }

    @Test("Readers, the list of apps and other accounts with the same key share its count")
    func shared() async throws {
        let transport = ScriptedTransport([HuaweiExamples.badSignature])
        let registry = SignatureGuardRegistry()
        let accounts = try (0..<2).map { _ in
            HuaweiAccount(
                try .sample(
                    endpoint: HuaweiProvider.defaultEndpoint,
                    details: HuaweiExamples.details,
                    keys: HuaweiExamples.keys,
                    transport: transport,
                    refusals: store
                ),
                registry: registry
            )
        }
        #expect(try await HuaweiExamples.read(accounts[0]).wasSent)
        #expect(await accounts[1].lister?.list(page: 0, now: HuaweiExamples.now).wasSent == true)
        #expect(try await !HuaweiExamples.read(accounts[0]).wasSent)
        #expect(await accounts[0].lister?.list(page: 0, now: HuaweiExamples.now).wasSent == false)
        #expect(transport.requests.count == 2)
    }

    @Test("The pause is over after five minutes, and one good answer ends the caution")
    func after() async throws {
        let transport = ScriptedTransport([
            HuaweiExamples.badSignature, HuaweiExamples.badSignature, HuaweiExamples.good,
        ])
        let account = try HuaweiExamples.account(transport, refusals: store, uptime: uptime)
        for _ in 0..<3 { _ = try await HuaweiExamples.read(account) }
        #expect(transport.requests.count == 2)
        uptime.turn(by: .seconds(300))
        for _ in 0..<3 { #expect(try await HuaweiExamples.read(account).result.failure == nil) }
    }

    private static let refusals = ["APIGW.0301", "APIGW.0303", "APIGW.0305", "APIGW.0311", "APIG.0301"]
        .map { HuaweiExamples.answer(401, HuaweiExamples.refusal($0)) }

    @Test("Each refusal counts, and so does one without a code", arguments: refusals + [HuaweiExamples.answer(401, "")])
    func refused(answer: ScriptedTransport.Answer) async throws {
        let transport = ScriptedTransport([answer])
        let account = try HuaweiExamples.account(transport, refusals: store)
        for _ in 0..<4 { _ = try await HuaweiExamples.read(account) }
        #expect(transport.requests.count == 2)
    }

    private static let proofs = [
        (403, "APIGW.0302"), (403, "APIGW.0310"), (400, "DATA.100011001"), (500, "DATA.1"), (400, "RTC.00001003"),
    ].map { HuaweiExamples.answer($0, HuaweiExamples.refusal($1)) }

    @Test("What only comes after the signature was checked proves it", arguments: proofs + [HuaweiExamples.good])
    func proven(answer: ScriptedTransport.Answer) async throws {
        let transport = ScriptedTransport([HuaweiExamples.badSignature, answer, HuaweiExamples.badSignature])
        let account = try HuaweiExamples.account(transport, refusals: store)
        for _ in 0..<3 { #expect(try await HuaweiExamples.read(account).result.failure?.retryAfter == nil) }
        #expect(transport.requests.count == 3)
        #expect(await store.known.values.map(\.count) == [1])
    }

    private static let silences: [ScriptedTransport.Answer] = [
        .failure(.timeout(.seconds(30))), .failure(.unreachable("refused")), .failure(.garbled("zip")),
        HuaweiExamples.answer(502, ""), HuaweiExamples.answer(503, HuaweiExamples.refusal("APIGW.0613")),
        HuaweiExamples.answer(504, HuaweiExamples.refusal("APIGW.0201")), HuaweiExamples.answer(404, ""),
        HuaweiExamples.answer(404, HuaweiExamples.refusal("APIGW.0101")), HuaweiExamples.answer(403, "<html></html>"),
        HuaweiExamples.answer(400, HuaweiExamples.refusal("RTC.00001001")),
        HuaweiExamples.answer(429, HuaweiExamples.refusal("APIGW.0308")),
        HuaweiExamples.answer(200, "<html></html>"),
    ]

    @Test("What may come from somebody who does not know whose the signature is says nothing", arguments: silences)
    func silent(answer: ScriptedTransport.Answer) async throws {
        let transport = ScriptedTransport([HuaweiExamples.badSignature, answer, answer, HuaweiExamples.badSignature])
        let account = try HuaweiExamples.account(transport, refusals: store)
        for _ in 0..<3 { _ = try await HuaweiExamples.read(account) }
        #expect(await store.known.values.map(\.count) == [1])
        #expect(try await HuaweiExamples.read(account).result.failure?.retryAfter == .seconds(300))
    }

    @Test("A clock that is off is tried once more at once, and not a third time")
    func clockOff() async throws {
        let answer = HuaweiExamples.answer(
            401,
            HuaweiExamples.refusal("APIGW.0303"),
            headers: [(name: "Date", value: HuaweiExamples.date)]
        )
        let account = try HuaweiExamples.account(ScriptedTransport([answer]), refusals: store)
        let wrong = HuaweiExamples.now - .seconds(7_200)
        let first = try await HuaweiExamples.read(account, now: wrong).result.failure
        #expect(first?.cause == .clockOff)
        #expect(first?.isMended == true)
        let second = try await HuaweiExamples.read(account, now: wrong).result.failure
        #expect(second?.cause == .clockOff)
        #expect(second?.isMended == false)
        #expect(second?.retryAfter == .seconds(300))
    }

    @Test("A renewed key that is refused is given up, and holds up nobody who uses the one before")
    func renewed() async throws {
        let transport = ScriptedTransport { request, _ in
            request.values(of: "Authorization").first?.contains("Access=OTHER") == true
                ? HuaweiExamples.badSignature : HuaweiExamples.good
        }
        let keys = AccountKeys(KeySet(HuaweiExamples.keys))
        let other = KeySet(["access_key": Secret("OTHER"), "secret_key": Secret("other-secret")])
        let account = HuaweiExamples.account(try settings(keys, transport))
        for _ in 0..<2 {
            keys.renew(other)
            let refused = try await HuaweiExamples.read(account)
            #expect(refused.wasSent)
            #expect(refused.result.failure?.isMended == true)
            #expect(refused.result.failure?.explanation.hasPrefix("Refused with the renewed key") == true)
            #expect(try await HuaweiExamples.read(account).result.failure == nil)
        }
        // The third time it may not be tried before the pause is over, and nobody notices.
        keys.renew(other)
        for _ in 0..<2 { #expect(try await HuaweiExamples.read(account).result.failure == nil) }
        #expect(transport.requests.count == 6)
        #expect(keys.next == other)
        uptime.turn(by: .seconds(300))
        #expect(try await HuaweiExamples.read(account).result.failure?.isMended == true)
        #expect(try await HuaweiExamples.read(account).result.failure == nil)
    }

    @Test("A secret that is mended during the pause is used at its end")
    func mendedInPause() async throws {
        let transport = ScriptedTransport([
            HuaweiExamples.badSignature, HuaweiExamples.badSignature, HuaweiExamples.good,
        ])
        let keys = AccountKeys(KeySet(HuaweiExamples.keys))
        let account = HuaweiExamples.account(try settings(keys, transport))
        for _ in 0..<2 { _ = try await HuaweiExamples.read(account) }
        let mended = KeySet(HuaweiExamples.keys.merging(["secret_key": Secret("mended-secret")]) { $1 })
        keys.renew(mended)
        let paused = try await HuaweiExamples.read(account)
        #expect(!paused.wasSent)
        #expect(paused.result.failure?.retryAfter == .seconds(300))
        #expect(paused.result.failure?.isMended == false)
        uptime.turn(by: .seconds(300))
        #expect(try await HuaweiExamples.read(account).result.failure == nil)
        #expect(transport.requests.count == 3)
        #expect(keys.next == mended)
        #expect(keys.before(mended) == nil)
    }

    @Test("A renewed secret of the same key is tried, and used once it has worked")
    func renewedSecret() async throws {
        let transport = ScriptedTransport([HuaweiExamples.badSignature, HuaweiExamples.good])
        let keys = AccountKeys(KeySet(HuaweiExamples.keys))
        let account = HuaweiExamples.account(try settings(keys, transport))
        _ = try await HuaweiExamples.read(account)
        let renewed = KeySet(HuaweiExamples.keys.merging(["secret_key": Secret("renewed-secret")]) { $1 })
        keys.renew(renewed)
        #expect(try await HuaweiExamples.read(account).result.failure == nil)
        #expect(keys.next == renewed)
        let signatures = Set(transport.requests.flatMap { $0.values(of: "Authorization") })
        #expect(signatures.count == 2)
    }

    private func settings(_ keys: AccountKeys, _ transport: any ProviderTransport) throws -> AccountSettings {
        AccountSettings(
            endpoint: try Endpoint(HuaweiProvider.defaultEndpoint),
            details: HuaweiExamples.userDetails,
            keys: keys,
            transport: transport,
            refusals: store,
            uptime: { [uptime] in uptime.now }
        )
    }
}
