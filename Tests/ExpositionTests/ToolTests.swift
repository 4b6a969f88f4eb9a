import Exposition
import Foundation
import Testing
import TestSupport

@Suite("Prometheus' own tools")
struct ToolTests {
    @Test("promtool has nothing to say about a page of every kind")
    func promtool() throws {
        for families in [Examples.all, [GoldenTests.hostile]] {
            let page = MetricsPage(families).body(format: .text, gzip: false).bytes
            let run = try Tool("promtool", ["check", "metrics"], input: page)
            #expect(run.status == 0)
            #expect(run.output == [])
            #expect(run.errors == "")
        }
    }

    @Test("Prometheus' own reader of OpenMetrics takes a page of every kind")
    func openMetricsReader() throws {
        let blocks = FileManager.default.temporaryDirectory.appending(path: "exposition-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: blocks) }
        let page = rendered(Examples.all + [GoldenTests.hostile], .openMetrics)
        // The command is made for history, and wants a timestamp on each sample.
        let dated = page.split(separator: "\n").map { $0.hasPrefix("#") ? "\($0)\n" : "\($0) 1600000000\n" }.joined()
        let arguments = ["tsdb", "create-blocks-from", "openmetrics", "/dev/stdin", blocks.path()]
        let run = try Tool("promtool", arguments, input: Array(dated.utf8))
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test("promtool's linter objects to what the declaration's check objects to, so the check above can fail")
    func promtoolObjects() throws {
        let family = MetricFamily("rtc_usage_minutes", .counter, help: "Help.")
        #expect(!family.problems().isEmpty)
        let page = MetricsPage([FamilySamples(family, [Sample([:], 1)])]).body(format: .text, gzip: false).bytes
        #expect(try Tool("promtool", ["check", "metrics"], input: page).status != 0)
    }

    @Test("A page of every kind keeps the rules of OpenMetrics")
    func openMetrics() {
        for families in [Examples.all, [GoldenTests.hostile], []] {
            #expect(openMetricsProblems(MetricsPage(families).body(format: .openMetrics, gzip: false).bytes) == [])
        }
    }

    @Test(
        "The check of OpenMetrics finds broken rules",
        arguments: [
            ("a 1\n", "# EOF is not last"), ("# EOF\n# EOF\n", "# EOF is not there once"),
            ("\n# EOF\n", "a blank line"),
            ("# TYPE a counter\n# HELP a A.\na 1\n# EOF\n", "a under the counter a"),
            ("# HELP a A.\n# TYPE a gauge\na 1\n# EOF\n", "a has the metadata"),
            ("# TYPE a gauge\n# HELP a A.\n# EOF\n", "a has metadata only"),
            ("# TYPE a gauge\n# HELP a A.\na 1\na 1\n# EOF\n", "one series twice"),
            ("# TYPE a gauge\n# UNIT a seconds\n# HELP a A.\na 1\n# EOF\n", "a does not end with its unit"),
        ]
    )
    func brokenRules(_ page: String, has problem: String) {
        #expect(openMetricsProblems(Array(page.utf8)).contains { $0.hasPrefix(problem) })
    }
}
