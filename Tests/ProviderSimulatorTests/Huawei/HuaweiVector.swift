import Testing

@testable import ProviderSimulator

/// A request as the file of Huawei's vectors has it; its SDK is huaweicloudsdkcore.
private struct HuaweiVector: Decodable {
    struct Input: Decodable {
        let method: String
        let host: String
        let headers: [String: String]
        let xProjectId: String?
        let securityToken: String?
        let body: String
        let xSdkDate: String
        let accessKey: String
        let secretKey: String
    }

    let id: String
    let input: Input
    let expected: ExpectedSignature

    var headers: [String: String] {
        var headers = input.headers
        headers["X-Sdk-Date"] = input.xSdkDate
        headers["X-Project-Id"] = input.xProjectId
        headers["X-Security-Token"] = input.securityToken
        return headers
    }
}

extension SignedVector {
    /// The requests that Huawei's SDK signed.
    static func huawei() throws -> [SignedVector] {
        try VectorFile<HuaweiVector>.vectors(in: "huawei-sdk-hmac.json").map { vector in
            SignedVector(
                name: vector.id,
                method: vector.input.method,
                host: vector.input.host,
                target: try #require(vector.expected.requestTarget),
                headers: vector.headers,
                body: vector.input.body,
                key: vector.input.accessKey,
                secretKey: vector.input.secretKey,
                token: vector.input.securityToken,
                canonicalRequest: vector.expected.canonicalRequest,
                authorization: vector.expected.authorization
            )
        }
    }
}
