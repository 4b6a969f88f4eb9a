import Exposition
import Foundation

/// What a page costs: to encode when figures change, and to hand out at a scrape.
///
/// The peer is the Python client library, which encodes at each scrape; the same series, the same machine, the same run.
struct ScrapeBenchmark {
    private static let family = MetricFamily(
        "rtc_usage_seconds",
        .gauge,
        help: "Usage.",
        unit: "seconds",
        labels: ["provider", "app", "tier", "room"]
    )

    let series: Int

    func run() throws {
        let samples = FamilySamples(Self.family, makeSamples())
        var page = MetricsPage.empty
        let encoding = CPUTime.median(of: 5) {
            page = MetricsPage([samples])
            page.prepare(format: .text, gzip: true)
        }
        let scrapes = 1_000
        let scraping = CPUTime.median(of: 5) {
            for _ in 0..<scrapes { _ = page.body(format: .text, gzip: true) }
        }
        let scrape = scraping / Double(scrapes)
        let peer = try peerScrape()
        print("\(series) series, CPU seconds, medians of 5")
        print("  page made and compressed, once per poll: \(format(encoding))")
        print("  scrape of the finished page, gzip:       \(format(scrape))")
        print("  prometheus_client (Python), one scrape:  \(format(peer))")
        print("  ratio of a scrape, ours to the peer's:   1 : \(Int(peer / max(scrape, 1e-9)))")
        print("  ratio of page making to a peer's scrape: 1 : \(format(peer / encoding))")
    }

    private func makeSamples() -> [Sample] {
        (0..<series).map { index in
            let labels: LabelSet = [
                "provider": "tencent", "app": "1400017192",
                "tier": ["audio", "sd", "hd", "fhd", "2k", "4k"][index % 6],
                "room": "room-\(100_000 + index / 6)",
            ]
            return Sample(labels, 3600 + index)
        }
    }

    private func format(_ value: Double) -> String {
        String(format: "%.6f", value)
    }

    /// Debian's python3-prometheus-client on Debian's Python: a collector with the same series, text and gzip.
    private func peerScrape() throws -> Double {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", Self.peer, "\(series)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0, let seconds = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw BenchmarkError.peerFailed }
        return seconds
    }

    private static let peer = """
        import gzip, sys, time
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.core import GaugeMetricFamily
        series = int(sys.argv[1])
        tiers = ["audio", "sd", "hd", "fhd", "2k", "4k"]
        class Usage:
            def collect(self):
                family = GaugeMetricFamily("rtc_usage_seconds", "Usage.", labels=["provider", "app", "tier", "room"])
                for i in range(series):
                    family.add_metric(["tencent", "1400017192", tiers[i % 6], "room-%d" % (100000 + i // 6)], 3600 + i)
                yield family
        registry = CollectorRegistry()
        registry.register(Usage())
        times = []
        for _ in range(3):
            start = time.process_time()
            gzip.compress(generate_latest(registry), 1)
            times.append(time.process_time() - start)
        print(sorted(times)[1])
        """
}

/// Why a benchmark has no result.
enum BenchmarkError: Error {
    /// The peer did not run to its end.
    case peerFailed
    /// What was read back is not what was written.
    case wrongRows
}
