import Foundation
import Testing

@Suite("The page as other programs decode it")
struct DecoderTests {
    private static let types = [
        "text/plain;version=0.0.4", "application/openmetrics-text;version=1.0.0",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8",
    ]

    @Test("curl reads the same from a compressed page as from a plain one", arguments: types)
    func curl(accept: String) async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        try await bench.waitForFigures(of: [1, 2, 3])
        let arguments = ["--silent", "--show-error", "--header", "Accept: \(accept)", "\(bench.exporter.url)/metrics"]
        let plain = try Workplace.run("/usr/bin/curl", arguments)
        let compressed = try Workplace.run("/usr/bin/curl", ["--compressed"] + arguments)
        #expect(plain.status == 0 && compressed.status == 0)
        let lines = Self.steady(plain.text)
        #expect(lines.count { $0.hasPrefix("rtc_usage_seconds{") } > 10)
        #expect(Self.steady(compressed.text) == lines)
    }

    @Test("Python's gzip and zlib read the compressed page as one member with nothing behind it", arguments: types)
    func python(accept: String) async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        try await bench.waitForFigures(of: [1, 2, 3])
        let url = "\(bench.exporter.url)/metrics"
        let run = try Workplace.run("/usr/bin/python3", ["-c", Self.inflate, url, accept])
        #expect(run.status == 0, "\(run.text)")
        let plain = try await Web.get(url, headers: [("Accept", accept)])
        #expect(Self.steady(run.text) == Self.steady(plain.body))
    }

    @Test("Debian's Python client parses both formats, and finds each sample")
    func pythonClient() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        try await bench.waitForFigures(of: [1, 2, 3])
        for (accept, parser) in zip(Self.types, ["parser", "openmetrics.parser"]) {
            let page = try await Web.get("\(bench.exporter.url)/metrics", headers: [("Accept", accept)]).body
            let run = try Workplace.run("/usr/bin/python3", ["-c", Self.parse, parser], input: page)
            #expect(run.text == "\(MetricsText(page).samples.count)\n")
        }
    }

    @Test("promtool has nothing to say about a page of real figures")
    func promtool() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        try await bench.waitForFigures(of: [1, 2, 3])
        let page = try await bench.page()
        let verdict = try Workplace.run("/usr/bin/promtool", ["check", "metrics"], input: page)
        #expect(verdict.status == 0)
        #expect(verdict.text == "")
    }

    @Test("Prometheus scrapes the page as OpenMetrics, and stores each sample")
    func prometheus() async throws {
        let bench = try await ReloadBench.start { ReloadBench.tencent($0, apps: [1, 2, 3]) }
        try await bench.waitForFigures(of: [1, 2, 3])
        let prometheus = try await PrometheusServer.start(in: bench.workplace, scraping: bench.exporter)
        try await eventually("Prometheus has stored as many samples as there are", within: .seconds(20)) {
            let page = try await Web.get("\(bench.exporter.url)/metrics", headers: [("Accept", Self.types[1])])
            let scraped = try await prometheus.query("scrape_samples_scraped", by: "job")
            return scraped == ["rtc": Double(MetricsText(page.body).samples.count)]
        }
        #expect(try await prometheus.query("up", by: "job") == ["rtc": 1])
        #expect(try await prometheus.scrapeErrors() == [])
        // Units are told in OpenMetrics alone.
        let metadata = try await Web.get("\(prometheus.url)/api/v1/targets/metadata?metric=rtc_usage_seconds")
        #expect(metadata.body.contains("\"unit\":\"seconds\""), "\(metadata.body)")
    }

    /// The lines of a page that one scrape does not change for the next.
    private static func steady(_ page: String) -> [Substring] {
        page.split(separator: "\n").filter { line in
            !["process_", "rtc_http_", "rtc_ledger_size_bytes "].contains { line.hasPrefix($0) }
        }
    }

    private static let inflate = """
        import gzip, sys, urllib.request, zlib
        headers = {"Accept-Encoding": "gzip", "Accept": sys.argv[2]}
        with urllib.request.urlopen(urllib.request.Request(sys.argv[1], headers=headers)) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            body = answer.read()
            assert len(body) == int(answer.headers["Content-Length"])
        page = gzip.decompress(body)
        inflater = zlib.decompressobj(31)
        assert inflater.decompress(body) == page
        assert inflater.eof and inflater.unused_data == b"" and inflater.unconsumed_tail == b""
        sys.stdout.write(page.decode())
        """

    private static let parse = """
        import importlib, sys
        parser = importlib.import_module("prometheus_client." + sys.argv[1])
        families = parser.text_string_to_metric_families(sys.stdin.read())
        print(sum(len(family.samples) for family in families))
        """
}
