@testable import ProviderSimulator

/// A request as the file of Tencent's vectors has it; its SDK is tencentcloud-sdk-python.
private struct TC3Vector: Decodable {
    struct Input: Decodable {
        let secretId: String
        let secretKey: String
        let token: String
        let host: String
        let method: String
        let uri: String
        let payloadUtf8: String
    }

    let name: String
    let input: Input
    let expected: ExpectedSignature
    let requestHeaders: [String: String]
}

extension SignedVector {
    /// The requests that Tencent's SDK signed.
    static func tencent() throws -> [SignedVector] {
        try VectorFile<TC3Vector>.vectors(in: "tencent-tc3.json").map { vector in
            SignedVector(
                name: vector.name,
                method: vector.input.method,
                host: vector.input.host,
                target: vector.input.uri,
                headers: vector.requestHeaders.filter { $0.key != "Host" },
                body: vector.input.payloadUtf8,
                key: vector.input.secretId,
                secretKey: vector.input.secretKey,
                token: vector.input.token.isEmpty ? nil : vector.input.token,
                canonicalRequest: vector.expected.canonicalRequest,
                authorization: vector.expected.authorization
            )
        }
    }
}
