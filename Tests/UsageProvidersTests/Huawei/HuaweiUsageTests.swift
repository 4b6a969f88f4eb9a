import Testing
import Usage

@testable import UsageProviders

@Suite("The days of Huawei's usage")
struct HuaweiUsageTests {
    private static let today = HuaweiExamples.today
    private static let closed = UsageWindow(first: today.advanced(by: -4), last: today.advanced(by: -2))
    private static let full =
        #"{"date":"2023-11-13","video_sd":1,"video_hd":2,"video_hdp":3,"audio":4,"total_duration":10}"#

    @Test("A row is a day, and its fields are tiers in seconds")
    func tiers() async throws {
        let reading = try await read(Self.full)
        #expect(reading.days.map(\.day) == [Self.today.previous])
        #expect(reading.total == TierSeconds([.sd: 1, .hd: 2, .fhd: 3, .audio: 4]))
        #expect(reading.anomalies.isEmpty)
    }

    @Test(
        "What a row does not say is 0",
        arguments: [
            (#"{"date":"2023-11-13"}"#, TierSeconds.zero),
            (#"{"date":"2023-11-13","video_sd":null,"audio":null,"total_duration":null}"#, .zero),
            (#"{"date":"2023-11-13","audio":7}"#, TierSeconds([.audio: 7])),
            (#"{"date":"2023-11-13","video_hdp":1.0,"total_duration":1.0,"note":"x"}"#, TierSeconds([.fhd: 1])),
            (#"{"date":"2023-11-13","audio":1000000000000}"#, TierSeconds([.audio: 1_000_000_000_000])),
        ]
    )
    func optional(row: String, total: TierSeconds) async throws {
        let reading = try await read(row)
        #expect(reading.days == [DayUsage(day: Self.today.previous, total: total)])
        #expect(reading.anomalies.isEmpty)
    }

    @Test(
        "A row that cannot be understood spoils the answer",
        arguments: [
            "null", "5", "[]", "{}", #"{"audio":1}"#, #"{"date":null}"#, #"{"date":20231113}"#, #"{"date":""}"#,
            #"{"date":"2023-11-31"}"#, #"{"date":"2023-13-01"}"#, #"{"date":"2023-1-1"}"#, #"{"date":"20231113"}"#,
            #"{"date":"2023-11-13T00:00:00Z"}"#, #"{"date":" 2023-11-13"}"#, #"{"date":"２０２３-11-13"}"#,
            #"{"date":"2023-11-13","audio":"1"}"#, #"{"date":"2023-11-13","audio":-1}"#,
            #"{"date":"2023-11-13","audio":true}"#,
            #"{"date":"2023-11-13","audio":[1]}"#, #"{"date":"2023-11-13","video_sd":1000000000001}"#,
            #"{"date":"2023-11-13","video_hd":9223372036854775808}"#, #"{"date":"2023-11-13","video_hdp":1e400}"#,
            #"{"date":"2023-11-13","total_duration":"10"}"#, #"{"date":"1999-01-01","audio":-1}"#,
        ]
    )
    func malformed(row: String) async throws {
        for rows in [row, "\(Self.full),\(row)"] {
            let failure = try await HuaweiExamples.reading(#"{"usage":[\#(rows)]}"#).failure
            #expect(failure?.reason == .malformed)
            #expect(failure?.explanation.hasSuffix(".") == true)
        }
    }

    @Test(
        "An answer that is no object, or whose usage is no list, is malformed",
        arguments: ["", "null", "5", "[]", #""usage""#, #"{"usage":{}}"#, #"{"usage":5}"#, #"{"usage":"none"}"#]
    )
    func envelope(body: String) async throws {
        #expect(try await HuaweiExamples.reading(body).failure?.reason == .malformed)
    }

    @Test(
        "Of days that are final silence says that there was no usage",
        arguments: ["{}", #"{"usage":null}"#, #"{"usage":[]}"#]
    )
    func silence(body: String) async throws {
        let window = try #require(UsageWindow(first: Self.today.advanced(by: -3), last: Self.today.previous))
        let reading = try await HuaweiExamples.reading(body, window: window).get()
        #expect(reading.days.map(\.day) == [Self.today.advanced(by: -3), Self.today.advanced(by: -2)])
        #expect(reading.total.isZero)
        #expect(reading.anomalies.isEmpty)
    }

    @Test("The day more that was asked for is used when it is told, and its silence says nothing, though it is final")
    func oneMore() async throws {
        let window = UsageWindow(day: Self.today.advanced(by: -5))
        let silent = try await HuaweiExamples.reading(HuaweiExamples.noUsage, window: window).get()
        #expect(silent.days.map(\.day) == [Self.today.advanced(by: -5)])
        let told = try await HuaweiExamples.reading(
            #"{"usage":[{"date":"2023-11-10","audio":3}]}"#,
            window: window
        ).get()
        #expect(told.days.map(\.day) == [Self.today.advanced(by: -5), Self.today.advanced(by: -4)])
        #expect(told.days.map(\.total.total) == [0, 3])
        #expect(told.window.last == Self.today.advanced(by: -4))
        #expect(told.anomalies.isEmpty)
    }

    @Test("Rows of other days are left out and counted")
    func outside() async throws {
        let other = #"{"date":"2023-11-12","audio":9},{"date":"2023-11-15","audio":9},{"date":"2020-06-04","audio":9}"#
        let reading = try await read("\(other),\(Self.full)")
        #expect(reading.total.total == 10)
        #expect(reading.anomalies == [.outsideWindow: 3])
    }

    @Test("A day that is told again counts once, and one of which two figures are told is malformed")
    func duplicates() async throws {
        let reading = try await read(#"\#(Self.full),\#(Self.full)"#)
        #expect(reading.days.count == 1)
        #expect(reading.total.total == 10)
        #expect(reading.anomalies == [.duplicateDay: 1])
        let rows = #"\#(Self.full),{"date":"2023-11-13","audio":5}"#
        #expect(try await HuaweiExamples.reading(#"{"usage":[\#(rows)]}"#).failure?.reason == .malformed)
    }

    @Test("A figure with a fraction is rounded and counted")
    func fraction() async throws {
        let reading = try await read(#"{"date":"2023-11-13","audio":1.5,"video_sd":2.25,"total_duration":3.75}"#)
        #expect(reading.total == TierSeconds([.audio: 2, .sd: 2]))
        #expect(reading.anomalies == [.fraction: 2])
    }

    @Test("A total that differs from its parts is counted, and the parts are used", arguments: [0, 9, 11, 1_000_000])
    func total(_ total: Int) async throws {
        let row = Self.full.replacing("\"total_duration\":10", with: "\"total_duration\":\(total)")
        let reading = try await read(row)
        #expect(reading.total.total == 10)
        #expect(reading.anomalies == [.totalMismatch: 1])
    }

    @Test("Usage in a tier that is not known is counted and in no figure, and explains the total")
    func unknownTier() async throws {
        let row = #"{"date":"2023-11-13","audio":4,"video_2k":6,"video_4k":0,"video_x":"6","total_duration":10}"#
        let reading = try await read(row)
        #expect(reading.total == TierSeconds([.audio: 4]))
        #expect(reading.anomalies == [.unknownTier: 1])
    }

    @Test("Rows may come in any order")
    func order() async throws {
        let window = try #require(Self.closed)
        let rows = ["2023-11-12", "2023-11-10", "2023-11-11"].map { #"{"date":"\#($0)","audio":\#($0.suffix(2))}"# }
        let reading = try await HuaweiExamples.reading(#"{"usage":[\#(rows.joined(separator: ","))]}"#, window: window)
            .get()
        #expect(reading.days.map(\.total.total) == [10, 11, 12])
    }

    private func read(_ rows: String) async throws -> Reading {
        try await HuaweiExamples.reading(#"{"usage":[\#(rows)]}"#).get()
    }
}
