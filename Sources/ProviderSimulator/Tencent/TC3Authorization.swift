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
        guard let fields = AuthorizationFields.parse(header, algorithm: Self.algorithm), fields.count == 3,
            let credential = fields["Credential"], let listed = fields["SignedHeaders"],
            let signature = fields["Signature"]
        else { return nil }
        let scope = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard scope.count == 4, scope[3] == "tc3_request", !scope[0].isEmpty else { return nil }
        secretID = scope[0]
        date = scope[1]
        service = scope[2]
        signedHeaders = listed.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        self.signature = signature
    }
}
