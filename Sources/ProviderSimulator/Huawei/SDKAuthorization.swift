/// The parts of an `Authorization` header of the SDK-HMAC-SHA256 method.
struct SDKAuthorization: Equatable {
    let accessKey: String
    /// The names of the signed headers, in the order and case in which they are listed.
    let signedHeaders: [String]
    let signature: String

    static let algorithm = "SDK-HMAC-SHA256"

    /// The parts of a header; `nil` when one is missing, comes twice or is malformed.
    init?(_ header: String) {
        guard let fields = AuthorizationFields(header, algorithm: Self.algorithm, credential: "Access"),
            !fields.credential.isEmpty
        else { return nil }
        accessKey = fields.credential
        signedHeaders = fields.signedHeaders
        signature = fields.signature
    }
}
