import Testing
import Usage

@testable import UsageProviders

@Suite("The key of a Volcengine account")
struct VolcengineSecrecyTests {
    private static let secrets = [
        VolcengineExamples.credentials.accessKey.reveal(), VolcengineExamples.credentials.secretKey.reveal(),
        VolcengineExamples.credentials.token?.reveal() ?? "",
    ]

    @Test(
        "A server that repeats it does not bring it into any text of ours",
        arguments: [
            secrets.joined(separator: " and "), secrets.joined(), secrets.joined(separator: "\n"),
            "\(secrets[0])/20231114/cn-north-1/rtc/request",
        ]
    )
    func echoed(_ echo: String) async throws {
        for code in ["SignatureDoesNotMatch", "InternalError", "NeverHeardOf", Self.secrets[1]] {
            for status in [200, 401] {
                try expectNoSecret(in: try await VolcengineExamples.failure(code, message: echo, status: status))
            }
        }
        for failure in [TransportFailure.unreachable(echo), .garbled(echo)] {
            try expectNoSecret(in: try await VolcengineExamples.read(CannedTransport(.failure(failure))).failure)
        }
        for status in [200, 302, 401, 429, 500] {
            let transport = CannedTransport(status: status, retryAfter: echo, echo)
            try expectNoSecret(in: try await VolcengineExamples.read(transport).failure)
        }
    }

    @Test("A server that repeats it in place of fields does not bring it into any text of ours")
    func echoedAsFields() async throws {
        let key = Self.secrets[1]
        for body in [
            #"{"\#(key)":1}"#, #"{"ResponseMetadata":"\#(key)"}"#, VolcengineExamples.answer(result: #""\#(key)""#),
            VolcengineExamples.answer(rows: [#"{"TimeStamp":"\#(key)"}"#]),
            VolcengineExamples.answer(rows: [#"{"TimeStamp":"2023-11-14T00:00:00Z","Audio":"\#(key)"}"#]),
        ] {
            try expectNoSecret(in: try await VolcengineExamples.read(CannedTransport(body)).failure)
        }
    }

    @Test("Whatever holds it prints, dumps and reflects without it")
    func printed() throws {
        let account = try VolcengineExamples.account(CannedTransport(""))
        let reader = try VolcengineExamples.reader(CannedTransport(""))
        let lister = try #require(account.lister)
        let holders: [Any] = [account, reader, lister, VolcengineExamples.credentials]
        for holder in holders {
            var text = "\(holder) \(String(reflecting: holder))"
            dump(holder, to: &text)
            for secret in Self.secrets { #expect(!text.contains(secret)) }
        }
        var dumped = ""
        dump(VolcengineExamples.credentials, to: &dumped)
        #expect(dumped.contains("<secret>"))
    }

    private func expectNoSecret(in failure: ReadingFailure?) throws {
        let failure = try #require(failure)
        var text = "\(failure) \(failure.explanation) \(failure.advice ?? "")"
        dump(failure, to: &text)
        for secret in Self.secrets { #expect(!text.contains(secret)) }
    }
}
