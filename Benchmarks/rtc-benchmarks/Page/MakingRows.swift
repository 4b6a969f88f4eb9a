/// What it costs to make a large page: as a whole, after a change, and at the start.
struct MakingRows {
    /// How many series the page has.
    let series: Int
    /// Where it is measured.
    let stage: PageStage

    func run() async throws {
        let (one, many) = (PageScenario.oneApp(series: series), PageScenario.manyApps(series: series))
        try await render(one, "one app")
        try await render(many, "1,000 apps")
        try await change(many)
        try await start(one, "one app")
        try await start(many, "1,000 apps")
    }

    private func render(_ scenario: PageScenario, _ name: String) async throws {
        let server = try await stage.ours(scenario)
        defer { server.stop() }
        let times = try (0..<5).map { _ in try server.ask("render").first ?? 0 }
        BenchmarkRow(
            what: "whole page anew, text and gzip, \(name) (5)",
            ours: times.median,
            unit: .milliseconds,
            goal: .atMost(0.25)
        ).print()
    }

    /// From the reading to the end of the first scrape with its figures; all that the process does meanwhile counts.
    private func change(_ scenario: PageScenario) async throws {
        let server = try await stage.ours(scenario)
        defer { server.stop() }
        let connection = try ScrapeConnection(port: server.port)
        try connection.get(.gzip)
        var (wholes, parts): ([Double], [[Double]]) = ([], [])
        for revision in 1...11 {
            let start = try server.figures.cpuSeconds
            parts.append(try server.ask("change \(revision)"))
            try connection.get(.gzip)
            wholes.append(try server.figures.cpuSeconds - start)
        }
        let what = "one app of 1,000 rooms changes, until it is served"
        BenchmarkRow(what: what, ours: wholes.median, unit: .milliseconds, goal: .atMost(0.010)).print()
        for (index, part) in ["the reading recorded", "its figures read", "the page made"].enumerated() {
            BenchmarkRow(what: "  of that: \(part)", ours: parts.map { $0[index] }.median, unit: .milliseconds).print()
        }
    }

    /// From the start of the process to its first page.
    private func start(_ scenario: PageScenario, _ name: String) async throws {
        var times: [Double] = []
        for _ in 0..<3 {
            let server = try await stage.ours(scenario)
            times.append(try server.figures.cpuSeconds)
            server.stop()
        }
        BenchmarkRow(
            what: "page at the start, from the ledger, \(name) (3)",
            ours: times.median,
            unit: .seconds,
            goal: .atMost(3)
        ).print()
    }
}
