import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("The TC3 signature check")
struct TC3SignatureTests {
    @Test("Requests signed by the provider's SDK are accepted", arguments: TC3Vector.all)
    func vectors(_ vector: TC3Vector) throws {
        let authorization = try #require(TC3Authorization(vector.authorization))
        let call = vector.call()
        let canonical = TC3Signature.canonicalRequest(call, signedHeaders: authorization.signedHeaders)
        #expect(canonical == vector.canonicalRequest)
        let signature = TC3Signature.expected(
            for: call,
            authorization,
            secretKey: TC3Vector.secretKey,
            timestamp: vector.timestamp
        )
        #expect(signature == authorization.signature)
        let account = try vector.gate.account(of: call, now: vector.moment)
        #expect(account.secretID == TC3Vector.secretID)
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

    @Test("Whatever is changed on the way breaks the signature", arguments: Tampering.allCases)
    func tampered(_ tampering: Tampering) throws {
        let vector = try #require(TC3Vector.all.first)
        let call = vector.call(tampering)
        let error = #expect(throws: TencentError.self) { try vector.gate.account(of: call, now: vector.moment) }
        #expect(error?.code == .signatureFailure)
    }

    @Test("A header that is not one of this method is not read", arguments: malformed)
    func refused(_ header: String) {
        #expect(TC3Authorization(header) == nil)
    }

    @Test("The parts of a header may come in any order and with or without spaces")
    func order() throws {
        let vector = try #require(TC3Vector.all.first)
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
}

/// One change to a signed request.
enum Tampering: CaseIterable {
    case body, host, contentType, path, query, method, timestamp, signature, date, service, fewerHeaders, absentHeader
    case unorderedHeaders, upperCaseHeaders
}

extension TC3Vector {
    /// The moment of the request, in Unix milliseconds.
    var moment: Int { (Int(timestamp) ?? 0) * 1_000 }

    /// A gate that knows the account of the request.
    var gate: TencentAuthentication {
        TencentAuthentication(
            accounts: [
                SimulatedAccount(secretID: Self.secretID, secretKey: Self.secretKey, token: token, apps: [])
            ]
        )
    }

    /// The request as received, with a change.
    func call(_ tampering: Tampering? = nil) -> ReceivedCall {
        var headers: HTTPFields = [
            .contentType: tampering == .contentType ? "text/plain" : contentType,
            .authorization: authorization(tampering),
        ]
        headers["X-TC-Action"] = action
        headers["X-TC-Version"] = "2019-07-22"
        headers["X-TC-Region"] = region
        headers["X-TC-Token"] = token
        headers["X-TC-Timestamp"] = tampering == .timestamp ? String((Int(timestamp) ?? 0) + 1) : timestamp
        let path =
            switch tampering {
            case .path: "/v2"
            case .query: "/?a=b"
            default: "/"
            }
        let head = HTTPRequest(
            method: tampering == .method ? .put : .post,
            scheme: nil,
            authority: tampering == .host ? "example.com" : host,
            path: path,
            headerFields: headers
        )
        return ReceivedCall(head: head, body: Array((tampering == .body ? body + " " : body).utf8))
    }

    private func authorization(_ tampering: Tampering?) -> String {
        switch tampering {
        case .signature: String(authorization.dropLast()) + "0"
        case .date: replacing("/2023-11-14/", "/2023-11-15/")
        case .service: replacing("/trtc/", "/cvm/")
        case .fewerHeaders: replacing("content-type;host", "host")
        case .absentHeader: replacing("content-type;host", "content-type;host;x-absent")
        case .unorderedHeaders: replacing("content-type;host", "host;content-type")
        case .upperCaseHeaders: replacing("content-type;host", "Content-Type;Host")
        default: authorization
        }
    }

    private func replacing(_ text: String, _ other: String) -> String {
        authorization.split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }
}
