import Foundation
import Testing

@Suite("The demo with the real Prometheus")
struct DemoTests {
    @Test("Prometheus answers the sum of the usage with exactly the provider's own truth")
    func prometheusSumsTheTruth() async throws {
        let workplace = try Workplace()
        let demo = try await RunningExporter.start(["demo"])
        let simulator = try await RunningSimulator.inside(demo)
        let prometheus = try await PrometheusServer.start(in: workplace, scraping: demo)
        try await eventually("all apps are read", within: .seconds(30)) {
            try await prometheus.query("rtc_usage_day_start_timestamp_seconds").count == 14
        }

        try await simulator.stopClock()
        let truth = try await simulator.truth()
        #expect(truth.sum > 0)
        // Each app is read once more in the meantime, at a clock that stands.
        try await eventually("Prometheus has what the provider holds", within: .seconds(60)) {
            try await prometheus.query("sum(rtc_usage_seconds)").values.first == Double(truth.sum)
        }
        let byApp = try await prometheus.query("sum by (app) (rtc_usage_seconds)")
        #expect(byApp == Dictionary(uniqueKeysWithValues: truth.apps.map { ($0.app, Double($0.sum)) }))
        let shown = "room_usage|history_usage|list_usages"
        let bySource = try await prometheus.query("sum by (app) (rtc_source_usage_seconds{source=~\"\(shown)\"})")
        #expect(bySource == byApp)
        let providers = try await prometheus.query(
            "count by (app) (count by (provider, app) (rtc_metered_seconds_total))"
        )
        #expect(providers.count == 14)
        let roles = try await prometheus.query(
            "count by (app) (rtc_source_info{role=\"primary\",source=\"trtc_usage\"})"
        )
        #expect(roles.count == 8)
        #expect(try await prometheus.query("count(up == 1)").values.first == 1)
        #expect(try await prometheus.scrapeErrors() == [])
    }

    @Test("The metric linter has nothing to say about the page, and both formats come compressed or not")
    func linterIsContent() async throws {
        let demo = try await RunningExporter.start(["demo"])
        try await eventually("figures are on the page", within: .seconds(20)) {
            try await demo.page().sum("rtc_usage_seconds") != nil
        }
        let answer = try await Web.get("\(demo.url)/metrics")
        #expect(answer.contentType == "text/plain; version=0.0.4; charset=utf-8")
        let verdict = try Workplace.run("/usr/bin/promtool", ["check", "metrics"], input: answer.body)
        #expect(verdict.status == 0)
        #expect(verdict.text == "")

        let open = try await Web.get(
            "\(demo.url)/metrics",
            headers: [("Accept", "application/openmetrics-text;version=1.0.0")]
        )
        #expect(open.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(open.body.hasSuffix("# EOF\n"))
        let curl = try Workplace.run("/usr/bin/env", ["python3", "-c", Self.gunzip, "\(demo.url)/metrics"])
        #expect(curl.text == "gzip rtc_usage_seconds\n")
    }

    private static let gunzip = """
        import gzip, sys, urllib.request
        request = urllib.request.Request(sys.argv[1], headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            text = gzip.decompress(answer.read()).decode()
            print(answer.headers["Content-Encoding"], "rtc_usage_seconds" if "\\nrtc_usage_seconds{" in text else "nothing")
        """
}
