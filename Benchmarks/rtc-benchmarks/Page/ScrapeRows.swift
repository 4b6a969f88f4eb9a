/// What scrapes of a large page cost.
struct ScrapeRows {
    /// How many series the page has.
    let series: Int
    /// Where it is measured.
    let stage: PageStage

    private static let cProgram = "C program"

    func run() async throws {
        let ours = try await stage.ours(.oneApp(series: series))
        defer { ours.stop() }
        let sizes = try PageCheck.sizes(of: ours, series: PageScenario.oneApp(series: series).series)
        let prebuilt = try stage.peers.prebuilt(copying: ours)
        defer { prebuilt.stop() }
        BenchmarkRow(what: "text body", ours: Double(sizes.text), unit: .megabytes).print()
        BenchmarkRow(
            what: "gzip body",
            ours: Double(sizes.gzip),
            peer: ("gzip -6", Double(try stage.peers.sizeByGzip())),
            unit: .megabytes,
            goal: .atMost(7e6)
        ).print()
        let text = try ScrapeCost.of(.text, to: [ours, prebuilt], .init(rounds: 9, scrapes: 10))
        let gzip = try ScrapeCost.of(.gzip, to: [ours, prebuilt], .init(rounds: 9, scrapes: 40))
        row("CPU per scrape, text (9 x 10)", text, goal: 1.5)
        row("CPU per scrape, gzip (9 x 40)", gzip, goal: 2)
        firstByte("first byte, text", text)
        firstByte("first byte, gzip", gzip)
        let costs = [("text", ScrapeRequest.text, text[0]), ("gzip", .gzip, gzip[0])]
        let memory = try ours.figures.peakBytes
        try beside("client_golang", try stage.peers.clientGolang(series: series), costs, memory)
        try beside("VictoriaMetrics", try stage.peers.victoriaMetrics(series: series), costs, memory)
    }

    private func row(_ what: String, _ costs: [ScrapeCost], goal: Double) {
        BenchmarkRow(
            what: what,
            ours: costs[0].cpu,
            peer: (Self.cProgram, costs[1].cpu),
            unit: .milliseconds,
            goal: .timesPeer(goal)
        ).print()
    }

    private func firstByte(_ what: String, _ costs: [ScrapeCost]) {
        BenchmarkRow(
            what: what,
            ours: costs[0].firstByte,
            peer: (Self.cProgram, costs[1].firstByte),
            unit: .milliseconds,
            goal: .atMost(0.005)
        ).print()
    }

    /// A library that does all the work at each scrape; three scrapes of each kind tell enough.
    private func beside(
        _ name: String,
        _ peer: ServerProcess,
        _ costs: [(kind: String, request: ScrapeRequest, ours: ScrapeCost)],
        _ memory: Double
    ) throws {
        defer { peer.stop() }
        try PageCheck.check(peer, series: series)
        let effort = ScrapeCost.Effort(rounds: 3, scrapes: 1)
        for (kind, request, ours) in costs {
            let cost = try ScrapeCost.of(request, to: [peer], effort)[0]
            BenchmarkRow(
                what: "CPU per scrape, \(kind), beside a library (3)",
                ours: ours.cpu,
                peer: (name, cost.cpu),
                unit: .milliseconds
            ).print()
            BenchmarkRow(
                what: "first byte, \(kind), beside a library (3)",
                ours: ours.firstByte,
                peer: (name, cost.firstByte),
                unit: .milliseconds
            ).print()
        }
        BenchmarkRow(
            what: "peak memory since the start, beside a library",
            ours: memory,
            peer: (name, try peer.figures.peakBytes),
            unit: .mebibytes
        ).print()
    }
}
