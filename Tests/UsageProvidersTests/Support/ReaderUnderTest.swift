import Testing
import Usage

@testable import UsageProviders

/// One source as ``ReaderConformanceTests`` sees it: how it is made, and how its provider says what every provider can say.
///
/// A new source joins by standing in ``all``; what only that source does is tested in its own folder.
struct ReaderUnderTest: Sendable, CustomTestStringConvertible {
    /// An answer of the provider, and the outcome that it is to have.
    struct Refusal: Sendable {
        let response: ProviderResponse
        let reason: ReadingFailure.Reason
    }

    let testDescription: String
    /// An app id of the provider's form.
    let app: String
    /// What to ask for.
    let window: UsageWindow
    /// Makes a reader with credentials that hold each of ``secrets``.
    let reader: @Sendable (any ProviderTransport) throws -> any UsageReader
    /// All that must never be seen.
    let secrets: [String]
    /// Each way in which the provider may say that there was no usage.
    let emptyAnswers: [String]
    /// An answer with usage.
    let answer: String
    /// What that answer says.
    let rooms: [RoomUsage]
    /// The answer that the app is not known.
    let unknownApp: Refusal
    /// The answer that there were too many calls.
    let throttled: Refusal
    /// The answer that the key is not good, in words of the caller.
    let unauthorized: @Sendable (String) throws -> Refusal
    /// The answer that the provider is out of order.
    let outOfOrder: Refusal

    /// Every source there is.
    static func all() throws -> [ReaderUnderTest] { [try tencentRoomUsage()] }
}

extension ReaderUnderTest {
    static func tencentRoomUsage() throws -> ReaderUnderTest {
        @Sendable func refusal(_ code: String, _ reason: ReadingFailure.Reason, message: String = "no") throws
            -> Refusal
        {
            let body = try TencentExamples.refusal(code, message: message)
            return Refusal(response: ProviderResponse(status: 200, body: Array(body.utf8)), reason: reason)
        }
        let credentials = TencentExamples.credentials
        return ReaderUnderTest(
            testDescription: "Tencent room usage",
            app: TencentExamples.app,
            window: TencentExamples.window,
            reader: { transport in try TencentExamples.reader(transport) },
            secrets: [credentials.secretID, credentials.secretKey, credentials.token].compactMap { $0?.reveal() },
            emptyAnswers: [
                try TencentExamples.answer(csv: ""), try TencentExamples.answer(csv: TencentExamples.header),
                try TencentExamples.answer(csv: "RoomId,Audio,SD,hd,FullHD,2K,4K"),
            ],
            answer: try TencentExamples.answer(csv: "\(TencentExamples.header)b,1,2,3,4,5,6\na,10,0,0,0,0,0\n"),
            rooms: [RoomUsage("a", [10, 0, 0, 0, 0, 0]), RoomUsage("b", [1, 2, 3, 4, 5, 6])],
            unknownApp: try refusal("FailedOperation.SdkAppIdNotExist", .rejected),
            throttled: try refusal("RequestLimitExceeded", .throttled),
            unauthorized: { try refusal("AuthFailure.SignatureFailure", .unauthorized, message: $0) },
            outOfOrder: try refusal("InternalError", .unavailable)
        )
    }
}
