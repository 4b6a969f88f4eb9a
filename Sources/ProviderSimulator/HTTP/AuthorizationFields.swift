/// What stands behind the name of a method in an `Authorization` header.
struct AuthorizationFields {
    /// What names the key, and in some methods the scope of the signature.
    let credential: String
    /// The names of the signed headers, in the order and case in which they are listed.
    let signedHeaders: [String]
    let signature: String

    /// The fields of a header; `nil` when it is of another method, or a field is missing, has no value, comes twice or is
    /// none of the three.
    ///
    /// `name` is what the method calls the field with the credential.
    init?(_ header: String, algorithm: String, credential name: String = "Credential") {
        guard let fields = Self.fields(of: header, algorithm), fields.count == 3, let credential = fields[name],
            let listed = fields["SignedHeaders"], let signature = fields["Signature"]
        else { return nil }
        self.credential = credential
        signedHeaders = listed.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        self.signature = signature
    }

    /// The parts of a credential that has the scope of the signature; the first names the key and is not empty.
    ///
    /// `nil` when there are not as many as `count`, or the last one is not `end`.
    func scope(count: Int, end: String) -> [String]? {
        let parts = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return parts.count == count && parts.last == end && parts.first?.isEmpty == false ? parts : nil
    }

    /// Names and values, with commas between them.
    private static func fields(of header: String, _ algorithm: String) -> [String: String]? {
        guard header.hasPrefix(algorithm + " ") else { return nil }
        var fields: [String: String] = [:]
        for field in header.dropFirst(algorithm.count).split(separator: ",") {
            let trimmed = field.drop { $0 == " " }
            guard let equals = trimmed.firstIndex(of: "=") else { return nil }
            let name = String(trimmed[..<equals])
            let value = String(trimmed[trimmed.index(after: equals)...])
            guard fields.updateValue(value, forKey: name) == nil else { return nil }
        }
        return fields
    }
}
