import Usage

extension ReadingFailure {
    /// What an error of Huawei's means for us.
    init(_ fault: HuaweiFault, _ error: HuaweiError, retryAfter: Duration?) {
        self.init(
            fault.reason,
            "Huawei answered \(error.code)\(error.message.isEmpty ? "." : ": \(error.message)")",
            advice: fault.advice,
            retryAfter: retryAfter,
            scope: fault.scope,
            cause: fault.cause
        )
    }
}

extension HuaweiFault {
    fileprivate var reason: ReadingFailure.Reason {
        switch self {
        case .throttled: .throttled
        case .outOfOrder: .unavailable
        case .wrongKey, .clockOff, .expiredToken, .refusedToken, .noPermission, .projectUnavailable, .addressDenied,
            .regionClosed:
            .unauthorized
        case .balance, .noAPI, .gatewayRefusal, .unknownApp, .badRequest: .rejected
        }
    }

    fileprivate var cause: ReadingFailure.Cause? {
        switch self {
        case .wrongKey, .refusedToken: .wrongKey
        case .clockOff: .clockOff
        case .expiredToken: .expiredKey
        case .noPermission, .projectUnavailable, .addressDenied, .regionClosed: .noPermission
        case .noAPI: .retired
        case .unknownApp: .unknownApp
        case .throttled, .outOfOrder, .balance, .gatewayRefusal, .badRequest: nil
        }
    }

    fileprivate var scope: ReadingFailure.Scope {
        switch self {
        case .outOfOrder: .unknown
        case .unknownApp, .badRequest: .app
        case .throttled, .wrongKey, .clockOff, .expiredToken, .refusedToken, .noPermission, .projectUnavailable,
            .addressDenied, .regionClosed, .balance, .noAPI, .gatewayRefusal:
            .account
        }
    }

    fileprivate var advice: String? {
        switch self {
        case .throttled: "Look for another tool that uses the same account: its calls count too."
        case .outOfOrder: nil
        case .wrongKey:
            "Check access_key, secret_key and, with a temporary key, token, and whether the key is locked or disabled."
        case .clockOff: "Set this machine's clock: it is more than fifteen minutes off."
        case .expiredToken: "Check whether the IAM user's password, rights or state were changed."
        case .refusedToken: "Check project_id, project and iam_endpoint: a new token is not accepted."
        case .noPermission: "Allow the user of the account's key to query the usage of SparkRTC."
        case .projectUnavailable: "Check project_id: it has to be the project of region cn-north-4."
        case .addressDenied: "Allow this machine's address in the account's access rules."
        case .regionClosed: "Check project_id: the user may not use the project's region."
        case .balance: "Check the account's balance and quotas."
        case .noAPI: "Check endpoint and project_id: this address does not serve the usage API."
        case .gatewayRefusal: "Check endpoint and project_id."
        case .unknownApp: "Check the app's id: this account may have no such app."
        case .badRequest: "Check the app's id, and project_id and endpoint of the account."
        }
    }
}
