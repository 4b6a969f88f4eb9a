import Testing
import Usage

@testable import UsageProviders

@Suite("The HMAC-SHA256 signature of Volcengine")
struct VolcengineSignatureTests {
    @Test("Each request is signed as the provider's own SDK signs it", arguments: try VolcengineVector.all())
    func vector(_ vector: VolcengineVector) throws {
        // What the signature takes for granted; a vector that differs needs a more general signature.
        #expect(vector.input.path == "/")
        #expect(vector.input.headers.isEmpty)

        let signature = VolcengineSignature(try vector.request(), credentials: vector.credentials)
        #expect(signature.query == vector.expected.canonicalQuery)
        #expect(signature.canonicalRequest == vector.expected.canonicalRequest)
        #expect(signature.stringToSign == vector.expected.stringToSign)
        if let key = vector.expected.signingKeyHex {
            #expect(signature.key.hexadecimal == key)
        }
        #expect(signature.authorization == vector.expected.authorization)

        // The headers go out as they were signed.
        let sent = Dictionary(uniqueKeysWithValues: signature.headers.map { ($0.name, $0.value) })
        #expect(sent["Host"] == vector.input.host)
        #expect(sent["X-Date"] == vector.input.xDate)
        #expect(sent["X-Content-Sha256"] == vector.expected.payloadSha256)
        #expect(sent["Content-Type"] == vector.input.contentType)
        #expect(sent["X-Security-Token"] == vector.input.sessionToken)
        #expect(sent["Authorization"] == vector.expected.authorization)
    }

    @Test("The file of vectors is read whole")
    func count() throws {
        let vectors = try VolcengineVector.all()
        #expect(vectors.count == 11)
        #expect(Set(vectors.map(\.id)).count == vectors.count)
        #expect(vectors.allSatisfy { $0.expected.signingKeyHex != nil })
        #expect(vectors.contains { $0.input.sessionToken != nil })
        #expect(Set(vectors.map(\.input.method)) == ["GET", "POST"])
        #expect(Set(vectors.map(\.input.region)) == ["cn-north-1", "ap-singapore-1", "ap-southeast-1"])
    }

    @Test("Names that come several times keep their order, and are sorted as bytes")
    func query() throws {
        var request = try #require(try VolcengineVector.all().first).request()
        request = VolcengineSignature.Request(
            method: .get,
            query: [("b", "2"), ("a", "z"), ("B", "1"), ("b", "1"), ("a.", ""), ("a-", " ")].map {
                (name: $0, value: $1)
            },
            host: request.host,
            contentType: nil,
            body: [],
            time: request.time,
            region: request.region
        )
        let signature = VolcengineSignature(request, credentials: VolcengineExamples.credentials)
        #expect(signature.query == "B=1&a=z&a-=%20&a.=&b=2&b=1")
    }

    @Test("A token is signed, an empty one is none, and a letter of the key changes the signature")
    func token() throws {
        let request = try #require(try VolcengineVector.all().first).request()
        func signature(key: String, token: Secret?) -> VolcengineSignature {
            let credentials = VolcengineCredentials(accessKey: Secret("id"), secretKey: Secret(key), token: token)
            return VolcengineSignature(request, credentials: credentials)
        }
        let plain = signature(key: "key", token: nil)
        #expect(signature(key: "key", token: Secret("")).authorization == plain.authorization)
        #expect(signature(key: "kez", token: nil).authorization != plain.authorization)
        let temporary = signature(key: "key", token: Secret("token"))
        #expect(temporary.authorization != plain.authorization)
        #expect(temporary.authorization.contains("x-date;x-security-token,"))
    }
}
