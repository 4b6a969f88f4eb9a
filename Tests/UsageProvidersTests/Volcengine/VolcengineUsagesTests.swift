import Testing
import Usage

@testable import UsageProviders

@Suite("The rows of ListUsages")
struct VolcengineUsagesTests {
    private static let running = VolcengineExamples.today
    private static let yesterday = running.previous
    private static let midnight = VolcengineExamples.midnight(yesterday)
    /// The ten days up to yesterday, of which all but yesterday are settled.
    private static let tenDays = UsageWindow(first: running.advanced(by: -10), last: yesterday)

    @Test("The documented answer is read in seconds, each field in its tier")
    func documented() async throws {
        let first = try #require(UsageDay(year: 2021, month: 7, day: 24, zone: .beijing))
        let rows = ["2021-07-24T00:00:00+08:00", "2021-07-25T00:00:00+08:00"].map {
            VolcengineExamples.row($0, audio: 12_345, sdm: 123_456, sd: 11_111, hd: 12_321)
        }
        let window = try #require(UsageWindow(first: first, last: first.next))
        let transport = CannedTransport(VolcengineExamples.answer(rows: rows))
        let reading = try await VolcengineExamples.read(transport, window: window).get()
        let seconds = TierSeconds([.audio: 740_700, .sd: 7_407_360, .hd: 666_660, .fhd: 739_260])
        #expect(reading.days == [first, first.next].map { DayUsage(day: $0, total: seconds) })
        #expect(reading.days.allSatisfy { $0.rooms.map(\.room) == [.empty] })
        #expect(reading.anomalies.isEmpty)
    }

    @Test("Days come in any order, and of each the reading tells once")
    func order() async throws {
        let days = [3, 1, 2].map { Self.running.advanced(by: -$0) }
        let rows = days.map {
            VolcengineExamples.row(VolcengineExamples.midnight($0), audio: Self.running.number - $0.number)
        }
        let transport = CannedTransport(VolcengineExamples.answer(rows: rows))
        let window = try #require(UsageWindow(first: Self.running.advanced(by: -3), last: Self.yesterday))
        let reading = try await VolcengineExamples.read(transport, window: window).get()
        #expect(reading.days.map(\.day) == days.sorted())
        #expect(reading.days.map(\.total.total) == [180, 120, 60])
    }

    @Test("Silence about a day means nothing before it is settled, and no usage afterwards")
    func silence() async throws {
        let window = try #require(Self.tenDays)
        for result in ["null", "{}", #"{"Usages":null}"#, #"{"Usages":[]}"#] {
            let transport = CannedTransport(VolcengineExamples.answer(result: result))
            let reading = try await VolcengineExamples.read(transport, window: window).get()
            #expect(reading.days.map(\.day) == (2...10).reversed().map { Self.running.advanced(by: -$0) })
            #expect(reading.total.isZero)
        }
        let settled = VolcengineExamples.source.settleTime(of: Self.yesterday)
        let transport = CannedTransport(VolcengineExamples.answer(result: "null"))
        #expect(try await VolcengineExamples.read(transport, window: window, now: settled).get().days.count == 10)
    }

    @Test("A day that is listed with nothing but zeros is known to have had no usage")
    func zeros() async throws {
        let reading = try await VolcengineExamples.read(rows: VolcengineExamples.row(Self.midnight)).get()
        #expect(reading.days == [DayUsage(day: Self.yesterday, rooms: [])])
    }

    @Test("The running day is told as far as it goes")
    func runningDay() async throws {
        let window = try #require(UsageWindow(day: Self.running, through: VolcengineExamples.now))
        let row = VolcengineExamples.row(VolcengineExamples.midnight(Self.running), audio: 7)
        #expect(try await VolcengineExamples.read(rows: row, window: window).get().total.total == 420)
        #expect(try await VolcengineExamples.read(window: window).get().days.isEmpty)
    }

    @Test(
        "A time of any offset, at midnight or not, belongs to the day of the source's zone that it falls into",
        arguments: [
            "2023-11-14T00:00:00+08:00", "2023-11-13T16:00:00Z", "2023-11-13T16:00:00.000Z",
            "2023-11-14T23:59:59+08:00",
            "2023-11-14T00:00:00Z", "2023-11-14T08:00:00+08:00", "2023-11-13T11:00:00-05:00",
        ]
    )
    func times(_ time: String) async throws {
        let reading = try await VolcengineExamples.read(rows: VolcengineExamples.row(time, audio: 1)).get()
        #expect(reading.days == [DayUsage(day: Self.yesterday, total: TierSeconds([.audio: 60]))])
        #expect(reading.anomalies.isEmpty)
    }

    @Test("A zone that the user corrected is the zone of the days")
    func correctedZone() async throws {
        var source = VolcengineExamples.source
        source.zone = .utc
        let day = UsageDay(number: Self.yesterday.number, zone: .utc)
        let row = VolcengineExamples.row("2023-11-15T00:00:00+08:00", audio: 1)
        let reader = try VolcengineExamples.reader(
            CannedTransport(VolcengineExamples.answer(rows: [row])),
            source: source
        )
        let answer = await reader.read(app: "a", window: UsageWindow(day: day), now: VolcengineExamples.now)
        #expect(try answer.result.get().days == [DayUsage(day: day, total: TierSeconds([.audio: 60]))])
    }

    @Test("A day that is told again counts once, and one of which two figures are told fails the answer")
    func duplicates() async throws {
        let reading = try await VolcengineExamples.read(
            rows: VolcengineExamples.row(Self.midnight, audio: 1, hd: 2),
            VolcengineExamples.row("2023-11-14T12:00:00+08:00", audio: 1, hd: 2)
        ).get()
        #expect(reading.total == TierSeconds([.audio: 60, .fhd: 120]))
        #expect(reading.anomalies == [.duplicateDay: 1])
        let failure = try await VolcengineExamples.read(
            rows: VolcengineExamples.row(Self.midnight, audio: 1),
            VolcengineExamples.row(Self.midnight, audio: 2)
        ).failure
        #expect(failure?.reason == .malformed)
    }

    @Test("A row about a time that was not asked for is left out and told of")
    func outside() async throws {
        let reading = try await VolcengineExamples.read(
            rows: VolcengineExamples.row(Self.midnight, audio: 1),
            VolcengineExamples.row(VolcengineExamples.midnight(Self.running), audio: 10),
            VolcengineExamples.row("2023-11-13T23:59:59+08:00", audio: 100),
            #"{"TimeStamp":"2001-01-01T00:00:00Z","Video8K":5,"Audio":0.001}"#
        ).get()
        #expect(reading.total == TierSeconds([.audio: 60]))
        #expect(reading.anomalies == [.outsideWindow: 3])
    }

    @Test(
        "Usage in a tier that is not known is told of and counted nowhere",
        arguments: [
            (#""Video2K":5"#, 1), (#""Video2K":5,"Video4K":0.5"#, 2), (#""VideoHDP":0"#, 0), (#""Video2K":null"#, 0),
            (#""Video2K":"5""#, 0), (#""VideoCodec":"H264""#, 0), (#""Total":99"#, 0), (#""Video2K":-1"#, 0),
        ]
    )
    func unknownTiers(fields: String, count: Int) async throws {
        let row = #"{"TimeStamp":"\#(Self.midnight)","Audio":1,\#(fields)}"#
        let reading = try await VolcengineExamples.read(rows: row).get()
        #expect(reading.total == TierSeconds([.audio: 60]))
        #expect(reading.anomalies == (count == 0 ? [:] : [.unknownTier: count]))
    }

    @Test(
        "A figure is whole minutes however it is written, 0 when it is missing, and rounded to seconds",
        arguments: [
            (#""Audio":12"#, 720, false), (#""Audio":12.0"#, 720, false), (#""Audio":1.2e1"#, 720, false),
            (#""Audio":0"#, 0, false), (#""Audio":-0"#, 0, false), (#""Audio":null"#, 0, false),
            (#""VideoHD":0"#, 0, false),
            (#""Audio":12.5"#, 750, false), (#""Audio":1.55"#, 93, false), (#""Audio":0.333"#, 20, true),
            (#""Audio":0.001"#, 0, true), (#""Audio":16666666666"#, 999_999_999_960, false),
        ]
    )
    func figures(field: String, seconds: Int, isRounded: Bool) async throws {
        let row = #"{"TimeStamp":"\#(Self.midnight)",\#(field)}"#
        let reading = try await VolcengineExamples.read(rows: row).get()
        #expect(reading.total == TierSeconds([.audio: seconds]))
        #expect(reading.anomalies == (isRounded ? [.fraction: 1] : [:]))
    }

    @Test(
        "A figure that cannot be makes the answer malformed",
        arguments: [
            "-1", "-0.001", #""12""#, "true", "[1]", "{}", "16666666667", "9223372036854775807",
            "99999999999999999999999999", "1e300", "1e400", "NaN", "Infinity",
        ]
    )
    func impossible(_ figure: String) async throws {
        for name in ["Audio", "VideoSDM", "VideoSD", "VideoHD"] {
            let rows = [
                VolcengineExamples.row(Self.midnight), #"{"TimeStamp":"\#(Self.midnight)","\#(name)":\#(figure)}"#,
            ]
            let failure = try await VolcengineExamples.read(CannedTransport(VolcengineExamples.answer(rows: rows)))
                .failure
            #expect(failure?.reason == .malformed, "\(name)")
            #expect(failure?.explanation.contains("answer") == true)
        }
    }

    @Test(
        "A row without a time that can be read makes the answer malformed",
        arguments: [
            #""Audio":1"#, #""TimeStamp":null"#, #""TimeStamp":"""#, #""TimeStamp":1627056000"#,
            #""TimeStamp":"2023-11-14""#, #""TimeStamp":"2023-11-14T00:00:00""#, #""timestamp":"2023-11-14T00:00:00Z""#,
        ]
    )
    func noTime(_ field: String) async throws {
        let failure = try await VolcengineExamples.read(rows: VolcengineExamples.row(Self.midnight), "{\(field)}")
            .failure
        #expect(failure?.reason == .malformed)
    }

    @Test(
        "What is wrong is told by its place",
        arguments: [
            (#"{"TimeStamp":"soon"}"#, "Row 2 of the answer has no usable TimeStamp."),
            (#"{"TimeStamp":"2023-11-14T00:00:00Z","VideoSD":-5}"#, "Row 2 of the answer has no usable number for hd."),
        ]
    )
    func place(row: String, explanation: String) async throws {
        let failure = try await VolcengineExamples.read(rows: VolcengineExamples.row(Self.midnight), row).failure
        #expect(failure?.explanation == explanation)
    }
}
