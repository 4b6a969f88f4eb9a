import Testing
import Usage

@testable import UsageProviders

@Suite("The key of an account")
struct TencentSecrecyTests {
    private static let id = TencentExamples.credentials.secretID.reveal()
    private static let key = TencentExamples.credentials.secretKey.reveal()
    private static let token = TencentExamples.credentials.token?.reveal() ?? ""

    @Test(
        "A server that repeats it does not bring it into any text of ours",
        arguments: [
            "your key is \(id), \(key) and \(token)", "\(id)\(key)\(token)", "\(key)\n\(key)\r\n\(token)",
            "=\(key)=\(key)", "\(key)\u{301} \(id)\u{FE0F}\(token)\u{200D}",
            "\(id)/2023-11-14/trtc/tc3_request",
        ]
    )
    func echoed(_ echo: String) async throws {
        for code in ["AuthFailure.SignatureFailure", "InternalError", "NeverHeardOf", Self.key] {
            try expectNoSecret(in: try await TencentExamples.failure(code, message: echo))
        }
        for failure in [TransportFailure.unreachable(echo), .garbled(echo)] {
            try expectNoSecret(in: try await TencentExamples.read(CannedTransport(.failure(failure))).failure)
        }
        for status in [200, 302, 401, 429, 500] {
            let transport = CannedTransport(status: status, retryAfter: echo, echo)
            try expectNoSecret(in: try await TencentExamples.read(transport).failure)
        }
    }

    @Test("A server that repeats it as fields of its answer does not bring it into any text of ours")
    func echoedAsFields() async throws {
        for body in [
            #"{"Response":{"\#(Self.key)":1}}"#, #"{"\#(Self.key)":{"Data":""}}"#,
            try TencentExamples.answer(csv: "\(Self.key),\(Self.id)\n"),
            try TencentExamples.answer(
                csv: "\(TencentExamples.header)\(Self.key),\(Self.token),1,2,3,4,\(Self.id),6\n"
            ),
        ] {
            try expectNoSecret(in: try await TencentExamples.read(CannedTransport(body)).failure)
        }
    }

    @Test("A provider's words are one line of bounded length")
    func bounded() async throws {
        let message = "first\nsecond\r\nthird\u{2028}" + String(repeating: "x", count: 100_000)
        let failure = try #require(try await TencentExamples.failure("InternalError", message: message))
        #expect(failure.explanation.hasPrefix("Tencent answered InternalError: first second third "))
        #expect(failure.explanation.count <= 403)
        #expect(!failure.explanation.contains { $0.isNewline })
    }

    @Test("It is cut out before the text is shortened, so that no half of it is left")
    func cutAtTheBound() async throws {
        for padding in 330..<400 {
            let message = String(repeating: "x", count: padding) + Self.key
            let failure = try await TencentExamples.failure("InternalError", message: message)
            #expect(failure?.explanation.contains("example") == false)
        }
    }

    @Test("A token of any length is cut out whole, however often it is repeated", arguments: [900, 4_096, 6_000])
    func longToken(length: Int) async throws {
        let token = String(repeating: "tok", count: length / 3)
        let known = TencentExamples.credentials
        let credentials = TencentCredentials(secretID: known.secretID, secretKey: known.secretKey, token: Secret(token))
        for message in [token, String(repeating: token, count: 9)] {
            let transport = CannedTransport(try TencentExamples.refusal("InternalError", message: message))
            let reader = try TencentExamples.reader(transport, credentials: credentials)
            let answer = await reader.read(app: "1", window: TencentExamples.window, now: TencentExamples.now)
            let failure = try #require(answer.result.failure)
            #expect(!failure.explanation.contains("toktok"))
        }
    }

    @Test("Whatever holds it prints, dumps and reflects without it")
    func printed() throws {
        let reader = try TencentExamples.reader(CannedTransport(""))
        var texts = ["\(reader)", String(reflecting: reader), "\(TencentExamples.credentials)"]
        var dumped = ""
        dump(reader, to: &dumped)
        dump(TencentExamples.credentials, to: &dumped)
        texts.append(dumped)
        for text in texts {
            for secret in [Self.id, Self.key, Self.token] { #expect(!text.contains(secret)) }
        }
        #expect(dumped.contains("<secret>"))
    }

    private func expectNoSecret(in failure: ReadingFailure?) throws {
        let failure = try #require(failure)
        var text = "\(failure) \(failure.explanation) \(failure.advice ?? "")"
        dump(failure, to: &text)
        for secret in [Self.id, Self.key, Self.token] { #expect(!text.contains(secret)) }
    }
}
