import ExporterMetrics
import Testing
import Usage
import UsageLedger

@testable import UsageReports

@Suite("Memory")
struct MemoryBoundTests {
    /// Ten years.
    private static let app = PolledApp.example([.totals, .rooms])
    private static let days = (0..<3650).flatMap { back in
        [
            DayHistory.example(.totals, .november(20 - back), [.audio: back], intervals: [(5, [.audio: back])]),
            DayHistory.example(.rooms, .november(20 - back), [.audio: back], named: ["r\(back % 7)": [.audio: back]]),
        ]
    }

    @Test(
        "However long the history is, an export holds a bounded number of days at a time",
        arguments: ReportStep.allCases
    )
    func rows(step: ReportStep) async throws {
        let history = FakeHistory(Self.app, Self.days)
        let written = Written()
        try await RowExport(
            ReportSelection(step: step),
            apps: [Self.app],
            format: .csv,
            history: history,
            now: .noon,
            write: written.write
        ).run()
        #expect(written.lines.count > 300)
        #expect(history.counts.largestBatch == (step == .fiveMinutes ? 1 : 31))
        #expect(history.counts.widestRange <= 31)
    }

    @Test("So does one as OpenMetrics, which goes through them again for each series")
    func openMetrics() async throws {
        let history = FakeHistory(Self.app, Self.days)
        let written = try await UsageReportsTests.openMetrics([Self.app], history)
        #expect(written.lines.count > 3 * 3650)
        #expect(history.counts.largestBatch == OpenMetricsExport.batch)
        #expect(history.counts.widestRange <= OpenMetricsExport.batch)
    }
}
