/// The parts of an `Authorization` header of the SDK-HMAC-SHA256 method.
struct SDKAuthorization: Equatable {
    let accessKey: String
    /// The names of the signed headers, in the order and case in which they are listed.
    let signedHeaders: [String]
    let signature: String

    static let algorithm = "SDK-HMAC-SHA256"

    /// The parts of a header; `nil` when one is missing, comes twice or is malformed.
    init?(_ header: String) {
        guard let fields = AuthorizationFields.parse(header, algorithm: Self.algorithm), fields.count == 3,
            let accessKey = fields["Access"], !accessKey.isEmpty, let listed = fields["SignedHeaders"],
            let signature = fields["Signature"]
        else { return nil }
        self.accessKey = accessKey
        signedHeaders = listed.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        self.signature = signature
    }
}
