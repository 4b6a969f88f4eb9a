/// Prints what the exporter's own work costs and achieves beside a peer, measured in the same run.
///
/// `rtc-benchmarks scrape`, `ledger`, `arrivals` and `plan` run one part; `plan 3 7` plays three days of the call plan with the
/// seed 7, `ledger 1000 2` takes a thousand rooms a day and starts on two days of them.
@main
enum Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let part = arguments.first
        let numbers = arguments.compactMap { Int($0) }
        if part == nil || part == "scrape" {
            for series in [10_000, 100_000] { try ScrapeBenchmark(series: series).run() }
        }
        if part == nil || part == "ledger" {
            let rooms = numbers.first ?? 1_000_000
            try await LedgerBenchmark(rooms: rooms).run()
            try await LedgerStartBenchmark(rooms: rooms, days: numbers.dropFirst().first ?? 10).run()
        }
        if part == nil || part == "plan" {
            PlanBenchmark(days: numbers.first ?? 30, seed: UInt64(numbers.dropFirst().first ?? 1)).run()
        }
        if part == nil || part == "arrivals" { try await ArrivalBenchmark(duration: .seconds(300)).run() }
    }
}
