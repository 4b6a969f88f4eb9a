import Testing
import Usage

@testable import UsageProviders

@Suite("An error code of Tencent's")
struct TencentFailureTests {
    /// All codes that `tencent.md` lists: the common ones and those of TRTC that can concern usage calls.
    static let codes: [(String, ReadingFailure.Reason, ReadingFailure.Cause?)] = [
        ("RequestLimitExceeded", .throttled, nil),
        ("RequestLimitExceeded.UinLimitExceeded", .throttled, nil),
        ("RequestLimitExceeded.GlobalRegionUinLimitExceeded", .throttled, nil),
        ("RequestLimitExceeded.IPLimitExceeded", .throttled, nil),
        ("FailedOperation.RestrictedFrequency", .throttled, nil),

        ("InternalError", .unavailable, nil),
        ("InternalError.DBError", .unavailable, nil),
        ("InternalError.EsQueryError", .unavailable, nil),
        ("InternalError.InterfaceErr", .unavailable, nil),
        ("InternalError.InternalError", .unavailable, nil),
        ("InternalError.MethodErr", .unavailable, nil),
        ("InternalError.SomethingNew", .unavailable, nil),
        ("ServiceUnavailable", .unavailable, nil),
        ("ResourceUnavailable", .unavailable, nil),
        ("ResourceInsufficient", .unavailable, nil),
        ("ResourceInUse", .unavailable, nil),
        ("FailedOperation", .unavailable, nil),

        ("AuthFailure", .unauthorized, .wrongKey),
        ("AuthFailure.SignatureExpire", .unauthorized, .clockOff),
        ("AuthFailure.TokenFailure", .unauthorized, .expiredKey),
        ("AuthFailure.SignatureFailure", .unauthorized, .wrongKey),
        ("AuthFailure.InvalidAuthorization", .unauthorized, .wrongKey),
        ("AuthFailure.InvalidSecretId", .unauthorized, .wrongKey),
        ("AuthFailure.SecretIdNotFound", .unauthorized, .wrongKey),
        ("AuthFailure.MFAFailure", .unauthorized, .noPermission),
        ("AuthFailure.UnauthorizedOperation", .unauthorized, .noPermission),
        ("AuthFailure.UnRealNameAuthenticated", .unauthorized, .noPermission),
        ("AuthFailure.UnsupportedOperation", .unauthorized, .noPermission),
        ("UnauthorizedOperation", .unauthorized, .noPermission),
        ("UnauthorizedOperation.SdkAppId", .unauthorized, .noPermission),
        ("IpInBlacklist", .unauthorized, .noPermission),
        ("IpNotInWhitelist", .unauthorized, .noPermission),

        ("FailedOperation.SdkAppIdNotExist", .rejected, .unknownApp),
        ("FailedOperation.SdkAppIdNotUnderAppId", .rejected, .unknownApp),
        ("FailedOperation.NotAbility", .rejected, nil),
        ("FailedOperation.NotAllowed", .rejected, nil),
        ("ActionOffline", .rejected, .retired),
        ("InvalidAction", .rejected, .retired),
        ("NoSuchVersion", .rejected, .retired),
        ("NoSuchProduct", .rejected, .retired),
        ("InvalidParameter", .rejected, nil),
        ("InvalidParameter.SdkAppId", .rejected, .unknownApp),
        ("InvalidParameter.QueryScaleOversize", .rejected, nil),
        ("InvalidParameter.StartTimeExpire", .rejected, nil),
        ("InvalidParameter.OutOfRange", .rejected, nil),
        ("InvalidParameterValue", .rejected, nil),
        ("MissingParameter", .rejected, nil),
        ("UnknownParameter", .rejected, nil),
        ("InvalidRequest", .rejected, nil),
        ("UnsupportedRegion", .rejected, nil),
        ("UnsupportedProtocol", .rejected, nil),
        ("UnsupportedOperation", .rejected, nil),
        ("LimitExceeded", .rejected, nil),
        ("RequestSizeLimitExceeded", .rejected, nil),
        ("ResponseSizeLimitExceeded", .rejected, nil),
        ("ResourceNotFound", .rejected, nil),
        ("DryRunOperation", .rejected, nil),

        ("", .rejected, nil),
        ("NeverHeardOf.It", .rejected, nil),
        ("requestlimitexceeded", .rejected, nil),
    ]

    @Test("It has one outcome and one cause", arguments: codes)
    func outcome(code: String, reason: ReadingFailure.Reason, cause: ReadingFailure.Cause?) async throws {
        let failure = try await TencentExamples.failure(code, message: "why")
        #expect(failure?.reason == reason)
        #expect(failure?.cause == cause)
        #expect(failure?.explanation == "Tencent answered \(code): why")
    }

    @Test("It brings advice where somebody has to act", arguments: codes.filter { $0.1 == .unauthorized })
    func advice(code: String, reason: ReadingFailure.Reason, cause: ReadingFailure.Cause?) {
        #expect(
            ReadingFailure(tencentCode: code, message: "", action: "DescribeTrtcRoomUsage").advice?.hasSuffix(".")
                == true
        )
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
        #expect(
            ReadingFailure(tencentCode: code, message: "", action: "DescribeTrtcRoomUsage").advice?.contains(names)
                == true
        )
    }
}
