/// Finds out who calls Huawei's gateway: by a signature, or by a token of the identity service.
struct HuaweiAuthentication {
    let accounts: [SimulatedAccount]
    let tokens: IssuedTokens
    private let locks = KeyLocks()

    /// How far a signature's time may be from the gateway's, in milliseconds.
    static let tolerance = 900_000

    init(accounts: [SimulatedAccount], tokens: IssuedTokens) {
        self.accounts = accounts
        self.tokens = tokens
    }

    /// The account that a call claims to come from; nothing about it is proven.
    func claimed(by call: ReceivedCall, now: Int) -> SimulatedAccount? {
        if let token = call.header("X-Auth-Token") {
            guard case .good(let secretID) = tokens.standing(of: token, now: now) else { return nil }
            return account(secretID)
        }
        return call.header("Authorization").flatMap { SDKAuthorization($0) }.flatMap { account($0.accessKey) }
    }

    /// The account that a call comes from.
    ///
    /// `project` is the one in the path, `nil` for a path without one; `now` is the provider's moment, in Unix milliseconds.
    func account(
        of call: ReceivedCall,
        project: String?,
        now: Int
    ) throws(HuaweiError) -> SimulatedAccount {
        let account: SimulatedAccount
        if let token = call.header("X-Auth-Token") {
            account = try bearer(of: token, now: now)
        } else {
            account = try signer(of: call, project: project, now: now)
        }
        if let project, project != account.projectID {
            throw HuaweiError(.forbidden, "The user has no permission for this project.")
        }
        return account
    }

    private func account(_ accessKey: String) -> SimulatedAccount? {
        accounts.first { $0.secretID == accessKey }
    }

    private func bearer(of token: String, now: Int) throws(HuaweiError) -> SimulatedAccount {
        switch tokens.standing(of: token, now: now) {
        case .good(let secretID):
            if let account = account(secretID) { return account }
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: unknown user.")
        case .expired:
            throw HuaweiError(.tokenExpired, "The token must be updated.")
        case .unknown:
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: decrypt token fail.")
        }
    }

    private func signer(
        of call: ReceivedCall,
        project: String?,
        now: Int
    ) throws(HuaweiError) -> SimulatedAccount {
        guard let authorization = call.header("Authorization").flatMap({ SDKAuthorization($0) }) else {
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: no token, no signature.")
        }
        guard let account = account(authorization.accessKey) else {
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: AK access failed.")
        }
        guard !locks.isLocked(account.secretID, now: now) else {
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: AK is locked.", isLock: true)
        }
        let date = try checkedDate(of: call, authorization, now: now)
        let expected = SDKSignature.expected(for: call, authorization, secretKey: account.secretKey, date: date)
        guard expected == authorization.signature else {
            locks.failed(account.secretID, now: now)
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: verify aksk signature fail.")
        }
        locks.succeeded(account.secretID)
        try Self.checkHeaders(of: call, account, project: project)
        return account
    }

    private func checkedDate(
        of call: ReceivedCall,
        _ authorization: SDKAuthorization,
        now: Int
    ) throws(HuaweiError) -> String {
        guard let date = call.header("X-Sdk-Date"), let moment = HTTPDate.compact(date) else {
            throw HuaweiError(.clock, "Incorrect app authentication information: X-Sdk-Date is missing or malformed.")
        }
        guard authorization.signedHeaders.contains("x-sdk-date") else {
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: X-Sdk-Date is not signed.")
        }
        guard abs(moment - now) <= Self.tolerance else {
            throw HuaweiError(.clock, "Incorrect app authentication information: x-sdk-date expired.")
        }
        return date
    }

    private static func checkHeaders(
        of call: ReceivedCall,
        _ account: SimulatedAccount,
        project: String?
    ) throws(HuaweiError) {
        guard call.header("X-Security-Token") ?? "" == account.token ?? "" else {
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: wrong security token.")
        }
        let header = call.header("X-Project-Id")
        guard header != nil || project == nil else {
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: X-Project-Id is missing.")
        }
        guard header == nil || header == project ?? account.projectID else {
            throw HuaweiError(.authentication, "Incorrect IAM authentication information: another X-Project-Id.")
        }
    }
}
