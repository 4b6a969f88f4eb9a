@testable import ProviderSimulator

/// A request as the file of Volcengine's vectors has it; its SDK is volcengine for Python.
private struct VolcengineVector: Decodable {
    struct Input: Decodable {
        let method: String
        let host: String
        let path: String
        /// Names and values in the order of the caller, not encoded.
        let query: [[String]]
        let contentType: String?
        let body: String
        let xDate: String
        let accessKey: String
        let secretKey: String
        let sessionToken: String?
    }

    let id: String
    let input: Input
    let expected: ExpectedSignature

    var target: String {
        let pairs = input.query.map { $0.map(PercentEncoding.encoded).joined(separator: "=") }
        return "\(input.path)?\(pairs.joined(separator: "&"))"
    }

    var headers: [String: String] {
        var headers = ["X-Date": input.xDate, "X-Content-Sha256": Digest.sha256(Array(input.body.utf8))]
        headers["Content-Type"] = input.contentType
        headers["X-Security-Token"] = input.sessionToken
        return headers
    }
}

extension SignedVector {
    /// The requests that Volcengine's SDK signed.
    static func volcengine() throws -> [SignedVector] {
        try VectorFile<VolcengineVector>.vectors(in: "volcengine-hmac.json").map { vector in
            SignedVector(
                name: vector.id,
                method: vector.input.method,
                host: vector.input.host,
                target: vector.target,
                headers: vector.headers,
                body: vector.input.body,
                key: vector.input.accessKey,
                secretKey: vector.input.secretKey,
                token: vector.input.sessionToken,
                canonicalRequest: vector.expected.canonicalRequest,
                authorization: vector.expected.authorization
            )
        }
    }
}
