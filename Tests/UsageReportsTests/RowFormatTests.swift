import ExporterMetrics
import TestSupport
import Testing
import Usage
import UsageLedger

@testable import UsageReports

@Suite("Rows as text")
struct RowFormatTests {
    private static let apps = [
        PolledApp.example([.huawei], id: "=1+1|\"x\",\r\n-@"), .example([.totals], id: "1400000001"),
    ]
    private static let days: [(app: PolledApp, day: DayHistory)] = [
        (apps[0], .example(.huawei, .november(19, .utc), [.hd: 12])),
        (apps[1], .example(.totals, .november(19), [.audio: 3_600, .hd: 9_007_199_254_740_993], isSettled: false)),
        (apps[1], .example(.totals, .november(20), [:])),
    ]

    private static func text(_ format: RowFormat, _ step: ReportStep, apps: [PolledApp] = apps) async throws -> [UInt8]
    {
        let written = Written()
        try await RowExport(
            ReportSelection(step: step),
            apps: apps,
            format: format,
            history: FakeHistory(days),
            now: .noon,
            write: written.write
        ).run()
        return written.all
    }

    @Test(
        "Rows of days and months are what they are in the golden files",
        arguments: RowFormat.allCases,
        [ReportStep.day, .month]
    )
    func golden(format: RowFormat, step: ReportStep) async throws {
        try expectGolden(try await Self.text(format, step), "\(step.rawValue).\(format.rawValue)")
    }

    @Test("Python reads the same from both, ids byte by byte")
    func python() async throws {
        let program = """
            import csv, io, json, sys
            text, objects = sys.stdin.buffer.read().split(b"\\0")
            rows = list(csv.DictReader(io.StringIO(text.decode(), newline="")))
            objects = [{k: str(v) for k, v in o.items()} for o in json.loads(objects)["usage"]]
            assert rows == objects and len(rows) == 8, (rows, objects)
            sys.stdout.write(rows[0]["app"])
            """
        let (csv, json) = (try await Self.text(.csv, .day), try await Self.text(.json, .day))
        let tool = try Tool("python3", ["-c", program], input: csv + [0] + json)
        #expect(tool.status == 0, "\(tool.errors)")
        #expect(String(decoding: tool.output, as: UTF8.self) == Self.apps[0].key.app)
    }

    @Test("Without rows there is still a whole document")
    func empty() async throws {
        #expect(
            String(decoding: try await Self.text(.json, .day, apps: []), as: UTF8.self)
                == "{\"usage\":[\n],\"next\":null}\n"
        )
        #expect(
            String(decoding: try await Self.text(.csv, .day, apps: []), as: UTF8.self)
                == "provider,app,tier,room,source,state,from,to,seconds\n"
        )
    }
}
