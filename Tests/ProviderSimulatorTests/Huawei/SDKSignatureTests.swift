import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("The SDK-HMAC-SHA256 signature check")
struct SDKSignatureTests {
    @Test("Requests signed by the provider's SDK are accepted", arguments: HuaweiVector.all)
    func vectors(_ vector: HuaweiVector) throws {
        let authorization = try #require(SDKAuthorization(vector.authorization))
        let call = try vector.call()
        #expect(authorization.accessKey == vector.accessKey)
        let canonical = SDKSignature.canonicalRequest(call, signedHeaders: authorization.signedHeaders)
        #expect(canonical == vector.canonicalRequest)
        #expect(try vector.signature(of: call) == authorization.signature)
    }

    @Test("Whatever is changed on the way breaks the signature", arguments: HuaweiVector.Tampering.allCases)
    func tampered(_ tampering: HuaweiVector.Tampering) throws {
        let vector = try #require(HuaweiVector.all.first { $0.headers["X-Project-Id"] != nil })
        let authorization = try #require(SDKAuthorization(vector.authorization))
        #expect(try vector.signature(of: vector.call(tampering)) != authorization.signature)
    }

    @Test("A header that was not sent cannot be signed")
    func absent() throws {
        let vector = try #require(HuaweiVector.all.first)
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
}

extension HuaweiVector {
    /// One change to a signed request.
    enum Tampering: CaseIterable {
        case body, host, path, query, method, date, project
    }

    /// The request as received, with a change.
    func call(_ tampering: Tampering? = nil) throws -> ReceivedCall {
        var fields: HTTPFields = [.authorization: authorization]
        for (name, value) in headers { fields[name] = value }
        if tampering == .date { fields["X-Sdk-Date"] = "20200427T013001Z" }
        if tampering == .project { fields["X-Project-Id"] = "fedcba9876543210fedcba9876543210" }
        let target =
            switch tampering {
            case .path: "/v2" + self.target.dropFirst(3)
            case .query: self.target + "&more=1"
            default: self.target
            }
        let head = HTTPRequest(
            method: try #require(HTTPRequest.Method(rawValue: tampering == .method ? "PUT" : method)),
            scheme: nil,
            authority: tampering == .host ? "example.com" : host,
            path: target,
            headerFields: fields
        )
        return ReceivedCall(head: head, body: Array((tampering == .body ? body + " " : body).utf8))
    }

    func signature(of call: ReceivedCall) throws -> String? {
        SDKSignature.expected(
            for: call,
            try #require(SDKAuthorization(authorization)),
            secretKey: secretKey,
            date: try #require(call.header("X-Sdk-Date"))
        )
    }
}
