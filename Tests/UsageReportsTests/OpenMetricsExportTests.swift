import Exposition
import TestSupport
import Testing
import Usage

@testable import ExporterMetrics
@testable import UsageLedger
@testable import UsageReports

@Suite("History as OpenMetrics")
struct OpenMetricsExportTests {
    private static let app = PolledApp.example([.totals, .rooms])
    private static let days: [DayHistory] = [
        // Rooms alone.
        .example(
            .rooms,
            .november(17),
            [.audio: 100, .hd: 40],
            named: ["b": [.audio: 60], "a\"\\\n": [.audio: 10, .hd: 40]]
        ),
        // No rooms: what another source tells of the day, with its five minutes.
        .example(
            .totals,
            .november(18),
            [.audio: 7],
            isSettled: false,
            intervals: [(5, [.audio: 3]), (15, [.audio: 2])]
        ),
        // Both.
        .example(.rooms, .november(19), [.audio: 30], named: ["b": [.audio: 30]]),
        .example(.totals, .november(19), [.audio: 60], intervals: [(0, [.audio: 20]), (10, [.audio: 41])]),
        // The running day: no rooms are told of it before it is over.
        .example(.rooms, .november(21), [.audio: 5], isSettled: false, named: ["b": [.audio: 5]]),
        .example(.totals, .november(21), [.audio: 9], isSettled: false, intervals: [(5, [.audio: 4])]),
    ]

    @Test("Families, series and samples stand as promtool wants them")
    func golden() async throws {
        let other = PolledApp.example([.huawei], id: "5fa682b3")
        let days = Self.days.map { (Self.app, $0) } + [(other, .example(.huawei, .november(19, .utc), [.hd: 12]))]
        let written = try await openMetrics(
            [Self.app, other],
            FakeHistory(days),
            labels: ["site=\"east\"", "team=rtc"]
        )
        try expectGolden(written.all, "history.om")
    }

    @Test("promtool makes blocks of it")
    func promtool() async throws {
        // For each two hours it writes a block: many days take long.
        let made = MadeUpHistory(seed: 11, days: 3)
        let written = try await openMetrics(made.apps, made.history)
        let folder = try Tool("mktemp", ["-d"])
        let path = String(decoding: folder.output, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
        let tool = try Tool(
            "sh",
            [
                "-c",
                "cat > \(path)/history.om && promtool tsdb create-blocks-from openmetrics \(path)/history.om \(path)/data; s=$?; rm -r \(path); exit $s",
            ],
            input: written.all
        )
        #expect(tool.status == 0, "\(tool.errors)")
        #expect(String(decoding: tool.output, as: UTF8.self).contains("NUM SAMPLES"))
    }

    @Test(
        "All samples of a series stand together, the older before the newer, none twice and none too young",
        arguments: [1, 2, 3]
    )
    func order(seed: UInt64) async throws {
        let made = MadeUpHistory(seed: seed, days: 30)
        let samples = try await openMetrics(made.apps, made.history).lines.compactMap(TimedLine.init)
        #expect(samples.count > 1000)
        var (seen, last): (Set<String>, TimedLine?) = ([], nil)
        for sample in samples {
            if let last, last.series == sample.series {
                #expect(last.time < sample.time)
            } else {
                #expect(seen.insert(sample.series).inserted, "\(sample.series)")
            }
            last = sample
        }
        #expect(samples.allSatisfy { $0.time <= UnixTime.noon.seconds - 3 * 3600 })
    }

    @Test("Its series have the very labels of those on the page")
    func labels() async throws {
        let day = UsageDay.november(17)
        let history = FakeHistory(Self.app, Self.days)
        let known = try #require(Self.days.first)
        let source = SourceFigures(
            source: .rooms,
            current: SourceFigures.CurrentDay(
                total: DayTotal(day: day, seconds: known.seconds),
                rooms: try #require(known.rooms),
                through: day.end
            ),
            settled: []
        )
        let figures = AppFigures(
            sources: [source],
            settled: [],
            month: nil,
            previousMonth: nil,
            metered: .zero,
            revisedUp: 0,
            revisedDown: 0
        )
        let live = AppSamples(app: Self.app, figures: figures, rooms: nil).encoded()
        var composer = PageComposer<Int>(HistoryFamilies.all)
        composer.set(live.filter { HistoryFamilies.all.contains($0.family) }, of: 0)
        let page = composer.page().body(format: .openMetrics, gzip: false).bytes
        let onPage = String(decoding: page, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
        let range = ReportRange(from: .day(day.number), to: .day(day.number))
        let exported = try await openMetrics([Self.app], history, range: range).lines
        let time = " \(day.end.seconds - 1)"
        #expect(onPage.count > 5)
        #expect(Set(exported.filter { !$0.hasPrefix("#") }) == Set(onPage.map { $0 + time }))
        let metadata = String(decoding: page, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("#") }
        #expect(exported.filter { $0.hasPrefix("#") } == metadata.map(String.init))
    }

    @Test("A day whose rooms are no longer kept is all in _other")
    func roomsGone() async throws {
        let app = PolledApp.example([.rooms])
        let history = FakeHistory(app, [.example(.rooms, .november(2), [.audio: 3, .hd: 4])])
        let samples = try await openMetrics([app], history).lines.compactMap(TimedLine.init)
        let rooms = samples.filter { $0.family == "rtc_usage_seconds" }
        #expect(
            rooms.map { "\($0.labels["tier"] ?? "") \($0.labels["room"] ?? "") \($0.value)" } == [
                "audio _other 3", "sd _other 0", "hd _other 4",
            ]
        )
    }

    @Test("Rooms are taken some at a time, each with all of its days, in the order of their bytes")
    func namedRooms() {
        var previous: RoomID?
        var found: [String] = []
        var rounds = 0
        let days = (1...9).map { day in
            DayHistory.example(
                .rooms,
                .november(day),
                [.audio: 9],
                named: ["r\(day)": [.audio: 1], "r\(10 - day)": [.hd: 1], "x": [.sd: 1]]
            )
        }
        while true {
            var taken = NamedRooms(after: previous, most: 4)
            for day in days { taken.take(day) }
            found += taken.rooms.map { "\($0.room.text) \($0.figures.count)" }
            previous = taken.rooms.last?.room
            rounds += 1
            guard taken.isFull else { break }
        }
        #expect(found == (1...9).map { "r\($0) 2" } + ["x 9"])
        #expect(rounds == 3)
    }

    @Test(
        "Labels that cannot be added are refused in one sentence",
        arguments: [
            "", "a", "=b", "a=", "1a=b", "a-b=c", "é=x", "__name=x", "app=x", "room=x", "source=x", "le=x",
            "provider=y",
        ]
    )
    func badLabels(text: String) {
        #expect(throws: ReportProblem.self) { try AddedLabels([text]) }
    }

    @Test("Labels are added once each, whatever their value is")
    func goodLabels() throws {
        #expect(try AddedLabels(["a=b=c", "_x=教室"]).pairs == [Label("a", "b=c"), Label("_x", "教室")])
        #expect(throws: ReportProblem.self) { try AddedLabels(["a=b", "a=c"]) }
    }
}
