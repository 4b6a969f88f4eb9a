import Usage

@testable import UsageProviders

extension ReaderUnderTest {
    static func volcengineListUsages() throws -> ReaderUnderTest {
        @Sendable func refusal(_ code: String, _ status: Int, _ reason: ReadingFailure.Reason, message: String = "no")
            throws -> Refusal
        {
            let body = try VolcengineExamples.refusal(code, message: message)
            return Refusal(response: ProviderResponse(status: status, body: Array(body.utf8)), reason: reason)
        }
        let credentials = VolcengineExamples.credentials
        let midnight = VolcengineExamples.midnight(VolcengineExamples.today.previous)
        let usage = TierSeconds([.audio: 60, .sd: 120, .hd: 180, .fhd: 240])
        return ReaderUnderTest(
            testDescription: "Volcengine ListUsages",
            app: VolcengineExamples.app,
            window: VolcengineExamples.window,
            reader: { transport in try VolcengineExamples.reader(transport) },
            secrets: [credentials.accessKey, credentials.secretKey, credentials.token].compactMap { $0?.reveal() },
            emptyAnswers: ["null", "{}", #"{"Usages":null}"#, #"{"Usages":[]}"#].map {
                VolcengineExamples.answer(result: $0)
            } + [VolcengineExamples.answer(rows: [VolcengineExamples.row(midnight)]), #"{"ResponseMetadata":{}}"#],
            answer: VolcengineExamples.answer(rows: [VolcengineExamples.row(midnight, audio: 1, sdm: 2, sd: 3, hd: 4)]),
            days: [DayUsage(day: VolcengineExamples.today.previous, total: usage)],
            unknownApp: try refusal("InvalidParameter.NotExistAppId", 400, .rejected),
            throttled: try refusal("FlowLimitExceeded.QPSOverLimit", 429, .throttled),
            unauthorized: { try refusal("SignatureDoesNotMatch", 401, .unauthorized, message: $0) },
            outOfOrder: try refusal("InternalError.Unknown", 500, .unavailable)
        )
    }
}
