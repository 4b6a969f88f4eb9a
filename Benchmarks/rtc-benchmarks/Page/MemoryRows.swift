import Foundation

/// What memory a large page takes, at rest and while many ask for it.
struct MemoryRows {
    private static let mebibyte = 1_048_576.0

    /// How many series the page has.
    let series: Int
    /// Where it is measured.
    let stage: PageStage

    func run() async throws {
        let ours = try await stage.ours(.oneApp(series: series))
        defer { ours.stop() }
        let prebuilt = try stage.peers.prebuilt(copying: ours)
        defer { prebuilt.stop() }
        try scrapeTenTimes(ours)
        try scrapeTenTimes(prebuilt)
        row(
            "peak memory after 10 scrapes of both kinds",
            try ours.figures.peakBytes,
            200,
            try prebuilt.figures.peakBytes
        )
        try ours.figures.forgetPeak()
        try scrapeTenTimes(ours)
        row("  the same without the start before it", try ours.figures.peakBytes, nil)
        row("memory added by 4 scrapes at once, text", try added(by: .text, to: ours), 10)
        row("memory added by 4 scrapes at once, gzip", try added(by: .gzip, to: ours), 10)
        try beside(readersThatDoNotRead: 8, ours)
    }

    private func row(_ what: String, _ ours: Double, _ goal: Double?, _ prebuilt: Double? = nil) {
        BenchmarkRow(
            what: what,
            ours: ours,
            peer: prebuilt.map { ("C program", $0) },
            unit: .mebibytes,
            goal: goal.map { .atMost($0 * Self.mebibyte) }
        ).print()
    }

    private func scrapeTenTimes(_ server: ServerProcess) throws {
        let connection = try ScrapeConnection(port: server.port)
        for request in [ScrapeRequest.text, .gzip] {
            for _ in 0..<10 { try connection.get(request) }
        }
    }

    /// What four scrapes add that are all answered at the same time: one part of each is read after the other.
    private func added(by request: ScrapeRequest, to server: ServerProcess) throws -> Double {
        let connections = try (0..<4).map { _ in try ScrapeConnection(port: server.port) }
        let before = try server.figures.residentBytes
        try server.figures.forgetPeak()
        for connection in connections { try connection.ask(request) }
        var reading = connections
        while !reading.isEmpty { reading = try reading.filter { try $0.readSome() == nil } }
        return max(0, try server.figures.peakBytes - before)
    }

    private func beside(readersThatDoNotRead count: Int, _ server: ServerProcess) throws {
        let connection = try ScrapeConnection(port: server.port)
        let time = { (request: ScrapeRequest) in try (0..<9).map { _ in try connection.get(request).whole }.median }
        let alone = (text: try time(.text), gzip: try time(.gzip))
        let before = try server.figures.residentBytes
        try server.figures.forgetPeak()
        let idle = try (0..<count).map { _ in try ScrapeConnection(port: server.port) }
        for reader in idle { try reader.ask(.text) }
        // By then the server has written what the kernel takes.
        Thread.sleep(forTimeInterval: 1)
        row("memory added by \(count) readers that do not read", max(0, try server.figures.peakBytes - before), 10)
        let crowded = (text: try time(.text), gzip: try time(.gzip))
        withExtendedLifetime(idle) {}
        for (kind, beside, alone) in [("text", crowded.text, alone.text), ("gzip", crowded.gzip, alone.gzip)] {
            BenchmarkRow(
                what: "a ninth scrape then, \(kind), wall time (9)",
                ours: beside,
                peer: ("itself alone", alone),
                unit: .milliseconds,
                goal: .timesPeer(2)
            ).print()
        }
    }
}
