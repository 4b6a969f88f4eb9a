/// The provider's error codes that the simulator answers with.
enum TencentErrorCode: String {
    case actionOffline = "ActionOffline"
    case invalidAuthorization = "AuthFailure.InvalidAuthorization"
    case secretIdNotFound = "AuthFailure.SecretIdNotFound"
    case signatureExpire = "AuthFailure.SignatureExpire"
    case signatureFailure = "AuthFailure.SignatureFailure"
    case tokenFailure = "AuthFailure.TokenFailure"
    case unauthorizedOperation = "AuthFailure.UnauthorizedOperation"
    case sdkAppIdNotExist = "FailedOperation.SdkAppIdNotExist"
    case sdkAppIdNotUnderAppId = "FailedOperation.SdkAppIdNotUnderAppId"
    case internalError = "InternalError"
    case invalidAction = "InvalidAction"
    case invalidParameter = "InvalidParameter"
    case queryScaleOversize = "InvalidParameter.QueryScaleOversize"
    case invalidSdkAppId = "InvalidParameter.SdkAppId"
    case missingParameter = "MissingParameter"
    case noSuchVersion = "NoSuchVersion"
    case requestLimitExceeded = "RequestLimitExceeded"
    case requestSizeLimitExceeded = "RequestSizeLimitExceeded"
    case unknownParameter = "UnknownParameter"
    case unsupportedProtocol = "UnsupportedProtocol"
    case unsupportedRegion = "UnsupportedRegion"
}

/// An answer that says no. The message is for people and repeats nothing secret.
struct TencentError: ProviderRefusal, Equatable {
    let code: TencentErrorCode
    let message: String

    init(_ code: TencentErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }

    var outcome: String { code.rawValue }
}
