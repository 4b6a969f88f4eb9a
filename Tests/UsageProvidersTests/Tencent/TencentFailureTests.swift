import Testing
import Usage

@testable import UsageProviders

@Suite("An error code of Tencent's")
struct TencentFailureTests {
    /// All codes that `tencent.md` lists: the common ones and those of TRTC that can concern usage calls.
    static let codes: [(String, ReadingFailure.Reason)] = [
        ("RequestLimitExceeded", .throttled),
        ("RequestLimitExceeded.UinLimitExceeded", .throttled),
        ("RequestLimitExceeded.GlobalRegionUinLimitExceeded", .throttled),
        ("RequestLimitExceeded.IPLimitExceeded", .throttled),
        ("FailedOperation.RestrictedFrequency", .throttled),

        ("InternalError", .unavailable),
        ("InternalError.DBError", .unavailable),
        ("InternalError.EsQueryError", .unavailable),
        ("InternalError.InterfaceErr", .unavailable),
        ("InternalError.InternalError", .unavailable),
        ("InternalError.MethodErr", .unavailable),
        ("InternalError.SomethingNew", .unavailable),
        ("ServiceUnavailable", .unavailable),
        ("ResourceUnavailable", .unavailable),
        ("ResourceInsufficient", .unavailable),
        ("ResourceInUse", .unavailable),
        ("FailedOperation", .unavailable),

        ("AuthFailure", .unauthorized),
        ("AuthFailure.SignatureExpire", .unauthorized),
        ("AuthFailure.TokenFailure", .unauthorized),
        ("AuthFailure.SignatureFailure", .unauthorized),
        ("AuthFailure.InvalidAuthorization", .unauthorized),
        ("AuthFailure.InvalidSecretId", .unauthorized),
        ("AuthFailure.SecretIdNotFound", .unauthorized),
        ("AuthFailure.MFAFailure", .unauthorized),
        ("AuthFailure.UnauthorizedOperation", .unauthorized),
        ("AuthFailure.UnRealNameAuthenticated", .unauthorized),
        ("AuthFailure.UnsupportedOperation", .unauthorized),
        ("UnauthorizedOperation", .unauthorized),
        ("UnauthorizedOperation.SdkAppId", .unauthorized),
        ("IpInBlacklist", .unauthorized),
        ("IpNotInWhitelist", .unauthorized),

        ("FailedOperation.SdkAppIdNotExist", .rejected),
        ("FailedOperation.SdkAppIdNotUnderAppId", .rejected),
        ("FailedOperation.NotAbility", .rejected),
        ("FailedOperation.NotAllowed", .rejected),
        ("ActionOffline", .rejected),
        ("InvalidAction", .rejected),
        ("NoSuchVersion", .rejected),
        ("NoSuchProduct", .rejected),
        ("InvalidParameter", .rejected),
        ("InvalidParameter.SdkAppId", .rejected),
        ("InvalidParameter.QueryScaleOversize", .rejected),
        ("InvalidParameter.StartTimeExpire", .rejected),
        ("InvalidParameter.OutOfRange", .rejected),
        ("InvalidParameterValue", .rejected),
        ("MissingParameter", .rejected),
        ("UnknownParameter", .rejected),
        ("InvalidRequest", .rejected),
        ("UnsupportedRegion", .rejected),
        ("UnsupportedProtocol", .rejected),
        ("UnsupportedOperation", .rejected),
        ("LimitExceeded", .rejected),
        ("RequestSizeLimitExceeded", .rejected),
        ("ResponseSizeLimitExceeded", .rejected),
        ("ResourceNotFound", .rejected),
        ("DryRunOperation", .rejected),

        ("", .rejected),
        ("NeverHeardOf.It", .rejected),
        ("requestlimitexceeded", .rejected),
    ]

    @Test("It has one outcome", arguments: codes)
    func outcome(code: String, reason: ReadingFailure.Reason) async throws {
        let failure = try await TencentExamples.failure(code, message: "why")
        #expect(failure?.reason == reason)
        #expect(failure?.explanation == "Tencent answered \(code): why")
    }

    @Test("It brings advice where somebody has to act", arguments: codes.filter { $0.1 == .unauthorized })
    func advice(code: String, reason: ReadingFailure.Reason) {
        #expect(ReadingFailure(tencentCode: code, message: "").advice?.hasSuffix(".") == true)
    }

    @Test(
        "It says what to look at",
        arguments: [
            ("AuthFailure.SignatureExpire", "clock"), ("AuthFailure.TokenFailure", "token"),
            ("AuthFailure.SecretIdNotFound", "secret_id"), ("AuthFailure.SignatureFailure", "secret_key"),
            ("AuthFailure.UnauthorizedOperation", "trtc:DescribeTrtcRoomUsage"),
            ("UnauthorizedOperation.SdkAppId", "trtc:DescribeTrtcRoomUsage"), ("IpNotInWhitelist", "address"),
            ("FailedOperation.SdkAppIdNotExist", "app's id"), ("InvalidParameter.SdkAppId", "app's id"),
            ("UnsupportedRegion", "ap-singapore"), ("ActionOffline", "endpoint"),
            ("ResponseSizeLimitExceeded", "more rooms"), ("RequestLimitExceeded", "same key"),
        ]
    )
    func advice(code: String, names: String) {
        #expect(ReadingFailure(tencentCode: code, message: "").advice?.contains(names) == true)
    }
}
