/// What one scrape costs a server, measured from outside.
struct ScrapeCost {
    /// CPU seconds of the server's process.
    let cpu: Double
    /// Seconds until the first byte.
    let firstByte: Double

    /// How often a scrape is measured.
    struct Effort {
        /// Each gives one figure, of which the median is taken.
        let rounds: Int
        /// How many scrapes share a round's figure.
        let scrapes: Int
    }

    /// What scrapes cost several servers, which are asked by turns, so that a machine that gets slower does so for all.
    static func of(_ request: ScrapeRequest, to servers: [ServerProcess], _ effort: Effort) throws -> [ScrapeCost] {
        let connections = try servers.map { try ScrapeConnection(port: $0.port) }
        // What a first scrape has to prepare is no part of the others.
        for connection in connections { try connection.get(request) }
        var costs = servers.map { _ in [ScrapeCost]() }
        for _ in 0..<effort.rounds {
            for (index, server) in servers.enumerated() {
                costs[index].append(try round(request, server.figures, connections[index], effort.scrapes))
            }
        }
        return costs.map { ScrapeCost(cpu: $0.map(\.cpu).median, firstByte: $0.map(\.firstByte).median) }
    }

    private static func round(
        _ request: ScrapeRequest,
        _ figures: ProcessFigures,
        _ connection: ScrapeConnection,
        _ scrapes: Int
    ) throws -> ScrapeCost {
        let start = try figures.cpuSeconds
        let firstBytes = try (0..<scrapes).map { _ in try connection.get(request).firstByte }
        return ScrapeCost(cpu: (try figures.cpuSeconds - start) / Double(scrapes), firstByte: firstBytes.median)
    }
}

extension [Double] {
    /// The one in the middle, or what lies between the two there; 0 of none.
    var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = sorted()
        return (sorted[count / 2] + sorted[(count - 1) / 2]) / 2
    }
}
