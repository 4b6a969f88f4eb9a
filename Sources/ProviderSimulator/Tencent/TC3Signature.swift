/// The TC3-HMAC-SHA256 signature of a request as it was received.
///
/// Source: <https://cloud.tencent.com/document/api/362/4208>. Written for the simulator alone: the signer that the
/// exporter uses is what it checks.
enum TC3Signature {
    /// The signature that a request must carry, in lower-case hex; `nil` when a signed header was not sent.
    ///
    /// `timestamp` is the header as it was received.
    static func expected(
        for call: ReceivedCall,
        _ authorization: TC3Authorization,
        secretKey: String,
        timestamp: String
    ) -> String? {
        guard let canonical = canonicalRequest(call, signedHeaders: authorization.signedHeaders) else { return nil }
        let scope = "\(authorization.date)/\(authorization.service)/tc3_request"
        let text = [TC3Authorization.algorithm, timestamp, scope, Digest.sha256(Array(canonical.utf8))]
            .joined(separator: "\n")
        let date = Digest.hmac(authorization.date, key: Array("TC3\(secretKey)".utf8))
        let service = Digest.hmac(authorization.service, key: date)
        let signing = Digest.hmac("tc3_request", key: service)
        return Digest.hex(Digest.hmac(text, key: signing))
    }

    /// What is signed about a request; `nil` when a listed header was not sent.
    static func canonicalRequest(_ call: ReceivedCall, signedHeaders: [String]) -> String? {
        var lines: [String] = []
        for name in signedHeaders {
            guard let value = call.header(name) else { return nil }
            lines.append("\(name):\(value.trimmed.lowercased())\n")
        }
        return [
            call.method, call.path, call.query, lines.joined(), signedHeaders.joined(separator: ";"),
            Digest.sha256(call.body),
        ].joined(separator: "\n")
    }
}
