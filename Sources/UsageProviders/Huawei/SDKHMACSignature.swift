import Crypto
import Foundation
import Usage

/// Signs a request to one of Huawei Cloud's services with SDK-HMAC-SHA256.
///
/// As in the official SDKs, all headers that are sent are signed.
/// Source: <https://support.huaweicloud.com/devg-apisign/api-sign-algorithm-001.md>.
struct SDKHMACSignature {
    /// What is signed, apart from the key.
    struct Request {
        let method: ProviderRequest.Method
        /// The path as it is sent, each segment encoded.
        let path: String
        /// Names and values, not encoded.
        let query: [(name: String, value: String)]
        /// The headers that are sent besides those of the signature, `Host` among them.
        let headers: [(name: String, value: String)]
        /// The body as it is sent.
        var body: [UInt8] = []
        /// The time of signing.
        let time: UnixTime
    }

    /// Path and query as they were signed and have to be sent.
    let target: String
    /// The headers that were signed, and `Authorization`: all that has to be sent.
    let headers: [(name: String, value: String)]
    /// The value of the `Authorization` header.
    let authorization: String
    /// What was hashed on the way, for comparison with published examples.
    let canonicalRequest: String
    /// What was signed.
    let stringToSign: String

    /// Signs a request.
    init(_ request: Request, key: HuaweiKey) {
        let time = request.time.basicText
        var sent = request.headers + [(name: "X-Sdk-Date", value: time)]
        if let token = key.securityToken { sent.append((name: "X-Security-Token", value: token.reveal())) }
        let signed = sent.map { (name: $0.name.lowercased(), value: Self.trimmed($0.value)) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let names = signed.map(\.name).joined(separator: ";")
        let query = Self.canonicalQuery(request.query)

        canonicalRequest = [
            request.method.rawValue, Self.canonicalPath(request.path), query,
            signed.map { "\($0.name):\($0.value)\n" }.joined(), names, SHA256.hash(data: request.body).hexadecimal,
        ].joined(separator: "\n")
        let requestHash = SHA256.hash(data: Array(canonicalRequest.utf8)).hexadecimal
        stringToSign = ["SDK-HMAC-SHA256", time, requestHash].joined(separator: "\n")
        let secret = SymmetricKey(data: Array(key.secretKey.reveal().utf8))
        let signature = HMAC<SHA256>.authenticationCode(for: Array(stringToSign.utf8), using: secret).hexadecimal
        authorization =
            "SDK-HMAC-SHA256 Access=\(key.accessKey.reveal()), SignedHeaders=\(names), Signature=\(signature)"
        target = query.isEmpty ? request.path : "\(request.path)?\(query)"
        headers = sent + [(name: "Authorization", value: authorization)]
    }

    /// The path with a `/` at its end, which is signed and not sent.
    private static func canonicalPath(_ path: String) -> String {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let encoded = segments.map { (String($0).removingPercentEncoding ?? String($0)).percentEncoded }
            .joined(separator: "/")
        return encoded.hasSuffix("/") ? encoded : "\(encoded)/"
    }

    /// Sorted by name and then by value, in the order of bytes.
    private static func canonicalQuery(_ query: [(name: String, value: String)]) -> String {
        query.map { (name: $0.name.percentEncoded, value: $0.value.percentEncoded) }
            .sorted { left, right in
                left.name == right.name
                    ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
                    : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
            }
            .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    private static func trimmed(_ value: String) -> String {
        value.trimmingCharacters(in: .whitespaces)
    }
}
