/// The parts of an `Authorization` header of Volcengine's HMAC-SHA256 method.
struct VolcengineAuthorization: Equatable {
    let accessKey: String
    /// The UTC date in the credential scope, as written: `YYYYMMDD`.
    let date: String
    /// The region in the credential scope.
    let region: String
    /// The service in the credential scope.
    let service: String
    /// The names of the signed headers, in the order and case in which they are listed.
    let signedHeaders: [String]
    let signature: String

    static let algorithm = "HMAC-SHA256"

    /// The parts of a header; `nil` when one is missing, comes twice or is malformed.
    init?(_ header: String) {
        guard let fields = AuthorizationFields(header, algorithm: Self.algorithm),
            let scope = fields.scope(count: 5, end: "request")
        else { return nil }
        accessKey = scope[0]
        date = scope[1]
        region = scope[2]
        service = scope[3]
        signedHeaders = fields.signedHeaders
        signature = fields.signature
    }
}
