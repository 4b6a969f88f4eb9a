import Testing
import Usage

@testable import UsageProviders

@Suite("An error code of Volcengine's")
struct VolcengineFailureTests {
    /// What a code means.
    struct Meaning: Sendable, CustomTestStringConvertible {
        let code: String
        let reason: ReadingFailure.Reason
        var cause: ReadingFailure.Cause?
        let scope: ReadingFailure.Scope
        /// A word of the advice; `nil` where there is none.
        var advice: String?

        var testDescription: String { code }

        init(
            _ code: String,
            _ reason: ReadingFailure.Reason,
            _ cause: ReadingFailure.Cause?,
            _ scope: ReadingFailure.Scope,
            _ advice: String?
        ) {
            (self.code, self.reason, self.cause, self.scope, self.advice) = (code, reason, cause, scope, advice)
        }
    }

    /// All codes that `volcengine.md` lists, and members of their families that it does not.
    static let meanings: [Meaning] = [
        Meaning("FlowLimitExceeded", .throttled, nil, .account, "same Volcengine account"),
        Meaning("FlowLimitExceeded.QPSOverLimit", .throttled, nil, .account, "same Volcengine account"),
        Meaning("AccountFlowLimitExceeded", .throttled, nil, .account, "same Volcengine account"),
        Meaning("AccessDenied.FlowLimitExceeded", .throttled, nil, .account, "same Volcengine account"),

        Meaning("InvalidTimestamp", .unauthorized, .clockOff, .account, "clock"),
        Meaning("InvalidSecretToken", .unauthorized, .expiredKey, .account, "token"),
        Meaning("InvalidAccessKey", .unauthorized, .wrongKey, .account, "access_key"),
        Meaning("SignatureDoesNotMatch", .unauthorized, .wrongKey, .account, "secret_key"),
        Meaning("MissingSignature", .unauthorized, .wrongKey, .account, "secret_key"),
        Meaning("MissingAuthenticationToken", .unauthorized, .wrongKey, .account, "secret_key"),
        Meaning("InvalidAuthorization", .unauthorized, .wrongKey, .account, "secret_key"),
        Meaning("InvalidCredential", .unauthorized, .wrongKey, .account, "region"),

        Meaning("LackPolicy", .unauthorized, .noPermission, .unknown, "rtc:ListUsages"),
        Meaning("AccessDenied", .unauthorized, .noPermission, .unknown, "rtc:ListUsages"),
        Meaning("AccessDenied.SomethingNew", .unauthorized, .noPermission, .unknown, "rtc:ListUsages"),
        Meaning("AccessDenied.NoPermissionForApp", .unauthorized, .noPermission, .app, "app's id"),
        Meaning("AccessDenied.ServiceNotEnabled", .unauthorized, .noPermission, .account, "console"),

        Meaning("InvalidParameter.NotExistAppId", .rejected, .unknownApp, .app, "app's id"),
        Meaning("InvalidParameter.IllegalAppId", .rejected, .unknownApp, .app, "app's id"),
        Meaning("InvalidParameter.OutofTimeRange", .rejected, nil, .app, "30 days"),
        Meaning("InvalidParameter.StartTimeAfterEndTime", .rejected, nil, .app, "endpoint"),
        Meaning("InvalidParameter.BodyIsEmpty", .rejected, nil, .app, "endpoint"),
        Meaning("InvalidParameter.Unmarshal", .rejected, nil, .app, "endpoint"),
        Meaning("InvalidParameter.EmptyAccountId", .rejected, nil, .account, "credentials"),
        Meaning("InvalidParameter", .rejected, nil, .app, "app's id"),
        Meaning("MissingParameter", .rejected, nil, .account, "proxy"),
        Meaning("MissingRequestInfo", .rejected, nil, .account, "proxy"),
        Meaning("InvalidActionOrVersion", .rejected, .retired, .account, "ListUsages"),
        Meaning("ServiceNotFound", .rejected, .retired, .account, "endpoint"),

        Meaning("InternalError", .unavailable, nil, .unknown, nil),
        Meaning("InternalError.SomethingNew", .unavailable, nil, .unknown, nil),
        Meaning("InternalServiceTimeout", .unavailable, nil, .unknown, nil),
        Meaning("ServiceUnavailableTemp", .unavailable, nil, .unknown, nil),
    ]

    @Test("It has one meaning, whatever the HTTP status", arguments: meanings, [200, 400, 403, 429, 500])
    func meaning(_ meaning: Meaning, status: Int) async throws {
        let answer = try await VolcengineExamples.failure(meaning.code, message: "why", status: status)
        let failure = try #require(answer)
        #expect(failure.reason == meaning.reason)
        #expect(failure.cause == meaning.cause)
        #expect(failure.scope == meaning.scope)
        #expect(failure.explanation == "Volcengine answered \(meaning.code): why")
        if let advice = meaning.advice {
            #expect(failure.advice?.contains(advice) == true)
            #expect(failure.advice?.hasSuffix(".") == true)
        } else {
            #expect(failure.advice == nil)
        }
    }

    @Test(
        "One that is not known is told by the HTTP status",
        arguments: [
            (200, .rejected), (302, .rejected), (400, .rejected), (401, .unauthorized), (403, .unauthorized),
            (404, .rejected), (408, .unavailable), (429, .throttled), (500, .unavailable), (503, .unavailable),
        ] as [(Int, ReadingFailure.Reason)]
    )
    func unknown(status: Int, reason: ReadingFailure.Reason) async throws {
        for code in ["NeverHeardOf", "NeverHeardOf.InternalError", "invalidaccesskey", ".", "InternalErrors"] {
            let failure = try await VolcengineExamples.failure(code, status: status)
            #expect(failure?.reason == reason)
            #expect(failure?.cause == nil)
            if reason == .unauthorized || reason == .rejected { #expect(failure?.advice != nil) }
        }
    }
}
