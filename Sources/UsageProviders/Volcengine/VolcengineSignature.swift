import Crypto
import Usage

/// Signs a request to one of Volcengine's services with HMAC-SHA256.
///
/// What the official SDKs sign is signed: `content-type`, `host` and the `x-` headers. The path is always `/`.
/// Sources: <https://www.volcengine.com/docs/6348/69859>, <https://www.volcengine.com/docs/6469/1126804>.
struct VolcengineSignature {
    /// What is signed, apart from the key.
    struct Request {
        let method: ProviderRequest.Method
        /// Names and values, not encoded.
        let query: [(name: String, value: String)]
        /// The `Host` header as it is sent.
        let host: String
        /// The `Content-Type` header as it is sent; `nil` when there is none.
        let contentType: String?
        /// The body as it is sent.
        let body: [UInt8]
        /// The time of signing.
        let time: UnixTime
        /// The region of the scope.
        let region: String
        /// The product's short name.
        var service = "rtc"
    }

    /// The query as it is signed and has to be sent.
    let query: String
    /// The headers that were signed, and `Authorization`: all that has to be sent.
    let headers: [(name: String, value: String)]
    /// The value of the `Authorization` header.
    let authorization: String
    /// What was hashed on the way, for comparison with published examples.
    let canonicalRequest: String
    /// What was signed.
    let stringToSign: String
    /// What it was signed with; good for its date, region and service alone.
    let key: [UInt8]

    /// Signs a request.
    init(_ request: Request, credentials: VolcengineCredentials) {
        query = Self.canonicalQuery(request.query)
        let (date, bodyHash) = (request.time.basicText, SHA256.hash(data: request.body).hexadecimal)
        var signed = [
            (name: "Host", value: request.host), (name: "X-Content-Sha256", value: bodyHash),
            (name: "X-Date", value: date),
        ]
        if let contentType = request.contentType { signed.insert((name: "Content-Type", value: contentType), at: 0) }
        // Behind all others, as its place in their order is.
        if let token = credentials.token { signed.append((name: "X-Security-Token", value: token.reveal())) }

        let names = signed.map { $0.name.lowercased() }.joined(separator: ";")
        let lines = signed.map { name, value in
            "\(name.lowercased()):\(name == "Host" ? Self.withoutUsualPort(value) : value)\n"
        }
        canonicalRequest = [request.method.rawValue, "/", query, lines.joined(), names, bodyHash].joined(
            separator: "\n"
        )
        let scopeParts = [String(date.prefix(8)), request.region, request.service, "request"]
        let scope = scopeParts.joined(separator: "/")
        let requestHash = SHA256.hash(data: Array(canonicalRequest.utf8)).hexadecimal
        stringToSign = ["HMAC-SHA256", date, scope, requestHash].joined(separator: "\n")
        key = scopeParts.reduce(Array(credentials.secretKey.reveal().utf8)) { Self.code(of: $1, key: $0) }
        let signature = Self.code(of: stringToSign, key: key).hexadecimal
        authorization = """
            HMAC-SHA256 Credential=\(credentials.accessKey.reveal())/\(scope), \
            SignedHeaders=\(names), Signature=\(signature)
            """
        headers = signed + [(name: "Authorization", value: authorization)]
    }

    private static func code(of text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    /// Sorted by name in the order of bytes; equal names stay as they came.
    private static func canonicalQuery(_ query: [(name: String, value: String)]) -> String {
        let encoded = query.map { (name: $0.name.percentEncoded, value: $0.value.percentEncoded) }
        let order = encoded.indices.sorted { left, right in
            let (first, second) = (encoded[left].name.utf8, encoded[right].name.utf8)
            return first.elementsEqual(second) ? left < right : first.lexicographicallyPrecedes(second)
        }
        return order.map { "\(encoded[$0].name)=\(encoded[$0].value)" }.joined(separator: "&")
    }

    /// The service leaves the ports of HTTP and HTTPS out, whichever of them is used.
    private static func withoutUsualPort(_ host: String) -> String {
        for port in [":80", ":443"] where host.hasSuffix(port) { return String(host.dropLast(port.count)) }
        return host
    }
}
