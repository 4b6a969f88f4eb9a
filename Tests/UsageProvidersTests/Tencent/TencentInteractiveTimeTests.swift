import Testing
import Usage

@testable import UsageProviders

@Suite("An answer of DescribeTrtcInteractiveTime")
struct TencentInteractiveTimeTests {
    private static let source = TencentProvider.interactiveTime
    private static let own = "\"\(TencentExamples.app)\""

    /// The figures of the provider's sample of two days.
    @Test("Days are read as documented")
    func days() async throws {
        let rows = [
            TencentExamples.row("2020-09-07", [8_435_963, 3_633_229, 7_266_458, 10_899_687, 0]),
            TencentExamples.row("2020-09-08", [30_690, 8_896, 17_792, 26_688, 0]),
        ]
        let reading = try await read(TencentExamples.interactiveAnswer((id: Self.own, rows: rows))).get()
        #expect(
            reading.days.map(\.total) == [
                TierSeconds([.audio: 8_435_963, .sd: 3_633_229, .hd: 7_266_458, .fhd: 10_899_687]),
                TierSeconds([.audio: 30_690, .sd: 8_896, .hd: 17_792, .fhd: 26_688]),
            ]
        )
        #expect(reading.anomalies.isEmpty)
    }

    /// The figures of the provider's sample of one day, the row of the day before included.
    @Test("Five minutes are read as documented, and a row of another day is left out")
    func fiveMinutes() async throws {
        let rows = [
            TencentExamples.row("2020-09-07 09:50:00", [0, 0, 0, 0, 14_706_996]),
            TencentExamples.row("2020-09-08 09:55:00", [0, 0, 0, 0, 56_820]),
        ]
        let window = try TencentExamples.september(8, 8)
        let reading = try await read(TencentExamples.interactiveAnswer((id: Self.own, rows: rows)), window: window)
            .get()
        let seconds = TierSeconds([.mixed: 56_820])
        // Labelled by its end, for all that is known.
        let interval = IntervalUsage(start: window.start + .seconds(9 * 3600 + 50 * 60), seconds: seconds)
        #expect(reading.days == [DayUsage(day: window.first, total: seconds, intervals: [interval])])
        #expect(reading.anomalies == [.outsideWindow: 1])
    }

    /// The first rows of the provider's sample of a whole day.
    @Test("A day is divided as documented, by rows in several parts too")
    func divided() async throws {
        let rows = [("00:05:00", 512_916), ("00:10:00", 523_098), ("00:15:00", 512_861)].map { time, seconds in
            TencentExamples.row("2020-09-08 \(time)", [0, 0, 0, 0, seconds])
        }
        let window = try TencentExamples.september(8, 8, endHour: 1)
        let parts = TencentExamples.interactiveAnswer(
            (id: Self.own, rows: [rows[2], rows[0]]),
            (id: "\"total\"", rows: [TencentExamples.row("2020-09-08 00:00:00", [1, 1, 1, 1, 1])]),
            (id: Self.own, rows: [rows[1]])
        )
        for body in [TencentExamples.interactiveAnswer((id: Self.own, rows: rows)), parts] {
            let reading = try await read(body, window: window).get()
            let intervals = try #require(reading.days.first?.intervals)
            #expect(intervals.map { $0.start - window.start } == [.zero, .seconds(300), .seconds(600)])
            #expect(intervals.map { $0.seconds[.mixed] } == [512_916, 523_098, 512_861])
        }
    }

    @Test("The app's id is text or a number", arguments: [own, TencentExamples.app, #""01400017192""#])
    func ownID(_ id: String) async throws {
        let rows = [TencentExamples.row("2020-09-07", [1, 2, 3, 4, 5])]
        let reading = try await read(TencentExamples.interactiveAnswer((id: id, rows: rows))).get()
        #expect(reading.total == TierSeconds(Self.source, [1, 2, 3, 4, 5]))
        #expect(reading.anomalies.isEmpty)
    }

    @Test("The app may come in several parts, and other apps and the sum of all are left out")
    func severalParts() async throws {
        let body = TencentExamples.interactiveAnswer(
            (id: "\"total\"", rows: [TencentExamples.row("2020-09-07", [100, 100, 100, 100, 100])]),
            (id: Self.own, rows: [TencentExamples.row("2020-09-07", [1, 0, 0, 0, 0])]),
            (id: "1400017193", rows: [TencentExamples.row("2020-09-08", [100, 0, 0, 0, 0])]),
            (id: Self.own, rows: [TencentExamples.row("2020-09-08", [0, 1, 0, 0, 0])]),
            (id: Self.own, rows: [TencentExamples.row("2020-09-08", [0, 1, 0, 0, 0])])
        )
        let reading = try await read(body).get()
        #expect(reading.days.map(\.total) == [TierSeconds([.audio: 1]), TierSeconds([.sd: 1])])
        #expect(reading.anomalies == [.otherApp: 2, .duplicateDay: 1])
    }

    @Test("An answer with the usage of others only does not say that the app had none")
    func othersOnly() async throws {
        let rows = [TencentExamples.row("2020-09-07", [1, 0, 0, 0, 0])]
        for id in ["\"total\"", "1400017193", "\"\"", "\"\(TencentExamples.app)0\"", "\" \(TencentExamples.app)\""] {
            let failure = try await read(TencentExamples.interactiveAnswer((id: id, rows: rows))).failure
            #expect(failure?.reason == .malformed)
            #expect(failure?.explanation == "The answer is about other apps only.")
        }
        let reading = try await read(TencentExamples.interactiveAnswer((id: "\"total\"", rows: []))).get()
        #expect(reading.total.isZero)
        #expect(reading.anomalies == [.otherApp: 1])
    }

    @Test("The figure of accounts without tiers may be missing", arguments: ["", #""AudioVideoTime":null,"#])
    func mixedIsOptional(field: String) async throws {
        let row = """
            {\(field)"TimeKey":"2020-09-07","AudioTime":1,"VideoTimeSd":2,"VideoTimeHd":3,"VideoTimeHdp":4,"New":[5]}
            """
        let reading = try await read(TencentExamples.interactiveAnswer((id: Self.own, rows: [row]))).get()
        #expect(reading.total == TierSeconds(Self.source, [1, 2, 3, 4, 0]))
    }

    @Test(
        "A figure that is missing or none is malformed",
        arguments: ["AudioTime", "VideoTimeSd", "VideoTimeHd", "VideoTimeHdp", "AudioVideoTime"]
    )
    func figure(_ name: String) async throws {
        let good = TencentExamples.row("2020-09-07", [1, 1, 1, 1, 1])
        let field = "\"\(name)\":1"
        #expect(good.contains(field))
        let broken = ["-1", "1e300", "99999999999999999999", "1000000000001", #""1""#, "true", "[1]", "{}"]
        for value in broken {
            let row = good.replacing(field, with: "\"\(name)\":\(value)")
            let failure = try await read(TencentExamples.interactiveAnswer((id: Self.own, rows: [row]))).failure
            #expect(failure?.reason == .malformed, "\(value)")
        }
        guard name != "AudioVideoTime" else { return }
        for row in [good.replacing("\(field),", with: ""), good.replacing(field, with: "\"\(name)\":null")] {
            let failure = try await read(TencentExamples.interactiveAnswer((id: Self.own, rows: [row]))).failure
            #expect(failure?.reason == .malformed)
            #expect(failure?.explanation.contains(name) == true)
        }
    }

    @Test(
        "What has another form is malformed",
        arguments: [
            "{}", #"{"Usages":null}"#, #"{"Usages":{}}"#, #"{"Usages":[null]}"#, #"{"Usages":[{}]}"#,
            #"{"Usages":[{"SdkAppId":"1400017192"}]}"#,
            #"{"Usages":[{"SdkAppId":"1400017192","SdkAppIdTrtcTimeUsages":null}]}"#,
            #"{"Usages":[{"SdkAppId":"1400017192","SdkAppIdTrtcTimeUsages":[null]}]}"#,
            #"{"Usages":[{"SdkAppId":"1400017192","SdkAppIdTrtcTimeUsages":[{}]}]}"#,
            #"{"Usages":[{"SdkAppIdTrtcTimeUsages":[]}]}"#,
            #"{"Usages":[{"SdkAppId":null,"SdkAppIdTrtcTimeUsages":[]}]}"#,
            #"{"Usages":[{"SdkAppId":true,"SdkAppIdTrtcTimeUsages":[]}]}"#,
            #"{"Usages":[{"SdkAppId":1.5,"SdkAppIdTrtcTimeUsages":[]}]}"#,
        ]
    )
    func malformed(_ payload: String) async throws {
        #expect(try await read(#"{"Response":\#(payload)}"#).failure?.reason == .malformed)
    }

    private func read(_ body: String, window: UsageWindow? = nil) async throws -> Result<Reading, ReadingFailure> {
        try await TencentExamples.read(Self.source, body, window: try window ?? TencentExamples.september(7, 8))
    }
}
