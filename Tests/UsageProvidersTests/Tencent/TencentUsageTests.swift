import Testing
import Usage

@testable import UsageProviders

@Suite("An answer of DescribeTrtcUsage")
struct TencentUsageTests {
    private static let source = TencentProvider.trtcUsage
    private static let day = "2020-09-08 00:00:00"

    /// The form of the provider's sample, with the fields that not every site sends.
    @Test("It is read as documented")
    func documented() async throws {
        let body = #"""
            {
              "Response": {
                "DeprecatedWarning": "This action may change.",
                "UsageList": [
                  {"TimeKey": "2020-09-08 00:00:00", "TimeStampKey": 1599494400, "UsageValue": [0.5, 0, 120.25, 1, 0, 0]},
                  {"TimeKey": "2020-09-07 00:00:00", "TimeStampKey": null, "UsageValue": [1e2, 0, 0, 0, 2E-1, 7.0]}
                ],
                "UsageKey": ["Audio", "SD", "HD", "FullHD", "2K", "4K"],
                "RequestId": "e75a5c4a-35e6-4fd2-9ac4-b2ea0bcc5b9a"
              }
            }
            """#
        let reading = try await read(body).get()
        #expect(
            reading.days.map(\.total) == [
                TierSeconds(Self.source, [6_000, 0, 0, 0, 12, 420]),
                TierSeconds(Self.source, [30, 0, 7_215, 60, 0, 0]),
            ]
        )
        #expect(reading.anomalies.isEmpty)
    }

    @Test("Five minutes add up to the day, of which a part may be asked for", arguments: [nil, 1, 24])
    func fiveMinutes(endHour: Int?) async throws {
        let body = TencentExamples.usageAnswer(
            ("2020-09-08 00:05:00", ["1", "0", "0", "0", "0", "0.5"]),
            ("2020-09-08 00:00:00", ["0.1", "0", "0", "0", "0", "0"]),
            ("2020-09-08 23:55:00", ["0", "0", "3", "0", "0", "0"]),
            ("2020-09-09 00:00:00", ["0", "0", "4", "0", "0", "0"]),
            ("2020-09-07 23:55:00", ["1000", "0", "0", "0", "0", "0"])
        )
        let window = try TencentExamples.september(8, 8, endHour: endHour)
        let reading = try await read(body, window: window).get()
        #expect(reading.window == window)
        #expect(reading.days == [DayUsage(day: window.first, total: TierSeconds(Self.source, [66, 0, 420, 0, 0, 30]))])
        #expect(reading.anomalies == [.outsideWindow: 1])
    }

    @Test("A day is divided by its rows of five minutes, each rounded to seconds as in the total")
    func intervals() async throws {
        let body = TencentExamples.usageAnswer(
            ("2020-09-08 00:15:00", ["0.33", "0", "0", "0", "0", "0.5"]),
            ("2020-09-08 00:05:00", ["0", "0", "0", "0", "0", "0"]),
            ("2020-09-08 00:00:00", ["0.33", "0", "2", "0", "0", "0"])
        )
        let window = try TencentExamples.september(8, 8, endHour: 1)
        let day = try #require(try await read(body, window: window).get().days.first)
        #expect(
            day.intervals == [
                IntervalUsage(start: window.start, seconds: TierSeconds(Self.source, [20, 0, 120, 0, 0, 0])),
                IntervalUsage(
                    start: window.start + .seconds(900),
                    seconds: TierSeconds(Self.source, [20, 0, 0, 0, 0, 30])
                ),
            ]
        )
        #expect(day.total == TierSeconds(Self.source, [40, 0, 120, 0, 0, 30]))
    }

    @Test(
        "The names and not the places of the figures tell their tiers",
        arguments: [
            ["Audio", "SD", "HD", "FullHD", "2K", "4K"], ["4K", "2K", "FullHD", "HD", "SD", "Audio"],
            ["audio", "sd", "hd", "fullhd", "2k", "4k"], [" AUDIO", "Sd ", "Hd", "Full HD", "2K", "4K"],
            ["HD", "8K", "Audio"], ["Audio"],
        ]
    )
    func keys(_ keys: [String]) async throws {
        let minutes = ["audio": 1, "sd": 2, "hd": 3, "fullhd": 4, "2k": 5, "4k": 6]
        let names = keys.map { $0.lowercased().filter { $0 != " " } }
        let body = TencentExamples.usageAnswer(keys: keys, (Self.day, names.map { String(minutes[$0] ?? 0) }))
        let reading = try await read(body).get()
        let expected = ["audio", "sd", "hd", "fullhd", "2k", "4k"].map {
            names.contains($0) ? (minutes[$0] ?? 0) * 60 : 0
        }
        #expect(reading.total == TierSeconds(Self.source, expected))
        #expect(reading.anomalies.isEmpty)
    }

    @Test("Usage in a tier that is not known is counted and in no figure")
    func unknownTier() async throws {
        let body = TencentExamples.usageAnswer(
            keys: ["8K", "Audio", "Hologram"],
            (Self.day, ["1", "2", "0"]),
            ("2020-09-07 00:00:00", ["0.1", "0", "3"])
        )
        let reading = try await read(body).get()
        #expect(reading.total == TierSeconds([.audio: 120]))
        #expect(reading.anomalies == [.unknownTier: 3])
    }

    @Test("Minutes that are no whole seconds are rounded and counted")
    func fractions() async throws {
        let body = TencentExamples.usageAnswer((Self.day, ["0.33", "0.1", "1.0333333", "0.001", "0", "2"]))
        let reading = try await read(body).get()
        #expect(reading.total == TierSeconds(Self.source, [20, 6, 62, 0, 0, 120]))
        #expect(reading.anomalies == [.fraction: 2])
    }

    @Test(
        "What does not have one figure per key is malformed",
        arguments: [
            (["Audio", "SD"], ["1"]), (["Audio", "SD"], ["1", "2", "3"]), (["Audio"], []), ([], ["1"]), ([], []),
            (["8K"], ["1"]), (["Audio", "Audio"], ["1", "2"]), (["Audio", "audio "], ["1", "2"]),
            (["8K", "8k", "Audio"], ["1", "2", "3"]), (["Audio"], ["-1"]), (["Audio"], ["-0.001"]),
            (["Audio"], ["1e300"]), (["Audio"], ["1e999"]), (["Audio"], ["16666666667"]), (["Audio"], [#""1""#]),
            (["Audio"], ["null"]), (["Audio"], ["true"]), (["Audio"], ["[1]"]),
        ] as [([String], [String])]
    )
    func malformedRow(keys: [String], minutes: [String]) async throws {
        let failure = try await read(TencentExamples.usageAnswer(keys: keys, (Self.day, minutes))).failure
        #expect(failure?.reason == .malformed)
        #expect(failure?.explanation.hasSuffix(".") == true)
    }

    @Test(
        "What has another form is malformed",
        arguments: [
            "{}", #"{"UsageKey":["Audio"]}"#, #"{"UsageList":[]}"#, #"{"UsageKey":null,"UsageList":[]}"#,
            #"{"UsageKey":["Audio"],"UsageList":null}"#, #"{"UsageKey":["Audio"],"UsageList":{}}"#,
            #"{"UsageKey":"Audio","UsageList":[]}"#, #"{"UsageKey":[null],"UsageList":[]}"#,
            #"{"UsageKey":[1],"UsageList":[]}"#, #"{"UsageKey":["Audio"],"UsageList":[null]}"#,
            #"{"UsageKey":["Audio"],"UsageList":[[1]]}"#, #"{"UsageKey":["Audio"],"UsageList":[{}]}"#,
            #"{"UsageKey":["Audio"],"UsageList":[{"TimeKey":"2020-09-08 00:00:00"}]}"#,
            #"{"UsageKey":["Audio"],"UsageList":[{"TimeKey":"2020-09-08 00:00:00","UsageValue":null}]}"#,
            #"{"UsageKey":["Audio"],"UsageList":[{"UsageValue":[1]}]}"#,
            #"{"UsageKey":["Audio"],"UsageList":[{"TimeKey":null,"UsageValue":[1]}]}"#,
            #"{"UsageKey":["Audio"],"UsageList":[{"TimeKey":1599494400,"UsageValue":[1]}]}"#,
            #"{"UsageKey":["Audio"],"UsageList":[{"TimeKey":"soon","UsageValue":[1]}]}"#,
        ]
    )
    func malformed(_ payload: String) async throws {
        #expect(try await read(#"{"Response":\#(payload)}"#).failure?.reason == .malformed)
    }

    @Test("A row that cannot be used is named")
    func named() async throws {
        let good = (Self.day, ["1", "2", "3", "4", "5", "6"])
        let body = TencentExamples.usageAnswer(good, ("2020-09-07 00:00:00", ["1", "2", "3", "-4", "5", "6"]))
        #expect(try await read(body).failure?.explanation == "Row 2 of the answer has no usable number for fhd.")
    }

    private func read(_ body: String, window: UsageWindow? = nil) async throws -> Result<Reading, ReadingFailure> {
        try await TencentExamples.read(Self.source, body, window: try window ?? TencentExamples.september(7, 8))
    }
}
