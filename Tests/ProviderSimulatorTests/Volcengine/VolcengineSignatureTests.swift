import HTTPTypes
import Testing

@testable import ProviderSimulator

@Suite("Volcengine's signature check")
struct VolcengineSignatureTests {
    @Test("Requests signed by the provider's SDK are accepted", arguments: VolcengineVector.all)
    func vectors(_ vector: VolcengineVector) throws {
        let authorization = try #require(VolcengineAuthorization(vector.authorization))
        let call = try vector.call()
        let canonical = VolcengineSignature.canonicalRequest(call, signedHeaders: authorization.signedHeaders)
        #expect(canonical == vector.canonicalRequest)
        #expect(try vector.signature(of: call) == authorization.signature)
    }

    @Test(
        "The gate lets vectors of its API in",
        arguments: VolcengineVector.all.filter { $0.target.contains("Action=ListUsages&Version=2023-11-01") }
    )
    func gate(_ vector: VolcengineVector) throws {
        let authorization = try #require(VolcengineAuthorization(vector.authorization))
        let account = SimulatedAccount(
            provider: .volcengine,
            secretID: vector.accessKey,
            secretKey: vector.secretKey,
            token: vector.token,
            apps: []
        )
        let gate = VolcengineAuthentication(accounts: [account], region: authorization.region)
        let call = try vector.call()
        let moment = try #require(call.header("X-Date").flatMap { HTTPDate.compact($0) })
        #expect(try gate.account(of: call, now: moment) == account)
        let elsewhere = VolcengineAuthentication(accounts: [account], region: "mars")
        #expect(throws: VolcengineAuthentication.mismatch) { try elsewhere.account(of: call, now: moment) }
    }

    @Test("Whatever is changed on the way breaks the signature", arguments: VolcengineVector.Tampering.allCases)
    func tampered(_ tampering: VolcengineVector.Tampering) throws {
        let vector = try #require(VolcengineVector.all.first)
        let authorization = try #require(VolcengineAuthorization(vector.authorization))
        #expect(try vector.signature(of: vector.call(tampering)) != authorization.signature)
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
}

extension VolcengineVector {
    /// One change to a signed request.
    enum Tampering: CaseIterable {
        case body, host, path, query, method, contentType, hash
    }

    /// The request as received, with a change.
    func call(_ tampering: Tampering? = nil) throws -> ReceivedCall {
        var fields: HTTPFields = [.authorization: authorization]
        for (name, value) in headers { fields[name] = value }
        if tampering == .contentType { fields["Content-Type"] = "text/plain" }
        if tampering == .hash { fields["X-Content-Sha256"] = Digest.sha256([]) }
        let target =
            switch tampering {
            case .path: "/more" + self.target.dropFirst()
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
        VolcengineSignature.expected(
            for: call,
            try #require(VolcengineAuthorization(authorization)),
            secretKey: secretKey,
            date: try #require(call.header("X-Date"))
        )
    }
}
