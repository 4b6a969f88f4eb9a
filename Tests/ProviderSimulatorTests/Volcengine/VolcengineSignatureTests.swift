import Testing

@testable import ProviderSimulator

@Suite("Volcengine's signature check")
struct VolcengineSignatureTests {
    @Test("Requests signed by the provider's SDK are accepted", arguments: try SignedVector.volcengine())
    func vectors(_ vector: SignedVector) throws {
        let authorization = try #require(VolcengineAuthorization(vector.authorization))
        let call = try vector.call()
        let canonical = VolcengineSignature.canonicalRequest(call, signedHeaders: authorization.signedHeaders)
        #expect(canonical == vector.canonicalRequest)
        #expect(try signature(of: call, vector) == authorization.signature)
    }

    @Test(
        "The gate lets vectors of its API in",
        arguments: try SignedVector.volcengine().filter { $0.target.contains("Action=ListUsages&Version=2023-11-01") }
    )
    func gate(_ vector: SignedVector) throws {
        let authorization = try #require(VolcengineAuthorization(vector.authorization))
        let account = vector.account(of: .volcengine)
        let gate = VolcengineAuthentication(accounts: [account], region: authorization.region)
        let call = try vector.call()
        let moment = try #require(call.header("X-Date").flatMap { HTTPDate.compact($0) })
        #expect(try gate.account(of: call, now: moment) == account)
        let elsewhere = VolcengineAuthentication(accounts: [account], region: "mars")
        #expect(throws: VolcengineAuthentication.mismatch) { try elsewhere.account(of: call, now: moment) }
    }

    @Test("Whatever is changed on the way breaks the signature", arguments: Tampering.everywhere + changes)
    func tampered(_ tampering: Tampering) throws {
        let vector = try #require(SignedVector.volcengine().first)
        let authorization = try #require(VolcengineAuthorization(vector.authorization))
        #expect(try signature(of: vector.call(tampering), vector) != authorization.signature)
    }

    @Test("A header that is not one of this method is not read", arguments: malformed)
    func refused(_ header: String) {
        #expect(VolcengineAuthorization(header) == nil)
    }

    private static let malformed = [
        "", "HMAC-SHA256", "Bearer abc", "HMAC-SHA256 Credential=a/b/c/d/request, SignedHeaders=host",
        "HMAC-SHA256 Credential=a/b/c/request, SignedHeaders=host, Signature=00",
        "HMAC-SHA256 Credential=a/b/c/d/tc3_request, SignedHeaders=host, Signature=00",
        "HMAC-SHA256 Credential=/b/c/d/request, SignedHeaders=host, Signature=00",
        "SDK-HMAC-SHA256 Credential=a/b/c/d/request, SignedHeaders=host, Signature=00",
    ]

    private static let changes: [Tampering] = [
        .header("Content-Type", "text/plain"), .header("X-Content-Sha256", Digest.sha256([])),
    ]

    private func signature(of call: ReceivedCall, _ vector: SignedVector) throws -> String? {
        VolcengineSignature.expected(
            for: call,
            try #require(VolcengineAuthorization(vector.authorization)),
            secretKey: vector.secretKey,
            date: try #require(call.header("X-Date"))
        )
    }
}
