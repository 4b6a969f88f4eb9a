import Foundation

/// How long the real Prometheus takes to scrape a million series, every minute, from us and from the C program with the same
/// bytes.
///
/// Each turn has a Prometheus of its own, with nothing else to do; the turns are such that a machine that gets slower and slower
/// does so for both.
struct PrometheusBenchmark {
    /// What the scrapes of one server came to.
    private struct Scrapes {
        var failed = 0
        /// How long each took that was not the first of its Prometheus, in seconds.
        var steady: [Double] = []
    }

    private static let series = 1_000_000

    /// How long Prometheus scrapes each of the two.
    let minutes: Int

    func run() async throws {
        try await BenchmarkFolder.with { folder in
            let stage = try PageStage(in: folder)
            let ours = try await stage.ours(.oneApp(series: Self.series))
            defer { ours.stop() }
            let prebuilt = try stage.peers.prebuilt(copying: ours, text: .prometheusPlain, gzip: .prometheus)
            defer { prebuilt.stop() }
            BenchmarkRow.printHead("Prometheus, \(Self.series) series every 60 s for \(minutes) min")
            var scrapes = [ours.port: Scrapes(), prebuilt.port: Scrapes()]
            for (turn, server) in [ours, prebuilt, prebuilt, ours].enumerated() {
                let place = folder.appending(path: "prometheus-\(turn)")
                try await scrape(server.port, in: place, noting: &scrapes[server.port, default: Scrapes()])
                try FileManager.default.removeItem(at: place)
            }
            report(scrapes[ours.port] ?? Scrapes(), beside: scrapes[prebuilt.port] ?? Scrapes())
        }
    }

    /// One turn, which is half of the time.
    private func scrape(_ port: Int, in folder: URL, noting scrapes: inout Scrapes) async throws {
        let prometheus = try PrometheusServer(in: folder, scraping: port)
        defer { prometheus.stop() }
        try await prometheus.waitForFirstScrape()
        try await Task.sleep(for: .seconds(30 * minutes))
        let window = "[\(minutes + 10)m]"
        scrapes.failed += try prometheus.samples(of: "up\(window)").count { $0 == 0 }
        // The first scrape makes the series.
        scrapes.steady += try prometheus.samples(of: "scrape_duration_seconds\(window)").dropFirst()
    }

    private func report(_ ours: Scrapes, beside peer: Scrapes) {
        let name = "C program"
        BenchmarkRow(
            what: "failed scrapes (\(ours.steady.count + 2))",
            ours: Double(ours.failed),
            peer: (name, Double(peer.failed)),
            unit: .count,
            goal: .atMost(0)
        ).print()
        BenchmarkRow(
            what: "steady scrape_duration_seconds (\(ours.steady.count))",
            ours: ours.steady.median,
            peer: (name, peer.steady.median),
            unit: .seconds,
            goal: .timesPeer(1.1)
        ).print()
        for (name, all) in [("ours", ours.steady), (name, peer.steady)] {
            print("  all of \(name), s: " + all.map { String(format: "%.2f", $0) }.joined(separator: " "))
        }
    }
}
