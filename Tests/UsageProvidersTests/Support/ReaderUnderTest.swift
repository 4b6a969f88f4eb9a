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
    /// What that answer says of each day of the window, oldest first.
    let days: [DayUsage]
    /// The answer that the app is not known.
    let unknownApp: Refusal
    /// The answer that there were too many calls.
    let throttled: Refusal
    /// The answer that the key is not good, in words of the caller.
    let unauthorized: @Sendable (String) throws -> Refusal
    /// The answer that the provider is out of order.
    let outOfOrder: Refusal

    /// Every source there is.
    static func all() throws -> [ReaderUnderTest] {
        [
            try tencentUsage(),
            try tencentRoomUsage(),
            try tencentInteractiveTime(),
            try huaweiHistoryUsage(),
            try volcengineListUsages(),
        ]
    }
}
