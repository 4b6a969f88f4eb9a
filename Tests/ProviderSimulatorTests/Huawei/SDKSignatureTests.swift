import Testing

@testable import ProviderSimulator

@Suite("The SDK-HMAC-SHA256 signature check")
struct SDKSignatureTests {
    @Test("Requests signed by the provider's SDK are accepted", arguments: try SignedVector.huawei())
    func vectors(_ vector: SignedVector) throws {
        let authorization = try #require(SDKAuthorization(vector.authorization))
        let call = try vector.call()
        #expect(authorization.accessKey == vector.key)
        let canonical = SDKSignature.canonicalRequest(call, signedHeaders: authorization.signedHeaders)
        #expect(canonical == vector.canonicalRequest)
        #expect(try signature(of: call, vector) == authorization.signature)
    }

    @Test("Whatever is changed on the way breaks the signature", arguments: Tampering.everywhere + changes)
    func tampered(_ tampering: Tampering) throws {
        let vector = try #require(SignedVector.huawei().first { $0.headers["X-Project-Id"] != nil })
        let authorization = try #require(SDKAuthorization(vector.authorization))
        #expect(try signature(of: vector.call(tampering), vector) != authorization.signature)
    }

    @Test("A header that was not sent cannot be signed")
    func absent() throws {
        let vector = try #require(SignedVector.huawei().first)
        #expect(SDKSignature.canonicalRequest(try vector.call(), signedHeaders: ["host", "x-absent"]) == nil)
    }

    @Test("A header that is not one of this method is not read", arguments: malformed)
    func refused(_ header: String) {
        #expect(SDKAuthorization(header) == nil)
    }

    private static let malformed = [
        "", "SDK-HMAC-SHA256", "Bearer abc", "SDK-HMAC-SHA256 Access=a, SignedHeaders=host",
        "SDK-HMAC-SHA256 Access=, SignedHeaders=host, Signature=00",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=00, Signature=00",
        "SDK-HMAC-SHA256 Access, SignedHeaders=host, Signature=00",
        "HMAC-SHA256 Access=a, SignedHeaders=host, Signature=00",
    ]

    private static let changes: [Tampering] = [
        .header("X-Sdk-Date", "20200427T013001Z"), .header("X-Project-Id", "fedcba9876543210fedcba9876543210"),
    ]

    private func signature(of call: ReceivedCall, _ vector: SignedVector) throws -> String? {
        SDKSignature.expected(
            for: call,
            try #require(SDKAuthorization(vector.authorization)),
            secretKey: vector.secretKey,
            date: try #require(call.header("X-Sdk-Date"))
        )
    }
}
