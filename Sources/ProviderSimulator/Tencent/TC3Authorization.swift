/// The parts of an `Authorization` header of the TC3-HMAC-SHA256 method.
struct TC3Authorization: Equatable {
    let secretID: String
    /// The UTC date in the credential scope, as written.
    let date: String
    /// The service in the credential scope.
    let service: String
    /// The names of the signed headers, in the order and case in which they are listed.
    let signedHeaders: [String]
    let signature: String

    static let algorithm = "TC3-HMAC-SHA256"

    /// The parts of a header; `nil` when one is missing, comes twice or is malformed.
    init?(_ header: String) {
        guard let fields = AuthorizationFields(header, algorithm: Self.algorithm),
            let scope = fields.scope(count: 4, end: "tc3_request")
        else { return nil }
        secretID = scope[0]
        date = scope[1]
        service = scope[2]
        signedHeaders = fields.signedHeaders
        signature = fields.signature
    }
}
