import Crypto
import Usage

/// Signs a POST request to Tencent Cloud's API 3.0 with TC3-HMAC-SHA256.
///
/// The two headers that the official SDKs sign are signed: `content-type` and `host`.
/// Source: <https://trtc.io/document/34264>.
struct TC3Signature {
    /// The value of the `Authorization` header.
    let authorization: String
    /// What was hashed and signed on the way, for comparison with published examples.
    let stringToSign: String

    /// - Parameters:
    ///   - service: The product's short name, `trtc`, whatever the host.
    ///   - host: The `Host` header as it is sent.
    ///   - contentType: The `Content-Type` header as it is sent, byte for byte.
    ///   - body: The body as it is sent.
    ///   - time: The value of `X-TC-Timestamp`; its UTC date is the date of the scope.
    ///   - credentials: The key; its token is not signed.
    init(
        service: String,
        host: String,
        contentType: String,
        body: [UInt8],
        time: UnixTime,
        credentials: TencentCredentials
    ) {
        let signedHeaders = "content-type;host"
        let headers = "content-type:\(contentType.lowercased())\nhost:\(host.lowercased())\n"
        let request = ["POST", "/", "", headers, signedHeaders, SHA256.hash(data: body).hexadecimal]
        let date = UsageDay(containing: time, zone: .utc).description
        let scope = "\(date)/\(service)/tc3_request"
        let requestHash = SHA256.hash(data: Array(request.joined(separator: "\n").utf8)).hexadecimal
        stringToSign = ["TC3-HMAC-SHA256", "\(time.seconds)", scope, requestHash].joined(separator: "\n")

        var key = SymmetricKey(data: Array("TC3\(credentials.secretKey.reveal())".utf8))
        for message in [date, service, "tc3_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: key))
        }
        let signature = HMAC<SHA256>.authenticationCode(for: Array(stringToSign.utf8), using: key)
        authorization = """
            TC3-HMAC-SHA256 Credential=\(credentials.secretID.reveal())/\(scope), \
            SignedHeaders=\(signedHeaders), Signature=\(signature.hexadecimal)
            """
    }
}
