import ExporterMetrics
import Testing
import Usage
import UsageLedger

@testable import UsageReports

@Suite("The figures of days")
struct DayFiguresTests {
    private static func rows(_ app: PolledApp, _ days: [DayHistory], _ selection: ReportSelection = ReportSelection())
        async throws -> [String]
    {
        try await ReportScan.rows(selection, of: [app], in: FakeHistory(app, days)).map(\.short)
    }

    @Test(
        "A day that the first source lacks is the next one's, which tells its own tiers; one that nobody has is absent"
    )
    func nextSource() async throws {
        let app = PolledApp.example([.totals, .old])
        let rows = try await Self.rows(
            app,
            [
                .example(.totals, .november(17), [.audio: 1]), .example(.old, .november(17), [.audio: 100]),
                .example(.old, .november(18), [.mixed: 7], isSettled: false),
                .example(.totals, .november(20), [.hd: 3]),
            ]
        )
        #expect(
            rows == [
                "1400000001 2026-11-17 00:00 audio trtc_usage 1", "1400000001 2026-11-17 00:00 sd trtc_usage 0",
                "1400000001 2026-11-17 00:00 hd trtc_usage 0", "1400000001 2026-11-18 00:00 audio interactive_time 0?",
                "1400000001 2026-11-18 00:00 mixed interactive_time 7?",
                "1400000001 2026-11-20 00:00 audio trtc_usage 0",
                "1400000001 2026-11-20 00:00 sd trtc_usage 0", "1400000001 2026-11-20 00:00 hd trtc_usage 3",
            ]
        )
    }

    @Test("A source whose days begin at another midnight fills no gap")
    func otherZone() async throws {
        let app = PolledApp.example([.totals, .elsewhere])
        let rows = try await Self.rows(app, [.example(.elsewhere, .november(18, .utc), [.audio: 5])])
        #expect(rows.isEmpty)
    }

    @Test("A month is the sum of the days that are known, and says how many they are")
    func month() async throws {
        let app = PolledApp.example([.totals, .old])
        let days: [DayHistory] = [
            .example(.totals, .november(-1), [.audio: 5]), .example(.totals, .november(1), [.audio: 1]),
            .example(.old, .november(2), [.audio: 2, .mixed: 4], isSettled: false),
        ]
        var selection = ReportSelection(step: .month)
        #expect(
            try await Self.rows(app, days, selection) == [
                "1400000001 2026-10-01 00:00 audio trtc_usage 5 1/31",
                "1400000001 2026-10-01 00:00 sd trtc_usage 0 1/31",
                "1400000001 2026-10-01 00:00 hd trtc_usage 0 1/31",
                "1400000001 2026-11-01 00:00 audio trtc_usage+interactive_time 3? 2/30",
                "1400000001 2026-11-01 00:00 sd trtc_usage+interactive_time 0? 2/30",
                "1400000001 2026-11-01 00:00 hd trtc_usage+interactive_time 0? 2/30",
                "1400000001 2026-11-01 00:00 mixed trtc_usage+interactive_time 4? 2/30",
            ]
        )
        selection.tier = .mixed
        selection.range.from = .day(UsageDay.november(2).number)
        #expect(
            try await Self.rows(app, days, selection) == [
                "1400000001 2026-11-01 00:00 mixed interactive_time 4? 1/30"
            ]
        )
    }

    @Test("A month of which every day is known is complete")
    func completeMonth() async throws {
        let app = PolledApp.example([.huawei])
        let days = (1...31).map { DayHistory.example(.huawei, UsageDay.november($0 - 31, .utc), [.hd: $0]) }
        let selection = ReportSelection(tier: .hd, step: .month)
        let row = try #require(try await ReportScan.rows(selection, of: [app], in: FakeHistory(app, days)).first)
        #expect(row.seconds == 496)
        #expect(row.coverage?.isComplete == true)
        #expect(row.from.internetText(in: row.zone) == "2026-10-01T00:00:00+00:00")
        #expect(row.to.internetText(in: row.zone) == "2026-11-01T00:00:00+00:00")
    }

    @Test("Five minutes are of the first source that tells them that day, and final when they are all of a final day")
    func fiveMinutes() async throws {
        let app = PolledApp.example([.totals, .old])
        let days: [DayHistory] = [
            .example(.totals, .november(19), [.audio: 9]),
            .example(.old, .november(19), [.audio: 8], intervals: [(0, [.audio: 8])]),
            .example(.totals, .november(20), [.audio: 9], intervals: [(5, [.audio: 2]), (1435, [.audio: 3])]),
            .example(.old, .november(20), [.audio: 9], intervals: [(10, [.audio: 9])]),
        ]
        let selection = ReportSelection(tier: .audio, step: .fiveMinutes)
        #expect(
            try await Self.rows(app, days, selection) == [
                "1400000001 2026-11-19 00:00 audio interactive_time 8",
                "1400000001 2026-11-20 00:05 audio trtc_usage 2?", "1400000001 2026-11-20 23:55 audio trtc_usage 3?",
            ]
        )
        let within = ReportRange(
            from: .instant(UsageDay.november(20).start + .seconds(300)),
            to: .instant(UsageDay.november(20).start + .seconds(301))
        )
        #expect(
            try await Self.rows(app, days, ReportSelection(tier: .audio, range: within, step: .fiveMinutes)) == [
                "1400000001 2026-11-20 00:05 audio trtc_usage 2?"
            ]
        )
    }

    @Test("A room has figures of days whose rooms are kept: 0 where it had no usage, none where they are gone")
    func room() async throws {
        let app = PolledApp.example([.totals, .rooms])
        let days: [DayHistory] = [
            .example(.totals, .november(16), [.hd: 900]),
            .example(.rooms, .november(17), [.hd: 50]),
            .example(.rooms, .november(18), [.hd: 50], named: [:], roomCount: 3),
            .example(.rooms, .november(19), [.hd: 50], named: ["a": [.hd: 20]]),
            .example(.rooms, .november(20), [.hd: 50], named: ["b": [.hd: 20]]),
        ]
        let selection = ReportSelection(app: "1400000001", tier: .hd, room: RoomID("a"))
        #expect(
            try await Self.rows(app, days, selection) == [
                "1400000001 2026-11-19 00:00 hd room_usage 20", "1400000001 2026-11-20 00:00 hd room_usage 0",
            ]
        )
        let month = ReportSelection(app: "1400000001", tier: .hd, room: RoomID("a"), step: .month)
        #expect(try await Self.rows(app, days, month) == ["1400000001 2026-11-01 00:00 hd room_usage 20 2/30"])
        let none = PolledApp.example([.totals])
        #expect(try await Self.rows(none, days, selection).isEmpty)
    }

    @Test("A range of days is one of each source's own zone; one of instants has what begins within it")
    func ranges() async throws {
        let apps = [PolledApp.example([.totals], id: "a"), .example([.huawei], id: "b")]
        let days: [(PolledApp, DayHistory)] = (15...20).flatMap { day in
            [
                (apps[0], DayHistory.example(.totals, .november(day), [.audio: day])),
                (apps[1], DayHistory.example(.huawei, .november(day, .utc), [.audio: day])),
            ]
        }
        func rows(_ from: String, _ to: String) async throws -> [String: [Int]] {
            let range = ReportRange(from: try moment(from), to: try moment(to))
            let rows = try await ReportScan.rows(
                ReportSelection(tier: .audio, range: range),
                of: apps,
                in: FakeHistory(days)
            )
            return Dictionary(grouping: rows, by: \.app.app).mapValues { $0.map(\.seconds) }
        }
        #expect(try await rows("2026-11-16", "2026-11-17") == ["a": [16, 17], "b": [16, 17]])
        #expect(try await rows("2026-11-17T00:00:00Z", "2026-11-18T00:00:00Z") == ["a": [18], "b": [17]])
        #expect(try await rows("2026-11-17T00:00:00+08:00", "2026-11-18T00:00:00+08:00") == ["a": [17], "b": [17]])
        #expect(try await rows("2026-11-17T00:00:01+08:00", "2026-11-17T08:00:00+08:00").isEmpty)
        #expect(try await rows("0001-01-01", "9999-12-31")["a"] == [15, 16, 17, 18, 19, 20])
    }
}
