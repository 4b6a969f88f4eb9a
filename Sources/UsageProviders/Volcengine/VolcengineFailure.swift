import Usage

/// An error as Volcengine's API tells it.
struct VolcengineRefusal {
    let code: String
    /// The provider's words; `nil` where they must not be repeated.
    let message: String?
    /// The action that was refused.
    let action: String
    let response: ProviderResponse

    /// The part of the code before its first dot.
    var family: Substring { code.prefix { $0 != "." } }

    /// One sentence. Of a code that may not be repeated either, since it has not the form of one, nothing is told.
    var sentence: String {
        let name = code.isEmpty ? "an error without a code" : code
        if let message { return "Volcengine answered \(name): \(message)" }
        let isCode =
            (1...64).contains(code.utf8.count)
            && code.utf8.allSatisfy { $0.isLetterASCII || $0 == UInt8(ascii: ".") }
        return "Volcengine refused \(action) with \(isCode ? code : "an unknown code")."
    }
}

extension ReadingFailure {
    /// What an error of Volcengine's API means for us. Its code decides, since the HTTP statuses differ from page to page
    /// and from case to case; a code that is not known is told by its status.
    ///
    /// Sources: <https://www.volcengine.com/docs/6348/70426> (RTC), <https://www.volcengine.com/docs/6440/71573> and
    /// <https://www.volcengine.com/docs/6408/78947> (common to all services).
    init(_ refusal: VolcengineRefusal, now: UnixTime) {
        let meaning = VolcengineMeaning(of: refusal) ?? VolcengineMeaning(status: refusal.response.status)
        self.init(
            meaning.reason,
            refusal.sentence,
            advice: meaning.advice,
            retryAfter: refusal.response.wait(now: now),
            scope: meaning.scope,
            cause: meaning.cause
        )
    }
}

/// What a code means: the four things that are decided by it.
private struct VolcengineMeaning {
    let reason: ReadingFailure.Reason
    var cause: ReadingFailure.Cause?
    /// `nil` for what is usual with the reason.
    var scope: ReadingFailure.Scope?
    var advice: String?

    /// The meaning of a code by itself, of its family otherwise; `nil` when neither is known.
    init?(of refusal: VolcengineRefusal) {
        let family = refusal.family
        let meaning =
            refusal.code.contains("FlowLimitExceeded")
            ? Self.throttled
            : Self.ofKeys(refusal.code) ?? Self.ofPermissions(refusal) ?? Self.ofRequests(refusal)
                ?? Self.ofParameters(refusal.code, family: family)
        guard let meaning else { return nil }
        self = meaning
    }

    /// The meaning of a code that is not known.
    init(status: Int) {
        switch status {
        case 429: self = Self.throttled
        case 401, 403, 407: self.init(.unauthorized, advice: "Check the credentials of this account.")
        case 408, 425, 500...: self.init(.unavailable)
        default: self = Self.otherwiseRejected
        }
    }

    private init(
        _ reason: ReadingFailure.Reason,
        _ cause: ReadingFailure.Cause? = nil,
        scope: ReadingFailure.Scope? = nil,
        advice: String? = nil
    ) {
        self.reason = reason
        self.cause = cause
        self.scope = scope
        self.advice = advice
    }

    private static let throttled = VolcengineMeaning(
        .throttled,
        advice: "Look for another tool that uses the same Volcengine account: its calls count too."
    )

    private static let otherwiseRejected = VolcengineMeaning(
        .rejected,
        advice: "Check the app's id, and region and endpoint of the account."
    )

    private static func ofKeys(_ code: String) -> VolcengineMeaning? {
        switch code {
        case "InvalidTimestamp":
            VolcengineMeaning(.unauthorized, .clockOff, advice: "Set this machine's clock: it is too far off.")
        case "InvalidSecretToken":
            VolcengineMeaning(.unauthorized, .expiredKey, advice: "Renew the temporary key and its token.")
        case "InvalidAccessKey":
            VolcengineMeaning(
                .unauthorized,
                .wrongKey,
                advice: "Check access_key: this key does not exist or is disabled."
            )
        case "SignatureDoesNotMatch":
            VolcengineMeaning(
                .unauthorized,
                .wrongKey,
                advice: "Check secret_key, which has to belong to access_key, and region."
            )
        case "InvalidAuthorization", "InvalidCredential", "MissingAuthenticationToken", "MissingSignature":
            VolcengineMeaning(.unauthorized, .wrongKey, advice: "Check access_key, secret_key and region.")
        default: nil
        }
    }

    private static func ofPermissions(_ refusal: VolcengineRefusal) -> VolcengineMeaning? {
        switch (refusal.code, refusal.family) {
        case ("AccessDenied.NoPermissionForApp", _):
            VolcengineMeaning(
                .unauthorized,
                .noPermission,
                scope: .app,
                advice: "Check the app's id: this account may not see it."
            )
        case ("AccessDenied.ServiceNotEnabled", _):
            VolcengineMeaning(.unauthorized, .noPermission, advice: "Open the RTC service in Volcengine's console.")
        // A permission may be missing for one app only.
        case (_, "LackPolicy"), (_, "AccessDenied"):
            VolcengineMeaning(
                .unauthorized,
                .noPermission,
                scope: .unknown,
                advice: "Allow the key's user the action rtc:\(refusal.action); policy RTCReadOnlyAccess does."
            )
        default: nil
        }
    }

    private static func ofRequests(_ refusal: VolcengineRefusal) -> VolcengineMeaning? {
        switch refusal.family {
        case "InternalError", "InternalServiceTimeout", "ServiceUnavailableTemp": VolcengineMeaning(.unavailable)
        case "InvalidActionOrVersion", "ServiceNotFound":
            VolcengineMeaning(
                .rejected,
                .retired,
                scope: .account,
                advice: """
                    This endpoint does not serve \(refusal.action), which may be retired: remove the source, or check \
                    endpoint.
                    """
            )
        case "MissingParameter", "MissingRequestInfo":
            VolcengineMeaning(
                .rejected,
                scope: .account,
                advice: "Check any proxy on the way: a part of the request was lost."
            )
        default: nil
        }
    }

    private static func ofParameters(_ code: String, family: Substring) -> VolcengineMeaning? {
        switch (code, family) {
        case ("InvalidParameter.NotExistAppId", _), ("InvalidParameter.IllegalAppId", _):
            VolcengineMeaning(.rejected, .unknownApp, advice: "Check the app's id: this account has no such app.")
        case ("InvalidParameter.OutofTimeRange", _):
            VolcengineMeaning(
                .rejected,
                scope: .app,
                advice: "Check this machine's clock: only the last 30 days can be asked for."
            )
        case ("InvalidParameter.EmptyAccountId", _):
            VolcengineMeaning(.rejected, scope: .account, advice: "Check the credentials of this account.")
        case (_, "InvalidParameter"): otherwiseRejected
        default: nil
        }
    }
}

extension UInt8 {
    fileprivate var isLetterASCII: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
