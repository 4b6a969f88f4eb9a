import Foundation
import Testing
import Usage

@testable import UsageProviders

@Suite("The tokens of an IAM user")
struct IAMTokensTests {
    private static let now = HuaweiExamples.now

    /// Huawei, played: IAM's answers in their order, of which the last one stays, and one answer for each token.
    private func transport(
        logins: [ScriptedTransport.Answer],
        calls: @escaping @Sendable (_ token: String) -> ScriptedTransport.Answer = { _ in HuaweiExamples.good }
    ) -> ScriptedTransport {
        let count = Counter()
        return ScriptedTransport { request, _ in
            if request.isLogin { return logins[min(count.next(), logins.count - 1)] }
            return calls(request.authToken ?? "")
        }
    }

    private func account(
        _ transport: any ProviderTransport,
        details: [String: String] = HuaweiExamples.userDetails,
        refusals: MemoryRefusals = MemoryRefusals(),
        uptime: TurnedUptime = TurnedUptime()
    ) throws -> HuaweiAccount {
        try HuaweiExamples.account(
            transport,
            keys: HuaweiExamples.login,
            details: details,
            refusals: refusals,
            uptime: uptime
        )
    }

    @Test("A token is asked for as IAM documents it, and sent with the call")
    func request() async throws {
        let transport = transport(logins: [HuaweiExamples.token()])
        let answer = try await HuaweiExamples.read(try account(transport))
        #expect(answer.result.failure == nil)
        #expect(answer.sideCalls.map(\.api) == ["iam_tokens"])
        #expect(answer.sideCalls.map(\.failure) == [nil])
        let (login, call) = (transport.requests[0], transport.requests[1])
        #expect(login.method == .post)
        #expect(login.url == "https://iam.myhuaweicloud.com/v3/auth/tokens?nocatalog=true")
        #expect(login.values(of: "Host") == ["iam.myhuaweicloud.com"])
        #expect(login.values(of: "Content-Type") == ["application/json;charset=utf8"])
        #expect(
            login.text == """
                {"auth":{"identity":{"methods":["password"],"password":{"user":{"domain":{"name":"example-domain"},\
                "name":"example-user","password":"example-password-654321"}}},\
                "scope":{"project":{"id":"0123456789abcdef0123456789abcdef"}}}}
                """
        )
        #expect(call.values(of: "X-Auth-Token") == [HuaweiExamples.authToken])
        #expect(call.values(of: "Authorization").isEmpty)
        #expect(
            call.url == """
                https://rtc-api.myhuaweicloud.com/v1/0123456789abcdef0123456789abcdef/rtc/history/usage\
                ?app=5fa682b34a974f7ad24d223b&metric=CommunicationDuration&start_date=2023-11-13&end_date=2023-11-14
                """
        )
    }

    @Test("A project may be named, and IAM may be elsewhere")
    func details() async throws {
        let transport = transport(logins: [HuaweiExamples.token()])
        let more = ["project": "cn-north-4", "iam_endpoint": "http://127.0.0.1:99"]
        let account = try account(transport, details: HuaweiExamples.userDetails.merging(more) { $1 })
        _ = try await HuaweiExamples.read(account)
        #expect(transport.requests[0].url.hasPrefix("http://127.0.0.1:99/v3/auth/tokens?"))
        #expect(transport.requests[0].text.contains(#""scope":{"project":{"name":"cn-north-4"}}"#))
        #expect(transport.requests[1].url.contains(HuaweiExamples.project))
    }

    @Test("An account with an access key uses that")
    func accessKeyFirst() async throws {
        let transport = ScriptedTransport([HuaweiExamples.good])
        let keys = HuaweiExamples.keys.merging(HuaweiExamples.login) { $1 }
        _ = try await HuaweiExamples.read(try HuaweiExamples.account(transport, keys: keys))
        #expect(transport.requests.map(\.isLogin) == [false])
    }

    @Test(
        "It is used until ten minutes before it runs out",
        arguments: [
            ("2023-11-15T22:13:20.123000Z", 86_400 - 600), ("2023-11-15T22:13:20Z", 86_400 - 600),
            ("2023-11-16T06:13:20.000000+08:00", 86_400 - 600), ("2023-11-14T23:13:20Z", 3_000),
            (nil, 23 * 3600 - 600), ("tomorrow", 23 * 3600 - 600), ("", 23 * 3600 - 600),
        ] as [(String?, Int)]
    )
    func expiry(end: String?, seconds: Int) async throws {
        let transport = transport(logins: [HuaweiExamples.token(until: end)])
        let account = try account(transport)
        for second in [0, 1, seconds - 1] {
            _ = try await HuaweiExamples.read(account, now: Self.now + .seconds(second))
        }
        #expect(transport.requests.count(where: \.isLogin) == 1)
        let answer = try await HuaweiExamples.read(account, now: Self.now + .seconds(seconds + 1))
        #expect(transport.requests.count(where: \.isLogin) == 2)
        #expect(answer.sideCalls.count == 1)
    }

    @Test("Its end is by the clock of IAM, however wrong ours is", arguments: [-200_000, 200_000])
    func expiryByIAM(offset: Int) async throws {
        let login = HuaweiExamples.answer(
            201,
            #"{"token":{"expires_at":"2023-11-15T22:13:20Z"}}"#,
            headers: [(name: "X-Subject-Token", value: "t"), (name: "Date", value: HuaweiExamples.date)]
        )
        let transport = transport(logins: [login])
        let account = try account(transport)
        let start = Self.now + .seconds(offset)
        for second in [0, 85_799] { _ = try await HuaweiExamples.read(account, now: start + .seconds(second)) }
        #expect(transport.requests.count(where: \.isLogin) == 1)
        _ = try await HuaweiExamples.read(account, now: start + .seconds(85_800))
        #expect(transport.requests.count(where: \.isLogin) == 2)
    }

    @Test("All who need one share the call for it, which is told once")
    func sharedRenewal() async throws {
        let transport = transport(logins: [HuaweiExamples.token()])
        transport.hold()
        let account = try account(transport)
        let calls = (0..<8).map { _ in Task { try await HuaweiExamples.read(account) } }
        try await transport.sent(1)
        for _ in 0..<1_000 { await Task.yield() }
        #expect(transport.requests.count == 1)
        transport.release()
        var sideCalls = 0
        for call in calls {
            let answer = try await call.value
            #expect(answer.result.failure == nil)
            sideCalls += answer.sideCalls.count
        }
        #expect(sideCalls == 1)
        #expect(transport.requests.count(where: \.isLogin) == 1)
        #expect(transport.requests.count == 9)
    }

    @Test("They share its failure too")
    func sharedFailure() async throws {
        let transport = transport(logins: [HuaweiExamples.answer(503, "")])
        transport.hold()
        let account = try account(transport)
        let calls = (0..<8).map { _ in Task { try await HuaweiExamples.read(account) } }
        try await transport.sent(1)
        for _ in 0..<1_000 { await Task.yield() }
        transport.release()
        for call in calls {
            let answer = try await call.value
            #expect(answer.result.failure?.reason == .unavailable)
            #expect(!answer.wasSent)
        }
        #expect(transport.requests.count == 1)
    }

    @Test("When the one who asks gives up, another one asks")
    func givenUp() async throws {
        let transport = transport(logins: [HuaweiExamples.token()])
        transport.hold()
        let account = try account(transport)
        let first = Task { try await HuaweiExamples.read(account) }
        try await transport.sent(1)
        let second = Task { try await HuaweiExamples.read(account) }
        for _ in 0..<1_000 { await Task.yield() }
        first.cancel()
        #expect(try await first.value.result.failure?.reason == .unavailable)
        try await transport.sent(2)
        transport.release()
        #expect(try await second.value.result.failure == nil)
    }

    @Test("The call for a token is told with how long it took")
    func took() async throws {
        let uptime = TurnedUptime()
        let transport = ScriptedTransport { request, _ in
            if request.isLogin { uptime.turn(by: .seconds(3)) }
            return request.isLogin ? HuaweiExamples.token() : HuaweiExamples.good
        }
        let account = try account(transport, uptime: uptime)
        #expect(
            try await HuaweiExamples.read(account).sideCalls == [
                SideCall(api: "iam_tokens", failure: nil, took: .seconds(3))
            ]
        )
        #expect(try await HuaweiExamples.read(account).sideCalls.isEmpty)
    }

    private static let refusals = [(401, "APIGW.0301"), (401, "APIGW.0307"), (401, "NeverHeardOf.It")]

    @Test("A token that has worked and is refused is replaced at the next turn", arguments: refusals)
    func ranOut(status: Int, code: String) async throws {
        let refused = HuaweiExamples.answer(status, HuaweiExamples.refusal(code))
        let isOver = Counter()
        let transport = transport(logins: [HuaweiExamples.token("first"), HuaweiExamples.token("second")]) { token in
            if token == "first", isOver.next() > 0 { refused } else { HuaweiExamples.good }
        }
        let account = try account(transport)
        #expect(try await HuaweiExamples.read(account).result.failure == nil)
        let failure = try await HuaweiExamples.read(account).result.failure
        #expect(failure?.reason == .unauthorized)
        #expect(failure?.cause == .expiredKey)
        #expect(failure?.isMended == true)
        let next = try await HuaweiExamples.read(account)
        #expect(next.result.failure == nil)
        #expect(next.sideCalls.count == 1)
        #expect(transport.requests.compactMap(\.authToken) == ["first", "first", "second"])
    }

    @Test("A token that is refused from the first is a plain refusal, and not used again", arguments: refusals)
    func neverGood(status: Int, code: String) async throws {
        let transport = transport(logins: [HuaweiExamples.token("first"), HuaweiExamples.token("second")]) { _ in
            HuaweiExamples.answer(status, HuaweiExamples.refusal(code))
        }
        let account = try account(transport)
        for _ in 0..<2 {
            let failure = try await HuaweiExamples.read(account).result.failure
            #expect(failure?.reason == .unauthorized)
            #expect(failure?.cause == .wrongKey)
            #expect(failure?.isMended == false)
            #expect(failure?.advice?.contains("project") == true)
        }
        #expect(transport.requests.compactMap(\.authToken) == ["first", "second"])
    }

    @Test("A refusal that comes late does not cost the token that was made meanwhile")
    func lateRefusal() async throws {
        let isOver = Counter()
        let transport = transport(logins: [HuaweiExamples.token("first"), HuaweiExamples.token("second")]) { token in
            token == "first" && isOver.next() > 0
                ? HuaweiExamples.answer(401, HuaweiExamples.refusal("APIGW.0307")) : HuaweiExamples.good
        }
        let account = try account(transport)
        _ = try await HuaweiExamples.read(account)
        transport.hold()
        let calls = (0..<2).map { _ in Task { try await HuaweiExamples.read(account) } }
        try await transport.sent(4)
        transport.release()
        for call in calls { #expect(try await call.value.result.failure?.isMended == true) }
        for _ in 0..<2 { #expect(try await HuaweiExamples.read(account).result.failure == nil) }
        #expect(transport.requests.count(where: \.isLogin) == 2)
    }

    @Test(
        "Other refusals leave the token alone",
        arguments: [(403, "APIGW.0302"), (429, "APIGW.0308"), (500, "APIGW.0601"), (400, "DATA.100011001")]
    )
    func otherRefusal(status: Int, code: String) async throws {
        let transport = transport(logins: [HuaweiExamples.token()]) { _ in
            HuaweiExamples.answer(status, HuaweiExamples.refusal(code))
        }
        let account = try account(transport)
        for _ in 0..<3 { #expect(try await HuaweiExamples.read(account).result.failure?.isMended == false) }
        #expect(transport.requests.count(where: \.isLogin) == 1)
    }

    /// IAM's answers without a token.
    private static let failures: [(ScriptedTransport.Answer, ReadingFailure.Reason, ReadingFailure.Cause?)] = [
        (
            HuaweiExamples.answer(401, #"{"error":{"code":401,"message":"bad password","title":"Unauthorized"}}"#),
            .unauthorized, .wrongKey
        ),
        (HuaweiExamples.answer(401, ""), .unauthorized, .wrongKey),
        (HuaweiExamples.answer(403, #"{"error":{"code":403,"message":"no"}}"#), .unauthorized, .noPermission),
        (HuaweiExamples.answer(400, #"{"error":{"code":400,"message":"bad project"}}"#), .rejected, nil),
        (HuaweiExamples.answer(404, ""), .rejected, nil), (HuaweiExamples.answer(302, ""), .rejected, nil),
        (HuaweiExamples.answer(429, ""), .throttled, nil), (HuaweiExamples.answer(500, ""), .unavailable, nil),
        (HuaweiExamples.answer(201, "{}"), .malformed, nil), (HuaweiExamples.answer(200, "<html>"), .malformed, nil),
        (.failure(.unreachable("connection refused")), .unavailable, .noNetwork),
        (.failure(.timeout(.seconds(30))), .timeout, nil),
    ]

    @Test("Why there is no token is told in the place of a reading", arguments: failures)
    func failure(
        login: ScriptedTransport.Answer,
        reason: ReadingFailure.Reason,
        cause: ReadingFailure.Cause?
    ) async throws {
        let transport = transport(logins: [login])
        let answer = try await HuaweiExamples.read(try account(transport))
        let failure = try #require(answer.result.failure)
        #expect(failure.reason == reason)
        #expect(failure.cause == cause)
        #expect(failure.scope != .app)
        #expect(!answer.wasSent)
        #expect(answer.sideCalls.map(\.failure) == [reason])
        #expect(transport.requests.map(\.isLogin) == [true])
        if cause == .wrongKey {
            for name in ["domain", "user", "password"] { #expect(failure.advice?.contains(name) == true) }
        }
    }

    @Test("No more than two wrong passwords are sent in a row, restarts included")
    func wrongPassword() async throws {
        let (store, uptime) = (MemoryRefusals(), TurnedUptime())
        let transport = transport(logins: [HuaweiExamples.answer(401, "")])
        let first = try account(transport, refusals: store, uptime: uptime)
        #expect(try await HuaweiExamples.read(first).result.failure?.retryAfter == nil)
        #expect(try await HuaweiExamples.read(first).result.failure?.retryAfter == .seconds(300))
        for account in [first, try account(transport, refusals: store)] {
            let answer = try await HuaweiExamples.read(account)
            #expect(answer.result.failure?.reason == .unauthorized)
            #expect(answer.result.failure?.retryAfter == .seconds(300))
            #expect(answer.result.failure?.advice?.contains("password") == true)
            #expect(answer.sideCalls.isEmpty)
        }
        #expect(transport.requests.count == 2)
        #expect(await store.known.keys.allSatisfy { $0.hasPrefix("huawei-iam/") && $0.count == 27 })
        uptime.turn(by: .seconds(300))
        _ = try await HuaweiExamples.read(first)
        #expect(transport.requests.count == 3)
    }

    @Test("A renewed password is tried by a token of its own, and used once IAM takes it")
    func renewed() async throws {
        let transport = ScriptedTransport { request, _ in
            guard request.isLogin else { return HuaweiExamples.good }
            if request.text.contains("bad-password") { return HuaweiExamples.answer(401, "") }
            return HuaweiExamples.token(request.text.contains("new-password") ? "new" : "old")
        }
        let keys = AccountKeys(KeySet(HuaweiExamples.login))
        let account = HuaweiExamples.account(
            AccountSettings(
                endpoint: try Endpoint(HuaweiProvider.defaultEndpoint),
                details: HuaweiExamples.userDetails,
                keys: keys,
                transport: transport,
                refusals: MemoryRefusals(),
                uptime: { .zero }
            )
        )
        _ = try await HuaweiExamples.read(account)
        keys.renew(KeySet(["password": Secret("bad-password")]))
        let refused = try await HuaweiExamples.read(account)
        #expect(refused.result.failure?.isMended == true)
        #expect(refused.sideCalls.map(\.failure) == [.unauthorized])
        _ = try await HuaweiExamples.read(account)
        keys.renew(KeySet(["password": Secret("new-password")]))
        for _ in 0..<2 { #expect(try await HuaweiExamples.read(account).result.failure == nil) }
        #expect(keys.next == KeySet(["password": Secret("new-password")]))
        #expect(transport.requests.compactMap(\.authToken) == ["old", "old", "new", "new"])
    }

    @Test("While a renewed password has to wait for the end of a pause, the token of the one before is used")
    func renewedInPause() async throws {
        let transport = ScriptedTransport { request, _ in
            guard request.isLogin else { return HuaweiExamples.good }
            return request.text.contains("bad-password") ? HuaweiExamples.answer(401, "") : HuaweiExamples.token("old")
        }
        let (keys, uptime) = (AccountKeys(KeySet(HuaweiExamples.login)), TurnedUptime())
        let account = HuaweiExamples.account(
            AccountSettings(
                endpoint: try Endpoint(HuaweiProvider.defaultEndpoint),
                details: HuaweiExamples.userDetails,
                keys: keys,
                transport: transport,
                refusals: MemoryRefusals(),
                uptime: { uptime.now }
            )
        )
        _ = try await HuaweiExamples.read(account)
        for password in ["bad-password", "bad-password-2", "new-password"] {
            keys.renew(KeySet(["password": Secret(password)]))
            _ = try await HuaweiExamples.read(account)
            #expect(try await HuaweiExamples.read(account).result.failure == nil)
        }
        #expect(transport.requests.count(where: \.isLogin) == 3)
        uptime.turn(by: .seconds(300))
        #expect(try await HuaweiExamples.read(account).sideCalls.map(\.failure) == [nil])
        #expect(keys.next == KeySet(["password": Secret("new-password")]))
        #expect(keys.before(keys.next) == nil)
    }

    @Test("A service that cannot tell whose the token is says so of the token, not of an access key")
    func unknownCaller() async throws {
        let transport = transport(logins: [HuaweiExamples.token()]) { _ in
            HuaweiExamples.answer(400, HuaweiExamples.refusal("RTC.00001001"))
        }
        let failure = try await HuaweiExamples.read(try account(transport)).result.failure
        #expect(failure?.cause == .wrongKey)
        #expect(failure?.advice?.contains("iam_endpoint") == true)
    }

    @Test("Time is told as IAM tells it: the answer of the call, not of the login, is the provider's clock")
    func clock() async throws {
        let login = HuaweiExamples.answer(
            201,
            "{}",
            headers: [(name: "X-Subject-Token", value: "t"), (name: "Date", value: HuaweiExamples.date)]
        )
        let transport = transport(logins: [login])
        #expect(try await HuaweiExamples.read(try account(transport)).providerTime == nil)
    }
}
