/// The SDK-HMAC-SHA256 signature of a request as it was received.
///
/// Source: <https://support.huaweicloud.com/devg-apisign/api-sign-algorithm-002.html>. Written for the simulator alone: the
/// signer that the exporter uses is what it checks.
enum SDKSignature {
    /// The signature that a request must carry, in lower-case hex; `nil` when a signed header was not sent.
    ///
    /// `date` is the X-Sdk-Date header as it was received.
    static func expected(
        for call: ReceivedCall,
        _ authorization: SDKAuthorization,
        secretKey: String,
        date: String
    ) -> String? {
        guard let canonical = canonicalRequest(call, signedHeaders: authorization.signedHeaders) else { return nil }
        let text = [SDKAuthorization.algorithm, date, Digest.sha256(Array(canonical.utf8))].joined(separator: "\n")
        return Digest.hex(Digest.hmac(text, key: Array(secretKey.utf8)))
    }

    /// What is signed about a request; `nil` when a listed header was not sent.
    static func canonicalRequest(_ call: ReceivedCall, signedHeaders: [String]) -> String? {
        var lines: [String] = []
        for name in signedHeaders {
            guard let value = call.header(name) else { return nil }
            lines.append("\(name.lowercased()):\(value.trimmed)\n")
        }
        return [
            call.method, canonicalPath(call.path), canonicalQuery(call), lines.joined(),
            signedHeaders.joined(separator: ";"), bodyHash(call),
        ].joined(separator: "\n")
    }

    /// Each segment encoded once, and a slash at the end, which is there for signing only.
    private static func canonicalPath(_ path: String) -> String {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let encoded = segments.map { PercentEncoding.encoded(PercentEncoding.decoded($0)) }.joined(separator: "/")
        return encoded.hasSuffix("/") ? encoded : encoded + "/"
    }

    private static func canonicalQuery(_ call: ReceivedCall) -> String {
        let pairs = call.queryItems.map { (PercentEncoding.encoded($0.name), PercentEncoding.encoded($0.value)) }
        let sorted = pairs.sorted { lhs, rhs in
            let (left, right) = (Array(lhs.0.utf8), Array(rhs.0.utf8))
            if left != right { return left.lexicographicallyPrecedes(right) }
            return Array(lhs.1.utf8).lexicographicallyPrecedes(Array(rhs.1.utf8))
        }
        return sorted.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    private static func bodyHash(_ call: ReceivedCall) -> String {
        let unsigned = "UNSIGNED-PAYLOAD"
        return call.header("X-Sdk-Content-Sha256") == unsigned ? unsigned : Digest.sha256(call.body)
    }
}
