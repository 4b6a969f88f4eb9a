import Testing
import Usage

@testable import UsageProviders

@Suite("The TC3-HMAC-SHA256 signature")
struct TC3SignatureTests {
    @Test("Each request is signed as the provider's own SDK signs it", arguments: try TC3Vector.all())
    func vector(_ vector: TC3Vector) throws {
        // What the signature takes for granted; a vector that differs needs a more general signature.
        #expect(vector.input.method == "POST")
        #expect(vector.input.uri == "/")
        #expect(vector.input.queryString.isEmpty)
        #expect(vector.expected.signedHeaders == "content-type;host")

        let body = try vector.body()
        #expect(body.count == vector.input.payloadLength)
        let signature = TC3Signature(
            service: vector.input.service,
            host: vector.input.host,
            contentType: vector.input.contentType,
            body: body,
            time: UnixTime(seconds: vector.input.timestamp),
            credentials: vector.credentials
        )
        #expect(signature.stringToSign == vector.expected.stringToSign)
        #expect(signature.authorization == vector.expected.authorization)
    }

    @Test("The file of vectors is read whole")
    func count() throws {
        let vectors = try TC3Vector.all()
        #expect(vectors.count == 10)
        #expect(Set(vectors.map(\.name)).count == 10)
        #expect(Set(vectors.map(\.input.host)).count == 2)
        #expect(vectors.contains { $0.input.token?.isEmpty == false })
    }

    /// The two published requests for CVM DescribeInstances that are POST and sign no more than content type and host.
    @Test(
        "Requests of the provider's documentation are signed as it says, for another service too",
        arguments: [
            (
                "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", #"\u672a\u547d\u540d"#,
                "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
            ),
            (
                String(repeating: "*", count: 32), "unnamed",
                "a7b8551448762bd123d6f79e81815e31a92013640a6cef36a08ad4b292a4d2f2"
            ),
        ]
    )
    func published(key: String, name: String, expected: String) {
        let body = #"{"Limit": 1, "Filters": [{"Values": ["\#(name)"], "Name": "instance-name"}]}"#
        let signature = TC3Signature(
            service: "cvm",
            host: "cvm.tencentcloudapi.com",
            contentType: "application/json; charset=utf-8",
            body: Array(body.utf8),
            time: UnixTime(seconds: 1_551_113_065),
            credentials: TencentCredentials(secretID: Secret("AKIDEXAMPLE"), secretKey: Secret(key))
        )
        #expect(signature.authorization.hasSuffix("Signature=\(expected)"))
    }

    @Test("A token changes nothing in the signature, and a letter of the key changes all of it")
    func token() {
        func signature(key: String, token: Secret?) -> String {
            TC3Signature(
                service: "trtc",
                host: "trtc.tencentcloudapi.com",
                contentType: "application/json",
                body: Array("{}".utf8),
                time: TencentExamples.now,
                credentials: TencentCredentials(secretID: Secret("id"), secretKey: Secret(key), token: token)
            ).authorization
        }
        #expect(signature(key: "key", token: nil) == signature(key: "key", token: Secret("token")))
        #expect(signature(key: "key", token: nil) != signature(key: "kez", token: nil))
    }
}
