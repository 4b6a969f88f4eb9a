import Testing
import Usage

@testable import UsageProviders

@Suite("An error of Huawei's")
struct HuaweiFailureTests {
    /// What an error comes to.
    struct Outcome: Sendable, CustomTestStringConvertible {
        let status: Int
        let code: String
        let message: String
        let reason: ReadingFailure.Reason
        let cause: ReadingFailure.Cause?
        let scope: ReadingFailure.Scope

        init(
            _ status: Int,
            _ code: String,
            _ reason: ReadingFailure.Reason,
            _ cause: ReadingFailure.Cause? = nil,
            _ scope: ReadingFailure.Scope,
            message: String = "why"
        ) {
            (self.status, self.code, self.message) = (status, code, message)
            (self.reason, self.cause, self.scope) = (reason, cause, scope)
        }

        var testDescription: String { "\(status) \(code) \(message)" }
    }

    /// All codes that `huawei.md` lists.
    static let outcomes: [Outcome] = [
        Outcome(
            400,
            "DATA.100011001",
            .rejected,
            .unknownApp,
            .app,
            message: "Required String parameter 'app' is not present"
        ),
        Outcome(400, "DATA.100011001", .rejected, .unknownApp, .app, message: "app_id 5fa6 is bad"),
        Outcome(400, "DATA.100011001", .rejected, nil, .app, message: "start_date is not happy"),
        Outcome(404, "DATA.100011002", .rejected, .unknownApp, .app, message: "Application not found"),
        Outcome(400, "DATA.100019999", .rejected, nil, .app),
        Outcome(403, "DATA.100019999", .unauthorized, .noPermission, .account),
        Outcome(500, "DATA.100019999", .unavailable, nil, .unknown),
        Outcome(429, "DATA.100019999", .throttled, nil, .account),
        Outcome(400, "RTC.00001001", .unauthorized, .wrongKey, .account),
        Outcome(400, "RTC.00001002", .rejected, nil, .app),
        Outcome(400, "RTC.00001003", .rejected, nil, .app),
        Outcome(400, "RTC.00001004", .rejected, nil, .app),
        Outcome(400, "RTC.00001005", .rejected, nil, .app),
        Outcome(500, "RTC.00002001", .unavailable, nil, .unknown),
        Outcome(400, "RTC.00002001", .unavailable, nil, .unknown),
        Outcome(400, "RTC.00009999", .rejected, nil, .app),

        Outcome(404, "APIGW.0101", .rejected, .retired, .account),
        Outcome(404, "APIGW.0103", .unavailable, nil, .unknown),
        Outcome(400, "APIGW.0104", .rejected, nil, .account),
        Outcome(400, "APIGW.0105", .rejected, nil, .account),
        Outcome(400, "APIGW.0106", .rejected, nil, .account),
        Outcome(400, "APIGW.0602", .rejected, nil, .account),
        Outcome(400, "APIGW.0607", .rejected, nil, .account),
        Outcome(400, "APIGW.0201", .rejected, nil, .app),
        Outcome(413, "APIGW.0201", .rejected, nil, .app),
        Outcome(414, "APIGW.0201", .rejected, nil, .app),
        Outcome(494, "APIGW.0201", .rejected, nil, .app),
        Outcome(502, "APIGW.0201", .unavailable, nil, .unknown),
        Outcome(504, "APIGW.0201", .unavailable, nil, .unknown),
        Outcome(401, "APIGW.0301", .unauthorized, .wrongKey, .account),
        Outcome(401, "APIGW.0303", .unauthorized, .clockOff, .account),
        Outcome(401, "APIGW.0305", .unauthorized, .wrongKey, .account),
        Outcome(401, "APIGW.0311", .unauthorized, .wrongKey, .account),
        Outcome(401, "APIGW.0307", .unauthorized, .wrongKey, .account),
        Outcome(403, "APIGW.0302", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0304", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0306", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0310", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0401", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0402", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0404", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0801", .unauthorized, .noPermission, .account),
        Outcome(403, "APIGW.0802", .unauthorized, .noPermission, .account),
        Outcome(429, "APIGW.0308", .throttled, nil, .account),
        Outcome(400, "APIGW.0308", .throttled, nil, .account),
        Outcome(429, "APIG.0308", .throttled, nil, .account),
        Outcome(401, "APIG.0301", .unauthorized, .wrongKey, .account),
        Outcome(405, "APIGW.0501", .rejected, nil, .account),
        Outcome(405, "APIGW.0502", .rejected, nil, .account),
        Outcome(500, "APIGW.0601", .unavailable, nil, .unknown),
        Outcome(500, "APIGW.0605", .unavailable, nil, .unknown),
        Outcome(500, "APIGW.0606", .unavailable, nil, .unknown),
        Outcome(500, "APIGW.0608", .unavailable, nil, .unknown),
        Outcome(500, "APIGW.0609", .unavailable, nil, .unknown),
        Outcome(500, "APIGW.0611", .unavailable, nil, .unknown),
        Outcome(500, "APIGW.0612", .unavailable, nil, .unknown),
        Outcome(500, "APIGW.0705", .unavailable, nil, .unknown),
        Outcome(502, "APIGW.0610", .unavailable, nil, .unknown),
        Outcome(503, "APIGW.0613", .unavailable, nil, .unknown),
        Outcome(200, "APIGW.0613", .unavailable, nil, .unknown),

        Outcome(200, "DATA.100011001", .rejected, nil, .app),
        Outcome(400, "NeverHeardOf.It", .rejected, nil, .app),
        Outcome(404, "APIGW.9999", .rejected, nil, .app),
        Outcome(401, "NeverHeardOf.It", .unauthorized, .wrongKey, .account),
        Outcome(403, "NeverHeardOf.It", .unauthorized, .noPermission, .account),
        Outcome(503, "NeverHeardOf.It", .unavailable, nil, .unknown),
    ]

    @Test("It has one outcome, and advice where somebody has to act", arguments: outcomes)
    func outcome(_ outcome: Outcome) async throws {
        let body = HuaweiExamples.refusal(outcome.code, message: outcome.message)
        let failure = try #require(try await read(outcome.status, body))
        #expect(failure.reason == outcome.reason)
        #expect(failure.cause == outcome.cause)
        #expect(failure.scope == outcome.scope)
        #expect(failure.explanation == "Huawei answered \(outcome.code): \(outcome.message)")
        #expect((failure.advice != nil) == (failure.reason != .unavailable))
        #expect(failure.advice?.hasSuffix(".") != false)
        #expect(!failure.isMended)
    }

    @Test(
        "It says what to look at",
        arguments: [
            (401, "APIGW.0301", "secret_key"), (401, "APIGW.0303", "clock"), (403, "APIGW.0302", "Allow"),
            (403, "APIGW.0310", "project_id"), (403, "APIGW.0402", "address"), (403, "APIGW.0802", "region"),
            (405, "APIGW.0501", "balance"), (404, "APIGW.0101", "endpoint"), (429, "APIGW.0308", "another tool"),
            (400, "RTC.00001001", "access_key"), (400, "RTC.00001003", "app's id"),
        ]
    )
    func advice(status: Int, code: String, names: String) async throws {
        let failure = try await read(status, HuaweiExamples.refusal(code))
        #expect(failure?.advice?.contains(names) == true)
    }

    @Test(
        "Code and message go by several names, at the top or one level deeper",
        arguments: [
            (#"{"error_code":"APIGW.0302","error_msg":"why"}"#, "APIGW.0302: why"),
            (#"{"errorCode":"APIGW.0302","errorMsg":"why"}"#, "APIGW.0302: why"),
            (#"{"code":"APIGW.0302","message":"why"}"#, "APIGW.0302: why"),
            (#"{"error_code":"APIGW.0302","error_message":"why","status_code":403}"#, "APIGW.0302: why"),
            (#"{"error":{"code":"APIGW.0302","message":"why"}}"#, "APIGW.0302: why"),
            (#"{"error":{"code":401,"message":"why","title":"Unauthorized"}}"#, "401: why"),
            (#"{"fault":{"error_code":"APIGW.0302","error_msg":"why"},"list":[1]}"#, "APIGW.0302: why"),
            (#"{"error_code":"APIGW.0302"}"#, "APIGW.0302."),
            (#"{"error_code":"APIGW.0302","error_msg":null}"#, "APIGW.0302."),
        ]
    )
    func names(body: String, told: String) async throws {
        let failure = try await read(403, body)
        #expect(failure?.reason == .unauthorized)
        #expect(failure?.cause == .noPermission)
        #expect(failure?.explanation == "Huawei answered \(told)")
    }

    @Test(
        "Without a code the HTTP status decides",
        arguments: [
            "", "x", "null", "[]", "{}", #"{"error_msg":"why"}"#, #"{"error":{}}"#, #"{"error_code":""}"#,
            #"{"error_code":{}}"#,
        ]
    )
    func noCode(body: String) async throws {
        let outcomes: [(Int, ReadingFailure.Reason)] = [
            (201, .rejected), (302, .rejected), (400, .rejected), (401, .unauthorized), (403, .unauthorized),
            (404, .rejected), (408, .unavailable), (429, .throttled), (500, .unavailable), (504, .unavailable),
        ]
        for (status, reason) in outcomes {
            let failure = try await read(status, body)
            #expect(failure?.reason == reason)
            #expect(failure?.explanation.contains("\(status)") == true)
        }
    }

    @Test("An error counts even with HTTP status 200 and usage beside it")
    func errorBesideUsage() async throws {
        let body = #"{"usage":[{"date":"2023-11-13","audio":1}],"error_code":"DATA.1","error_msg":"no"}"#
        #expect(try await read(200, body)?.explanation == "Huawei answered DATA.1: no")
    }

    @Test(
        "A refused signature is the clock's fault when the provider's own is more than 15 minutes away",
        arguments: [
            ("APIGW.0301", -901, true), ("APIGW.0301", 901, true), ("APIGW.0301", 86_400, true),
            ("APIGW.0301", 900, false), ("APIGW.0301", -900, false), ("APIGW.0301", 0, false),
            ("APIGW.0301", nil, false), ("APIGW.0303", 901, true), ("APIGW.0303", -901, true),
            ("APIGW.0303", 0, false), ("APIGW.0305", 901, false), ("APIGW.0302", 901, false),
        ] as [(String, Int?, Bool)]
    )
    func clock(code: String, offset: Int?, isClock: Bool) async throws {
        let now = offset.map { HuaweiExamples.now - .seconds($0) } ?? HuaweiExamples.now
        let transport = CannedTransport(
            status: 401,
            date: offset == nil ? nil : HuaweiExamples.date,
            HuaweiExamples.refusal(code)
        )
        let answer = try await HuaweiExamples.read(try HuaweiExamples.account(transport), now: now)
        #expect(answer.result.failure?.reason == .unauthorized)
        #expect((answer.result.failure?.cause == .clockOff) == isClock)
        #expect(answer.result.failure?.isMended == isClock)
    }

    @Test(
        "A wait that the server asks for is told",
        arguments: [("120", .seconds(120)), ("Tue, 14 Nov 2023 22:13:50 GMT", .seconds(30)), ("soon", nil), (nil, nil)]
            as [(String?, Duration?)]
    )
    func retryAfter(header: String?, wait: Duration?) async throws {
        for (status, body) in [
            (429, HuaweiExamples.refusal("APIGW.0308")), (503, HuaweiExamples.refusal("APIGW.0613")), (503, ""),
        ] {
            let transport = CannedTransport(status: status, retryAfter: header, body)
            let failure = try await HuaweiExamples.read(try HuaweiExamples.account(transport)).result.failure
            #expect(failure?.retryAfter == wait)
        }
    }

    private func read(_ status: Int, _ body: String) async throws -> ReadingFailure? {
        try await HuaweiExamples.read(try HuaweiExamples.account(CannedTransport(status: status, body))).result.failure
    }
}
