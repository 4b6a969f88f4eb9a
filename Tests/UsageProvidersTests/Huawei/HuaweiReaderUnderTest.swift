import Testing
import Usage

@testable import UsageProviders

extension ReaderUnderTest {
    static func huaweiHistoryUsage() throws -> ReaderUnderTest {
        @Sendable func refusal(_ status: Int, _ code: String, _ reason: ReadingFailure.Reason, _ message: String = "no")
            -> Refusal
        {
            let body = HuaweiExamples.refusal(code, message: message)
            return Refusal(response: ProviderResponse(status: status, body: Array(body.utf8)), reason: reason)
        }
        let today = HuaweiExamples.today
        let days = [
            DayUsage(day: today.previous, total: TierSeconds([.audio: 4, .sd: 1, .hd: 2, .fhd: 3])),
            DayUsage(day: today, total: TierSeconds([.audio: 5])),
        ]
        return ReaderUnderTest(
            testDescription: "Huawei history usage",
            app: HuaweiExamples.app,
            // With the running day there is no day more to ask for.
            window: try #require(UsageWindow(first: today.previous, last: today, through: HuaweiExamples.now)),
            reader: { transport in
                let account = try HuaweiExamples.account(transport, keys: HuaweiExamples.temporaryKeys)
                return try #require(account.reader(for: HuaweiProvider.historyUsage))
            },
            secrets: [HuaweiExamples.accessKey, HuaweiExamples.secretKey, HuaweiExamples.securityToken],
            emptyAnswers: [HuaweiExamples.noUsage, "{}", #"{"usage":null}"#],
            answer: """
                {"usage":[{"date":"2023-11-14","audio":5,"video_sd":0,"video_hd":0,"video_hdp":0,"total_duration":5},
                {"date":"2023-11-13","audio":4,"video_sd":1,"video_hd":2,"video_hdp":3,"total_duration":10}]}
                """,
            days: days,
            unknownApp: refusal(400, "DATA.100011001", .rejected, "The app does not exist"),
            throttled: refusal(429, "APIGW.0308", .throttled),
            unauthorized: { refusal(401, "APIGW.0301", .unauthorized, $0) },
            outOfOrder: refusal(500, "APIGW.0601", .unavailable)
        )
    }
}
