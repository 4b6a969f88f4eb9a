import Testing
import Usage

@testable import UsageProviders

extension ReaderUnderTest {
    static func tencentUsage() throws -> ReaderUnderTest {
        let window = try TencentExamples.september(7, 8)
        return try tencent(
            "Tencent app usage",
            TencentProvider.trtcUsage,
            window: window,
            emptyAnswers: [
                TencentExamples.usageAnswer(), TencentExamples.usageAnswer(keys: []),
                TencentExamples.usageAnswer(("2020-09-08 00:00:00", ["0", "0", "0.0", "0", "0", "0"])),
            ],
            answer: TencentExamples.usageAnswer(
                ("2020-09-07 00:00:00", ["0.1", "1", "2.5", "3", "4", "5"]),
                ("2020-09-08 00:00:00", ["10", "0", "0", "0", "0", "0.05"])
            ),
            days: [
                DayUsage(day: window.first, rooms: [RoomUsage("", [6, 60, 150, 180, 240, 300])]),
                DayUsage(day: window.last, rooms: [RoomUsage("", [600, 0, 0, 0, 0, 3])]),
            ]
        )
    }

    static func tencentRoomUsage() throws -> ReaderUnderTest {
        let rooms = [RoomUsage("a", [10, 0, 0, 0, 0, 0]), RoomUsage("b", [1, 2, 3, 4, 5, 6])]
        return try tencent(
            "Tencent room usage",
            TencentProvider.roomUsage,
            window: TencentExamples.window,
            emptyAnswers: [
                try TencentExamples.answer(csv: ""), try TencentExamples.answer(csv: TencentExamples.header),
                try TencentExamples.answer(csv: "RoomId,Audio,SD,hd,FullHD,2K,4K"),
            ],
            answer: try TencentExamples.answer(csv: "\(TencentExamples.header)b,1,2,3,4,5,6\na,10,0,0,0,0,0\n"),
            days: [DayUsage(day: TencentExamples.window.first, rooms: rooms)]
        )
    }

    static func tencentInteractiveTime() throws -> ReaderUnderTest {
        let (window, source) = (try TencentExamples.september(7, 9), TencentProvider.interactiveTime)
        let id = "\"\(TencentExamples.app)\""
        return try tencent(
            "Tencent interactive time",
            source,
            window: window,
            emptyAnswers: [
                TencentExamples.interactiveAnswer(), TencentExamples.interactiveAnswer((id: id, rows: [])),
                TencentExamples.interactiveAnswer(
                    (id: id, rows: [TencentExamples.row("2020-09-09", [0, 0, 0, 0, 0])])
                ),
            ],
            answer: TencentExamples.interactiveAnswer(
                (
                    id: id,
                    rows: [
                        TencentExamples.row("2020-09-09", [1, 2, 3, 4, 5]),
                        TencentExamples.row("2020-09-07", [10, 0, 0, 0, 0]),
                    ]
                )
            ),
            days: [
                DayUsage(day: window.first, total: TierSeconds(source, [10, 0, 0, 0, 0])),
                DayUsage(day: window.first.next, rooms: []),
                DayUsage(day: window.last, total: TierSeconds(source, [1, 2, 3, 4, 5])),
            ]
        )
    }

    /// What is the same for all of Tencent's sources.
    private static func tencent(
        _ description: String,
        _ source: UsageSource,
        window: UsageWindow,
        emptyAnswers: [String],
        answer: String,
        days: [DayUsage]
    ) throws -> ReaderUnderTest {
        @Sendable func refusal(_ code: String, _ reason: ReadingFailure.Reason, message: String = "no") throws
            -> Refusal
        {
            let body = try TencentExamples.refusal(code, message: message)
            return Refusal(response: ProviderResponse(status: 200, body: Array(body.utf8)), reason: reason)
        }
        let credentials = TencentExamples.credentials
        return ReaderUnderTest(
            testDescription: description,
            app: TencentExamples.app,
            window: window,
            reader: { transport in try TencentExamples.reader(transport, of: source) },
            secrets: [credentials.secretID, credentials.secretKey, credentials.token].compactMap { $0?.reveal() },
            emptyAnswers: emptyAnswers,
            answer: answer,
            days: days,
            unknownApp: try refusal("FailedOperation.SdkAppIdNotExist", .rejected),
            throttled: try refusal("RequestLimitExceeded", .throttled),
            unauthorized: { try refusal("AuthFailure.SignatureFailure", .unauthorized, message: $0) },
            outOfOrder: try refusal("InternalError", .unavailable)
        )
    }
}
