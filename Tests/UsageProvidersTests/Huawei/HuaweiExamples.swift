import Foundation
import Usage

@testable import UsageProviders

/// An account, an app and windows that the tests of Huawei's readers share.
enum HuaweiExamples {
    static let accessKey = "EXAMPLEACCESSKEY0001"
    static let secretKey = "example-secret-key-123456"
    static let securityToken = "example-security-token-abcdef"
    static let password = "example-password-654321"
    static let authToken = "example-auth-token-987654"

    static let project = "0123456789abcdef0123456789abcdef"
    static let app = "5fa682b34a974f7ad24d223b"
    /// 2023-11-14 22:13:20 UTC.
    static let now = UnixTime(seconds: 1_700_000_000)
    static let today = UsageDay(containing: now, zone: .utc)
    static let date = "Tue, 14 Nov 2023 22:13:20 GMT"

    static let keys = ["access_key": Secret(accessKey), "secret_key": Secret(secretKey)]
    static let temporaryKeys = keys.merging(["token": Secret(securityToken)]) { $1 }
    static let login = ["password": Secret(password)]
    static let details = ["project_id": project]
    static let userDetails = ["project_id": project, "domain": "example-domain", "user": "example-user"]

    /// The account of a process that has just started: it shares nothing but the store with others.
    static func account(
        _ transport: any ProviderTransport,
        keys: [String: Secret] = keys,
        details: [String: String] = userDetails,
        endpoint: String = HuaweiProvider.defaultEndpoint,
        refusals: any SignatureRefusalStore = MemoryRefusals(),
        uptime: TurnedUptime = TurnedUptime()
    ) throws -> HuaweiAccount {
        try account(
            .sample(
                endpoint: endpoint,
                details: details,
                keys: keys,
                transport: transport,
                refusals: refusals,
                uptime: { uptime.now }
            )
        )
    }

    static func account(_ settings: AccountSettings) -> HuaweiAccount {
        HuaweiAccount(settings, registry: SignatureGuardRegistry())
    }

    /// Reads once.
    static func read(
        _ account: HuaweiAccount,
        app: String = app,
        window: UsageWindow = UsageWindow(day: today.previous),
        now: UnixTime = now
    ) async throws -> ReadingAnswer {
        guard let reader = account.reader(for: HuaweiProvider.historyUsage) else { throw NoReader() }
        return await reader.read(app: app, window: window, now: now)
    }

    /// What a body is read as.
    static func reading(
        _ body: String,
        window: UsageWindow = UsageWindow(day: today.previous)
    ) async throws -> Result<Reading, ReadingFailure> {
        try await read(account(CannedTransport(body)), window: window).result
    }

    // MARK: Answers

    static let noUsage = #"{"usage":[]}"#

    static func refusal(_ code: String, message: String = "no") -> String {
        let text = (try? JSONEncoder().encode(message)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        return #"{"error_code":"\#(code)","error_msg":\#(text),"request_id":"req-1"}"#
    }

    static func answer(
        _ status: Int,
        _ body: String,
        headers: [(name: String, value: String)] = []
    ) -> ScriptedTransport.Answer {
        .success(ProviderResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    /// The gateway does not like the signature.
    static let badSignature = answer(401, refusal("APIGW.0301", message: "verify aksk signature fail"))
    static let good = answer(200, noUsage)

    /// IAM's answer with a token.
    static func token(_ text: String = authToken, until end: String? = nil) -> ScriptedTransport.Answer {
        let body = end.map { #"{"token":{"expires_at":"\#($0)"}}"# } ?? "{}"
        return answer(201, body, headers: [(name: "X-Subject-Token", value: text)])
    }
}

extension ProviderRequest {
    /// Whether a token is asked for.
    var isLogin: Bool { url.contains("/v3/auth/tokens") }
    var authToken: String? { values(of: "X-Auth-Token").first }
}
