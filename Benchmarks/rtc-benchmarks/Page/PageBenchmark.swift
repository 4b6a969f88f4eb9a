import Foundation

/// What a scrape costs, and the page behind it, beside peers that run at the same time.
///
/// Every server is a process of its own and is measured from outside, by the kernel's figures: CPU seconds, user and system, and
/// resident memory. Each figure is a median.
struct PageBenchmark {
    /// What can be measured alone.
    enum Rows: String, CaseIterable {
        /// What scrapes of a large page cost.
        case scrapes
        /// What memory it takes.
        case memory
        /// What it costs to make it.
        case making
        /// What scrapes of small pages cost.
        case small
    }

    /// How many series the large pages have. The goals are those of a million.
    let series: Int
    /// What is measured; all of it when this is empty.
    let rows: Set<Rows>

    /// Reads a number of series and names of rows, as they are on the command line; both may be missing.
    init(words: [String]) throws {
        rows = Set(words.compactMap(Rows.init))
        series = words.lazy.compactMap { Int($0) }.first ?? 1_000_000
        if let unknown = words.first(where: { Int($0) == nil && Rows(rawValue: $0) == nil }) {
            throw BenchmarkError.unknownPart("page \(unknown)")
        }
    }

    func run() async throws {
        try await BenchmarkFolder.with { folder in
            let stage = try PageStage(in: folder)
            for part in Rows.allCases where rows.isEmpty || rows.contains(part) { try await measure(part, stage) }
        }
    }

    private func measure(_ rows: Rows, _ stage: PageStage) async throws {
        let large = "of \(series) series, medians of (n)"
        switch rows {
        case .scrapes:
            BenchmarkRow.printHead("Scrapes \(large)")
            try await ScrapeRows(series: series, stage: stage).run()
        case .memory:
            BenchmarkRow.printHead("Memory with a page \(large)")
            try await MemoryRows(series: series, stage: stage).run()
        case .making:
            BenchmarkRow.printHead("Making a page \(large)")
            try await MakingRows(series: series, stage: stage).run()
        case .small:
            BenchmarkRow.printHead("Small pages, medians of (n)")
            try await SmallRows(stage: stage).run()
        }
    }
}
