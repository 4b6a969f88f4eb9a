import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("The TC3 signature check")
struct TC3SignatureTests {
    @Test("Requests signed by the provider's SDK are accepted", arguments: try SignedVector.tencent())
    func vectors(_ vector: SignedVector) throws {
        let authorization = try #require(TC3Authorization(vector.authorization))
        let call = try vector.call()
        let canonical = TC3Signature.canonicalRequest(call, signedHeaders: authorization.signedHeaders)
        #expect(canonical == vector.canonicalRequest)
        let timestamp = try #require(call.header("X-TC-Timestamp"))
        let signature = TC3Signature.expected(
            for: call,
            authorization,
            secretKey: vector.secretKey,
            timestamp: timestamp
        )
        #expect(signature == authorization.signature)
        #expect(try account(of: call, vector).secretID == vector.key)
    }

    @Test("The published example with the action among the signed headers is accepted")
    func published() throws {
        let stars = String(repeating: "*", count: 32)
        let authorization = try #require(
            TC3Authorization(
                "TC3-HMAC-SHA256 Credential=AKID\(stars)/2019-02-25/cvm/tc3_request, "
                    + "SignedHeaders=content-type;host;x-tc-action, "
                    + "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
            )
        )
        var headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
        headers["X-TC-Action"] = "DescribeInstances"
        let head = HTTPRequest(
            method: .post,
            scheme: nil,
            authority: "cvm.tencentcloudapi.com",
            path: "/",
            headerFields: headers
        )
        let body = #"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#
        let signature = TC3Signature.expected(
            for: ReceivedCall(head: head, body: Array(body.utf8)),
            authorization,
            secretKey: stars,
            timestamp: "1551113065"
        )
        #expect(signature == authorization.signature)
    }

    @Test("Whatever is changed on the way breaks the signature", arguments: Tampering.everywhere + changes)
    func tampered(_ tampering: Tampering) throws {
        let vector = try #require(SignedVector.tencent().first)
        let call = try vector.call(tampering)
        let error = #expect(throws: TencentError.self) { try account(of: call, vector) }
        #expect(error?.code == .signatureFailure)
    }

    @Test("A header that is not one of this method is not read", arguments: malformed)
    func refused(_ header: String) {
        #expect(TC3Authorization(header) == nil)
    }

    @Test("The parts of a header may come in any order and with or without spaces")
    func order() throws {
        let vector = try #require(SignedVector.tencent().first)
        let fields = vector.authorization.dropFirst("TC3-HMAC-SHA256 ".count).split(separator: ", ")
        let turned = "TC3-HMAC-SHA256 " + fields.reversed().joined(separator: ",")
        #expect(TC3Authorization(turned) == TC3Authorization(vector.authorization))
    }

    private static let malformed = [
        "", "TC3-HMAC-SHA256", "Bearer abc", "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host",
        "TC3-HMAC-SHA256 Credential=a/b/tc3_request, SignedHeaders=host, Signature=00",
        "TC3-HMAC-SHA256 Credential=a/b/c/tc4_request, SignedHeaders=host, Signature=00",
        "TC3-HMAC-SHA256 Credential=/b/c/tc3_request, SignedHeaders=host, Signature=00",
        "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host, Signature=00, Signature=00",
        "TC3-HMAC-SHA256 Credential, SignedHeaders=host, Signature=00",
        "TC3-HMAC-SHA1 Credential=a/b/c/tc3_request, SignedHeaders=host, Signature=00",
    ]

    private static let changes: [Tampering] = [
        .header("Content-Type", "text/plain"), .header("X-TC-Timestamp", "1700000001"),
        .authorization("50c2983", with: "50c2980"), .authorization("/2023-11-14/", with: "/2023-11-15/"),
        .authorization("/trtc/", with: "/cvm/"), .authorization("content-type;host", with: "host"),
        .authorization("content-type;host", with: "content-type;host;x-absent"),
        .authorization("content-type;host", with: "host;content-type"),
        .authorization("content-type;host", with: "Content-Type;Host"),
    ]

    /// The account that a gate finds that knows the one who signed, at the moment of signing.
    private func account(of call: ReceivedCall, _ vector: SignedVector) throws -> SimulatedAccount {
        let seconds = try #require(vector.headers["X-TC-Timestamp"].flatMap { Int($0) })
        let gate = TencentAuthentication(accounts: [vector.account(of: .tencent)])
        return try gate.account(of: call, now: seconds * 1_000)
    }
}
