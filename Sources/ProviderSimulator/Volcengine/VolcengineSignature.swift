/// Volcengine's HMAC-SHA256 signature of a request as it was received.
///
/// Source: <https://www.volcengine.com/docs/6348/69859>. Written for the simulator alone: the signer that the exporter uses
/// is what it checks.
enum VolcengineSignature {
    /// The signature that a request must carry, in lower-case hex; `nil` when a signed header was not sent.
    ///
    /// `date` is the X-Date header as it was received.
    static func expected(
        for call: ReceivedCall,
        _ authorization: VolcengineAuthorization,
        secretKey: String,
        date: String
    ) -> String? {
        guard let canonical = canonicalRequest(call, signedHeaders: authorization.signedHeaders) else { return nil }
        let scope = [authorization.date, authorization.region, authorization.service, "request"]
        let text = [
            VolcengineAuthorization.algorithm, date, scope.joined(separator: "/"),
            Digest.sha256(Array(canonical.utf8)),
        ].joined(separator: "\n")
        let key = scope.reduce(Array(secretKey.utf8)) { key, part in Digest.hmac(part, key: key) }
        return Digest.hex(Digest.hmac(text, key: key))
    }

    /// What is signed about a request; `nil` when a listed header was not sent.
    static func canonicalRequest(_ call: ReceivedCall, signedHeaders: [String]) -> String? {
        var lines: [String] = []
        for name in signedHeaders {
            guard let value = call.header(name) else { return nil }
            lines.append("\(name):\(name == "host" ? withoutUsualPort(value) : value.trimmed)\n")
        }
        return [
            call.method, call.path, canonicalQuery(call), lines.joined(), signedHeaders.joined(separator: ";"),
            Digest.sha256(call.body),
        ].joined(separator: "\n")
    }

    /// By name, equal names in the order in which they came.
    private static func canonicalQuery(_ call: ReceivedCall) -> String {
        let sorted = call.queryItems.enumerated().sorted { lhs, rhs in
            let (left, right) = (Array(lhs.element.name.utf8), Array(rhs.element.name.utf8))
            return left == right ? lhs.offset < rhs.offset : left.lexicographicallyPrecedes(right)
        }
        return sorted.map { _, item in
            "\(PercentEncoding.encoded(item.name))=\(PercentEncoding.encoded(item.value))"
        }.joined(separator: "&")
    }

    private static func withoutUsualPort(_ host: String) -> String {
        for port in [":80", ":443"] where host.hasSuffix(port) { return String(host.dropLast(port.count)) }
        return host
    }
}
