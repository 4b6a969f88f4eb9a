/// Prints what the exporter's own work costs and achieves beside a peer, measured in the same run.
///
/// `rtc-benchmarks scrape`, `arrivals` and `plan` run one part; `plan 3 7` plays three days of the call plan with the seed 7.
@main
enum Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let part = arguments.first
        if part == nil || part == "scrape" {
            for series in [10_000, 100_000] { try ScrapeBenchmark(series: series).run() }
        }
        if part == nil || part == "plan" {
            let numbers = arguments.compactMap { Int($0) }
            PlanBenchmark(days: numbers.first ?? 30, seed: UInt64(numbers.dropFirst().first ?? 1)).run()
        }
        if part == nil || part == "arrivals" { try await ArrivalBenchmark(duration: .seconds(300)).run() }
    }
}
