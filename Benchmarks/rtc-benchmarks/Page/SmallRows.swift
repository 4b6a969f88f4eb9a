/// What scrapes of pages cost that most people have.
struct SmallRows {
    /// Where it is measured.
    let stage: PageStage

    func run() async throws {
        try await tenThousandSeries()
        try await smallPage()
    }

    private func tenThousandSeries() async throws {
        let scenario = PageScenario.oneApp(series: 10_000)
        let ours = try await stage.ours(scenario)
        defer { ours.stop() }
        _ = try PageCheck.sizes(of: ours, series: scenario.series)
        let peers = [
            ("C program", try stage.peers.prebuilt(copying: ours)),
            ("client_golang", try stage.peers.clientGolang(series: 10_000)),
            ("VictoriaMetrics", try stage.peers.victoriaMetrics(series: 10_000)),
        ]
        defer { for (_, peer) in peers { peer.stop() } }
        let costs = try ScrapeCost.of(.gzip, to: [ours] + peers.map(\.1), .init(rounds: 9, scrapes: 30))
        for (index, peer) in peers.enumerated() {
            BenchmarkRow(
                what: "CPU per scrape, 10,000 series, gzip (9 x 30)",
                ours: costs[0].cpu,
                peer: (peer.0, costs[index + 1].cpu),
                unit: .microseconds,
                goal: index == 0 ? .atMost(0.001) : nil
            ).print()
        }
    }

    /// The peer has as many series as the page has lines.
    private func smallPage() async throws {
        let ours = try await stage.ours(.withoutRooms(apps: 100))
        defer { ours.stop() }
        let text = try ScrapeConnection(port: ours.port).get(.text, keepingBody: true).body
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").count { !$0.hasPrefix("#") }
        let peer = try stage.peers.clientGolang(series: lines)
        defer { peer.stop() }
        let page = try ScrapeCost.of(.prometheus, to: [ours, peer], .init(rounds: 9, scrapes: 100))
        BenchmarkRow(
            what: "CPU per scrape, 100 apps, \(lines) series (9 x 100)",
            ours: page[0].cpu,
            peer: ("Go, promhttp", page[1].cpu),
            unit: .microseconds,
            goal: .timesPeer(1)
        ).print()
        let least = try ScrapeCost.of(.healthy, to: [ours, peer], .init(rounds: 9, scrapes: 2_000))
        BenchmarkRow(
            what: "CPU per request of /-/healthy (9 x 2,000)",
            ours: least[0].cpu,
            peer: ("Go, net/http", least[1].cpu),
            unit: .microseconds
        ).print()
    }
}
