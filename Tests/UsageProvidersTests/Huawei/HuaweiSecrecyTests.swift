import Testing
import Usage

@testable import UsageProviders

@Suite("The secrets of a Huawei account")
struct HuaweiSecrecyTests {
    private static let secrets = [
        HuaweiExamples.accessKey, HuaweiExamples.secretKey, HuaweiExamples.securityToken, HuaweiExamples.password,
        HuaweiExamples.authToken,
    ]
    /// What a server may say of all it has seen.
    private static let echo = secrets.joined(separator: " and ")

    private static let answers: [ScriptedTransport.Answer] =
        [200, 302, 400, 401, 403, 429, 500].flatMap { status in
            [
                HuaweiExamples.answer(status, echo),
                HuaweiExamples.answer(status, HuaweiExamples.refusal("X", message: echo)),
                HuaweiExamples.answer(status, HuaweiExamples.refusal(echo)),
                HuaweiExamples.answer(status, #"{"\#(echo)":{"code":"\#(echo)","message":"\#(echo)"}}"#),
                HuaweiExamples.answer(status, #"{"usage":[{"\#(echo)":1,"date":"\#(echo)"}]}"#),
            ]
        } + [.failure(.unreachable(echo)), .failure(.garbled(echo))]

    @Test("A server that repeats them does not bring them into any text of ours", arguments: answers)
    func signed(answer: ScriptedTransport.Answer) async throws {
        let account = try HuaweiExamples.account(ScriptedTransport([answer]), keys: HuaweiExamples.temporaryKeys)
        try expectNone(
            of: [HuaweiExamples.accessKey, HuaweiExamples.secretKey, HuaweiExamples.securityToken],
            in: try await HuaweiExamples.read(account)
        )
    }

    @Test("Nor does it with a token and a password", arguments: answers)
    func token(answer: ScriptedTransport.Answer) async throws {
        let transport = ScriptedTransport { request, _ in request.isLogin ? HuaweiExamples.token() : answer }
        let account = try HuaweiExamples.account(transport, keys: HuaweiExamples.login)
        for _ in 0..<2 {
            try expectNone(
                of: [HuaweiExamples.password, HuaweiExamples.authToken],
                in: try await HuaweiExamples.read(account)
            )
        }
    }

    @Test("Nor does IAM", arguments: answers)
    func login(answer: ScriptedTransport.Answer) async throws {
        let account = try HuaweiExamples.account(ScriptedTransport([answer]), keys: HuaweiExamples.login)
        try expectNone(of: [HuaweiExamples.password], in: try await HuaweiExamples.read(account))
    }

    @Test("A pause after refusals tells nothing of the key", arguments: [HuaweiExamples.keys, HuaweiExamples.login])
    func pause(keys: [String: Secret]) async throws {
        let store = MemoryRefusals()
        let transport = ScriptedTransport([HuaweiExamples.badSignature])
        let account = try HuaweiExamples.account(transport, keys: keys, refusals: store)
        for _ in 0..<3 { try expectNone(of: Self.secrets, in: try await HuaweiExamples.read(account)) }
        for secret in Self.secrets + ["example-user"] {
            #expect(await !store.known.keys.contains { $0.contains(secret) })
        }
        #expect(await store.known.count == 1)
    }

    @Test("Whatever holds them prints, dumps and reflects without them")
    func printed() async throws {
        let transport = ScriptedTransport { request, _ in request.isLogin ? HuaweiExamples.token() : HuaweiExamples.good
        }
        let keys = HuaweiExamples.temporaryKeys.merging(HuaweiExamples.login) { $1 }
        for keys in [keys, HuaweiExamples.login] {
            let account = try HuaweiExamples.account(transport, keys: keys)
            _ = try await HuaweiExamples.read(account)
            let reader = try #require(account.reader(for: HuaweiProvider.historyUsage))
            let lister = try #require(account.lister)
            let token = IAMToken(Secret(HuaweiExamples.authToken), goodUntil: HuaweiExamples.now)
            let key = HuaweiKey(
                accessKey: Secret(HuaweiExamples.accessKey),
                secretKey: Secret(HuaweiExamples.secretKey)
            )
            var text = "\(account) \(reader) \(lister) \(token) \(key) \(String(reflecting: token))"
            for value in [account, reader, lister, token, key] as [Any] { dump(value, to: &text) }
            for secret in Self.secrets { #expect(!text.contains(secret)) }
        }
    }

    private func expectNone(of secrets: [String], in answer: ReadingAnswer) throws {
        guard let failure = answer.result.failure else { return }
        var text = "\(answer) \(failure) \(failure.explanation) \(failure.advice ?? "")"
        dump(answer, to: &text)
        for secret in secrets { #expect(!text.contains(secret)) }
        #expect(!failure.explanation.contains { $0.isNewline })
    }
}
