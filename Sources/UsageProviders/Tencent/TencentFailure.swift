import Usage

extension ReadingFailure {
    /// What an error code of Tencent's API means for us. Codes, not messages, decide: the messages are not stable.
    ///
    /// Sources: <https://trtc.io/document/34270> (error codes), <https://cloud.tencent.com/document/api/647/89181>.
    init(tencentCode code: String, message: String, action: String, retryAfter: Duration? = nil) {
        let family = code.prefix { $0 != "." }
        self.init(
            Self.reason(code: code, family: family),
            "Tencent answered \(code): \(message)",
            advice: Self.advice(code: code, family: family, action: action),
            retryAfter: retryAfter,
            scope: Self.scope(code: code, family: family),
            cause: Self.cause(code: code, family: family)
        )
    }

    private static func scope(code: String, family: Substring) -> Scope? {
        switch (code, family) {
        // A permission may be missing for one app only.
        case ("AuthFailure.UnauthorizedOperation", _), (_, "UnauthorizedOperation"): .unknown
        case (_, "ActionOffline"), (_, "InvalidAction"), (_, "NoSuchVersion"), (_, "NoSuchProduct"): .account
        default: nil
        }
    }

    private static func cause(code: String, family: Substring) -> Cause? {
        switch (code, family) {
        case ("AuthFailure.SignatureExpire", _): .clockOff
        case ("AuthFailure.TokenFailure", _): .expiredKey
        case ("AuthFailure.UnauthorizedOperation", _), (_, "UnauthorizedOperation"): .noPermission
        case ("AuthFailure.MFAFailure", _), ("AuthFailure.UnRealNameAuthenticated", _): .noPermission
        case ("AuthFailure.UnsupportedOperation", _), (_, "IpInBlacklist"), (_, "IpNotInWhitelist"): .noPermission
        case (_, "AuthFailure"): .wrongKey
        case ("FailedOperation.SdkAppIdNotExist", _), ("FailedOperation.SdkAppIdNotUnderAppId", _),
            ("InvalidParameter.SdkAppId", _):
            .unknownApp
        case (_, "ActionOffline"), (_, "InvalidAction"), (_, "NoSuchVersion"), (_, "NoSuchProduct"): .retired
        default: nil
        }
    }

    private static func reason(code: String, family: Substring) -> Reason {
        switch (code, family) {
        case ("FailedOperation.RestrictedFrequency", _), (_, "RequestLimitExceeded"): .throttled
        case (_, "AuthFailure"), (_, "UnauthorizedOperation"), (_, "IpInBlacklist"), (_, "IpNotInWhitelist"):
            .unauthorized
        // Without a subcode it is a passing fault; the subcodes name lasting ones.
        case ("FailedOperation", _): .unavailable
        case (_, "InternalError"), (_, "ServiceUnavailable"), (_, "ResourceUnavailable"): .unavailable
        case (_, "ResourceInsufficient"), (_, "ResourceInUse"): .unavailable
        default: .rejected
        }
    }

    private static func advice(code: String, family: Substring, action: String) -> String? {
        switch (code, family) {
        case ("AuthFailure.SignatureExpire", _):
            "Set this machine's clock: it is more than five minutes off."
        case ("AuthFailure.TokenFailure", _):
            "Renew the temporary key and its token."
        case ("AuthFailure.SecretIdNotFound", _), ("AuthFailure.InvalidSecretId", _):
            "Check secret_id: this key does not exist or is disabled."
        case ("AuthFailure.SignatureFailure", _):
            "Check secret_key: it does not belong to secret_id."
        case ("AuthFailure.UnauthorizedOperation", _), (_, "UnauthorizedOperation"):
            "Allow the key's user the action trtc:\(action) on resource *."
        case (_, "IpInBlacklist"), (_, "IpNotInWhitelist"):
            "Allow this machine's address in the account's access rules."
        case (_, "AuthFailure"):
            "Check the credentials of this account."
        case ("FailedOperation.SdkAppIdNotExist", _), ("FailedOperation.SdkAppIdNotUnderAppId", _),
            ("InvalidParameter.SdkAppId", _):
            "Check the app's id: this account has no such app."
        case (_, "UnsupportedRegion"):
            "Set region to ap-guangzhou or, on the international site, ap-singapore."
        case (_, "ActionOffline"), (_, "InvalidAction"), (_, "NoSuchVersion"), (_, "NoSuchProduct"):
            "This endpoint does not serve \(action), which may be retired: remove the source, or check endpoint."
        case (_, "ResponseSizeLimitExceeded"):
            "The app has more rooms in a day than one answer can hold."
        case (_, "RequestLimitExceeded"):
            "Look for another tool that uses the same key: its calls count too."
        default:
            reason(code: code, family: family) == .rejected
                ? "Check the app's id, and region and endpoint of the account." : nil
        }
    }
}
