/// Finds out who calls, the way the provider's gateway does.
struct TencentAuthentication {
    let accounts: [SimulatedAccount]

    /// How far a timestamp may be from the provider's clock, in milliseconds.
    static let tolerance = 300_000

    /// The account that a call claims to come from; nothing about it is proven.
    func claimed(by call: ReceivedCall) -> SimulatedAccount? {
        authorization(of: call).flatMap { account($0.secretID) }
    }

    /// The account that a call comes from; `now` is the provider's moment, in Unix milliseconds.
    func account(of call: ReceivedCall, now: Int) throws(TencentError) -> SimulatedAccount {
        let timestamp = try checkedTimestamp(of: call, now: now)
        guard let authorization = authorization(of: call) else {
            throw TencentError(.invalidAuthorization, "The Authorization header is missing or malformed.")
        }
        guard let account = account(authorization.secretID) else {
            throw TencentError(.secretIdNotFound, "The SecretId does not exist.")
        }
        try checkScope(authorization, timestamp: timestamp)
        let expected = TC3Signature.expected(
            for: call,
            authorization,
            secretKey: account.secretKey,
            timestamp: String(timestamp)
        )
        guard let expected, expected == authorization.signature else {
            throw TencentError(.signatureFailure, "The provided credentials could not be validated.")
        }
        try checkToken(of: call, account)
        return account
    }

    private func authorization(of call: ReceivedCall) -> TC3Authorization? {
        call.header("Authorization").flatMap { TC3Authorization($0) }
    }

    private func account(_ secretID: String) -> SimulatedAccount? {
        accounts.first { $0.secretID == secretID }
    }

    private func checkedTimestamp(of call: ReceivedCall, now: Int) throws(TencentError) -> Int {
        for (header, parameter) in [("X-TC-Action", "Action"), ("X-TC-Version", "Version")]
        where call.header(header)?.isEmpty != false {
            throw .missing(parameter)
        }
        guard let text = call.header("X-TC-Timestamp"), !text.isEmpty else { throw .missing("Timestamp") }
        guard text.utf8.count <= 12, let timestamp = CivilDate.digits(text.utf8), String(timestamp) == text else {
            throw TencentError(.invalidParameter, "The header X-TC-Timestamp is not a number of seconds.")
        }
        guard abs(timestamp * 1_000 - now) <= Self.tolerance else {
            throw TencentError(.signatureExpire, "X-TC-Timestamp is more than five minutes from the server time.")
        }
        return timestamp
    }

    /// The scope's date has to be the timestamp's UTC date, whatever the zone of the usage.
    private func checkScope(_ authorization: TC3Authorization, timestamp: Int) throws(TencentError) {
        let date = CivilDate(dayNumber: CivilDate.floorDivide(timestamp, 86_400)).description
        guard authorization.date == date, authorization.service == "trtc" else {
            throw TencentError(.signatureFailure, "The credential scope is not \(date)/trtc/tc3_request.")
        }
        let listed = authorization.signedHeaders
        guard listed.contains("content-type"), listed.contains("host"), listed == Set(listed).sorted(),
            listed.allSatisfy({ $0 == $0.lowercased() })
        else {
            throw TencentError(
                .signatureFailure,
                "SignedHeaders has to list content-type and host, in lower case and in order."
            )
        }
    }

    private func checkToken(of call: ReceivedCall, _ account: SimulatedAccount) throws(TencentError) {
        let token = call.header("X-TC-Token") ?? ""
        guard token == account.token ?? "" else {
            throw TencentError(.tokenFailure, "The token does not belong to the SecretId or has expired.")
        }
    }
}

extension TencentError {
    /// A required parameter or header is not there.
    static func missing(_ name: String) -> TencentError {
        TencentError(.missingParameter, "The request is missing a required parameter `\(name)`.")
    }
}
