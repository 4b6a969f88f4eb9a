import Crypto

/// The TC3-HMAC-SHA256 signature of a request as it was received.
///
/// Source: <https://cloud.tencent.com/document/api/362/4208>. Written for the simulator alone: the signer that the
/// exporter uses is what it checks.
enum TC3Signature {
    /// The signature that a request must carry, in lower-case hex; `nil` when a signed header was not sent.
    ///
    /// `timestamp` is the header as it was received.
    static func expected(
        for call: TencentCall,
        _ authorization: TC3Authorization,
        secretKey: String,
        timestamp: String
    ) -> String? {
        guard let canonical = canonicalRequest(call, signedHeaders: authorization.signedHeaders) else { return nil }
        let scope = "\(authorization.date)/\(authorization.service)/tc3_request"
        let text = [TC3Authorization.algorithm, timestamp, scope, hex(SHA256.hash(data: Array(canonical.utf8)))]
            .joined(separator: "\n")
        let date = hmac(authorization.date, key: SymmetricKey(data: Array("TC3\(secretKey)".utf8)))
        let service = hmac(authorization.service, key: SymmetricKey(data: date))
        let signing = hmac("tc3_request", key: SymmetricKey(data: service))
        return hex(hmac(text, key: SymmetricKey(data: signing)))
    }

    /// What is signed about a request; `nil` when a listed header was not sent.
    static func canonicalRequest(_ call: TencentCall, signedHeaders: [String]) -> String? {
        var lines: [String] = []
        for name in signedHeaders {
            guard let value = call.header(name) else { return nil }
            lines.append("\(name):\(trimmed(value).lowercased())\n")
        }
        return [
            call.method, call.path, call.query, lines.joined(), signedHeaders.joined(separator: ";"),
            hex(SHA256.hash(data: call.body)),
        ].joined(separator: "\n")
    }

    private static func hmac(_ message: String, key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: key))
    }

    private static func trimmed(_ value: String) -> String {
        let front = value.drop { $0 == " " || $0 == "\t" }
        return String(front.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
