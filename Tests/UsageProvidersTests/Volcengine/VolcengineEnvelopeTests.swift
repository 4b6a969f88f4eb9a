import Testing
import Usage

@testable import UsageProviders

@Suite("The envelope of Volcengine's answers")
struct VolcengineEnvelopeTests {
    @Test(
        "What is not an envelope is malformed",
        arguments: [
            "", " ", "x", "<html></html>", "null", "5", #""text""#, "[]", "{", "{}", #"{"Result":{"Usages":[]}}"#,
            #"{"ResponseMetadata":null}"#, #"{"ResponseMetadata":5}"#, #"{"responsemetadata":{}}"#,
            #"{"ResponseMetadata":{}"#, #"{"ResponseMetadata":{}}x"#, #"{"ResponseMetadata":{"Error":5}}"#,
            #"{"ResponseMetadata":{"Error":"no"}}"#, #"{"ResponseMetadata":{"Error":{"Code":5}}}"#,
            #"{"ResponseMetadata":{},"Result":5}"#, #"{"ResponseMetadata":{},"Result":[]}"#,
            #"{"ResponseMetadata":{},"Result":{"Usages":{}}}"#, #"{"ResponseMetadata":{},"Result":{"Usages":[5]}}"#,
            #"{"ResponseMetadata":{},"Result":{"Usages":[null]}}"#,
        ]
    )
    func malformed(_ body: String) async throws {
        let failure = try await VolcengineExamples.read(CannedTransport(body)).failure
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation.hasPrefix("The answer is not what Volcengine documents: ") == true)
    }

    @Test(
        "What nobody asked for is passed over, and so are errors that are empty",
        arguments: [
            #"{"ResponseMetadata":{}}"#, #"{"ResponseMetadata":{},"Result":null}"#,
            #"{"ResponseMetadata":{"Version":5,"Action":[],"New":1},"Result":{"Usages":[],"Total":7},"Extra":1}"#,
            #"{"ResponseMetadata":{"Error":null},"Result":{}}"#, #"{"ResponseMetadata":{"Error":{}},"Result":{}}"#,
            #"{"ResponseMetadata":{"Error":{"Code":"","Message":"","CodeN":0}},"Result":{}}"#,
            #"{"ResponseMetadata":{"Error":{"Code":null}},"Result":{}}"#,
        ]
    )
    func passedOver(_ body: String) async throws {
        #expect(try await VolcengineExamples.read(CannedTransport(body)).get().total.isZero)
    }

    @Test(
        "An error counts with HTTP status 200 and a result beside it, whatever that is",
        arguments: ["null", "5", "{}"]
    )
    func errorBesideResult(_ result: String) async throws {
        let body = #"{"ResponseMetadata":{"Error":{"Code":"InternalError","Message":"why"}},"Result":\#(result)}"#
        let failure = try await VolcengineExamples.read(CannedTransport(body)).failure
        #expect(failure?.reason == .unavailable)
        #expect(failure?.explanation == "Volcengine answered InternalError: why")
    }

    @Test(
        "An error without a code is no answer that there was no usage",
        arguments: [#"{"Message":"why"}"#, #"{"Code":"","Message":"why"}"#, #"{"CodeN":100014}"#]
    )
    func withoutCode(_ error: String) async throws {
        let body = #"{"ResponseMetadata":{"Error":\#(error)},"Result":null}"#
        for (status, reason) in [(200, ReadingFailure.Reason.rejected), (500, .unavailable)] {
            let failure = try await VolcengineExamples.read(CannedTransport(status: status, body)).failure
            #expect(failure?.reason == reason)
            #expect(failure?.explanation.hasPrefix("Volcengine answered an error without a code: ") == true)
        }
    }

    @Test("The number of an error may be a number, a text or missing, and so may its message")
    func codeNumber() async throws {
        for number in ["100004", #""100004""#, "null", "4294967296", "{}"] {
            let body = try VolcengineExamples.refusal("InvalidAccessKey", number: number)
            #expect(try await VolcengineExamples.read(CannedTransport(body)).failure?.cause == .wrongKey)
        }
        let body = #"{"ResponseMetadata":{"Error":{"Code":"InvalidAccessKey"}}}"#
        #expect(try await VolcengineExamples.read(CannedTransport(status: 401, body)).failure?.cause == .wrongKey)
    }

    @Test(
        "An answer with another HTTP status and no error is told by its status",
        arguments: [
            (204, .rejected), (301, .rejected), (400, .rejected), (401, .unauthorized), (403, .unauthorized),
            (404, .rejected), (408, .unavailable), (429, .throttled), (500, .unavailable), (502, .unavailable),
            (503, .unavailable), (504, .unavailable),
        ] as [(Int, ReadingFailure.Reason)]
    )
    func status(_ status: Int, reason: ReadingFailure.Reason) async throws {
        let bodies = [
            "", "<html>gateway</html>", VolcengineExamples.answer(rows: []),
            #"{"ResponseMetadata":{"Error":{"Code":""}}}"#,
        ]
        for body in bodies {
            let failure = try await VolcengineExamples.read(CannedTransport(status: status, body)).failure
            #expect(failure?.reason == reason)
            #expect(failure?.explanation.contains("\(status)") == true)
        }
    }

    @Test("A wait that the server asks for is told with a code and without one")
    func retryAfter() async throws {
        for body in ["busy", try VolcengineExamples.refusal("FlowLimitExceeded")] {
            let transport = CannedTransport(status: 429, retryAfter: "120", body)
            #expect(try await VolcengineExamples.read(transport).failure?.retryAfter == .seconds(120))
        }
    }

    @Test("Bytes that are not UTF-8 cost nobody a figure")
    func invalidUTF8() async throws {
        let midnight = VolcengineExamples.midnight(VolcengineExamples.today.previous)
        let answer = VolcengineExamples.answer(rows: [#"{"TimeStamp":"\#(midnight)","Audio":1,"Note":"a?b"}"#])
        let parts = answer.split(separator: "?").map { Array($0.utf8) }
        let response = ProviderResponse(status: 200, body: parts[0] + [0xFF] + parts[1])
        #expect(try await VolcengineExamples.read(CannedTransport(.success(response))).get().total.total == 60)
    }

    @Test("A clock that explains the refusal of a signature has mended it, since the next call goes by the provider's")
    func clock() async throws {
        let body = try VolcengineExamples.refusal("InvalidTimestamp")
        for (date, isMended) in [("Tue, 14 Nov 2023 23:13:20 GMT", true), ("Tue, 14 Nov 2023 22:13:25 GMT", false)] {
            let transport = CannedTransport(status: 400, date: date, body)
            let failure = try #require(try await VolcengineExamples.read(transport).failure)
            #expect(failure.cause == .clockOff)
            #expect(failure.isMended == isMended)
        }
    }
}
