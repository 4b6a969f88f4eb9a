import Testing
import Usage

@testable import UsageProviders

@Suite("The SDK-HMAC-SHA256 signature")
struct SDKHMACSignatureTests {
    @Test("Each request is signed as the provider's own SDK signs it", arguments: try SDKHMACVector.all())
    func vector(_ vector: SDKHMACVector) throws {
        let signature = SDKHMACSignature(try vector.request(), key: vector.key)
        #expect(signature.canonicalRequest == vector.expected.canonicalRequest)
        #expect(signature.stringToSign == vector.expected.stringToSign)
        #expect(signature.authorization == vector.expected.authorization)
        #expect(signature.target == vector.expected.requestTarget)
    }

    @Test("The file of vectors is read whole")
    func count() throws {
        let vectors = try SDKHMACVector.all()
        #expect(vectors.count == 12)
        #expect(Set(vectors.map(\.id)).count == 12)
        #expect(vectors.contains { $0.input.securityToken != nil })
        #expect(vectors.contains { $0.input.method == "POST" })
    }

    @Test(
        "What is signed is what is to be sent, and nothing else but the signature",
        arguments: try SDKHMACVector.all()
    )
    func headers(_ vector: SDKHMACVector) throws {
        let signature = SDKHMACSignature(try vector.request(), key: vector.key)
        let names = signature.headers.map { $0.name.lowercased() }.filter { $0 != "authorization" }.sorted()
        #expect(signature.authorization.contains("SignedHeaders=\(names.joined(separator: ";")),"))
        #expect(signature.headers.filter { $0.name == "Authorization" }.map(\.value) == [signature.authorization])
    }

    @Test("The usage of an app is asked for as the provider's own SDK asks", arguments: [false, true])
    func request(isTemporary: Bool) async throws {
        let vector = try SDKHMACVector.named(isTemporary ? "usage-security-token" : "usage-x-project-id")
        let keys = [
            "access_key": vector.key.accessKey, "secret_key": vector.key.secretKey, "token": vector.key.securityToken,
        ].compactMapValues { $0 }
        let transport = CannedTransport(HuaweiExamples.noUsage)
        let account = try HuaweiExamples.account(transport, keys: keys)
        let dates = Dictionary(uniqueKeysWithValues: vector.input.query.map { ($0[0], $0[1]) })
        // The two dates are asked for when the first is the day that is wanted.
        let days = try ["start_date", "end_date"].map { name in
            let parts = try #require(dates[name]).split(separator: "-").compactMap { Int($0) }
            return try #require(UsageDay(year: parts[0], month: parts[1], day: parts[2], zone: .utc))
        }
        let window = try #require(UsageWindow(first: days[0], last: days[1].previous))
        let now = try vector.time()
        #expect(now >= days[1].start)
        _ = try await HuaweiExamples.read(account, app: try #require(dates["app"]), window: window, now: now)
        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(request.body.isEmpty)
        #expect(request.url == "https://\(vector.input.host)\(vector.expected.requestTarget)")
        #expect(request.values(of: "Authorization") == [vector.expected.authorization])
        #expect(request.values(of: "X-Security-Token") == [vector.input.securityToken].compactMap { $0 })
        #expect(request.values(of: "X-Auth-Token").isEmpty)
    }

    @Test("A letter of the secret changes all of the signature, and an empty token is none")
    func key() throws {
        let vector = try SDKHMACVector.named("usage-x-project-id")
        func signature(_ secret: String, _ token: String?) throws -> String {
            let key = HuaweiKey(
                accessKey: vector.key.accessKey,
                secretKey: Secret(secret),
                securityToken: token.map { Secret($0) }
            )
            return SDKHMACSignature(try vector.request(), key: key).authorization
        }
        #expect(try signature("secret", nil) == signature("secret", ""))
        #expect(try signature("secret", nil) != signature("secres", nil))
        #expect(try signature("secret", "token").contains(";x-security-token,"))
    }
}
