/// Finds out who calls Volcengine's gateway.
struct VolcengineAuthentication {
    let accounts: [SimulatedAccount]
    /// The region that calls have to be signed for.
    let region: String

    /// How far a signature's time may be from the gateway's, in milliseconds.
    static let tolerance = 900_000

    /// The account that a call claims to come from; nothing about it is proven.
    func claimed(by call: ReceivedCall) -> SimulatedAccount? {
        call.header("Authorization").flatMap { VolcengineAuthorization($0) }.flatMap { account($0.accessKey) }
    }

    /// The account that a call comes from; `now` is the provider's moment, in Unix milliseconds.
    func account(of call: ReceivedCall, now: Int) throws(VolcengineError) -> SimulatedAccount {
        guard let header = call.header("Authorization"), !header.isEmpty else {
            throw VolcengineError(.missingAuthenticationToken, "The request has no authentication.")
        }
        guard let authorization = VolcengineAuthorization(header) else {
            throw VolcengineError(.invalidAuthorization, "The Authorization header is malformed.")
        }
        let date = try checkedDate(of: call, authorization, now: now)
        guard let account = account(authorization.accessKey) else {
            throw VolcengineError(.invalidAccessKey, "The access key does not exist.")
        }
        try checkScope(authorization, call)
        let expected = VolcengineSignature.expected(
            for: call,
            authorization,
            secretKey: account.secretKey,
            date: date
        )
        guard expected == authorization.signature else { throw Self.mismatch }
        guard call.header("X-Security-Token") ?? "" == account.token ?? "" else {
            throw VolcengineError(.invalidSecretToken, "The security token does not belong to the key or has expired.")
        }
        return account
    }

    static let mismatch = VolcengineError(
        .signatureDoesNotMatch,
        "The request signature we calculated does not match the signature you provided."
    )

    private func account(_ accessKey: String) -> SimulatedAccount? {
        accounts.first { $0.secretID == accessKey }
    }

    private func checkedDate(
        of call: ReceivedCall,
        _ authorization: VolcengineAuthorization,
        now: Int
    ) throws(VolcengineError) -> String {
        guard let date = call.header("X-Date") else {
            throw VolcengineError(.missingRequestInfo, "X-Date is missing.")
        }
        guard let moment = HTTPDate.compact(date), abs(moment - now) <= Self.tolerance else {
            throw VolcengineError(.invalidTimestamp, "The signature has expired or is from the future.")
        }
        guard date.hasPrefix(authorization.date), authorization.date.utf8.count == 8 else { throw Self.mismatch }
        return date
    }

    private func checkScope(_ authorization: VolcengineAuthorization, _ call: ReceivedCall) throws(VolcengineError) {
        guard authorization.service == "rtc" else {
            throw VolcengineError(.serviceNotFound, "The service does not exist.")
        }
        let listed = authorization.signedHeaders
        guard authorization.region == region, listed.contains("host"), listed.contains("x-date"),
            listed.allSatisfy({ $0 == $0.lowercased() })
        else { throw Self.mismatch }
        if let hash = call.header("X-Content-Sha256"), hash != Digest.sha256(call.body) { throw Self.mismatch }
        if call.header("X-Security-Token") != nil, !listed.contains("x-security-token") { throw Self.mismatch }
    }
}
