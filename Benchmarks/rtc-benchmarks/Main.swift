import Foundation

/// Prints what the exporter's own work costs and achieves beside a peer, measured in the same run.
///
/// `rtc-benchmarks page`, `decode`, `ledger`, `arrivals`, `plan` and `prometheus` run one part; `page 10000 memory` has pages of so
/// many series and measures memory alone, `decode 1000` has an answer of a thousand rooms, `plan 3 7` plays three days of the call plan with
/// the seed 7, `ledger 1000 2` takes a thousand rooms a day and starts on two days of them, and `prometheus 5` scrapes for five minutes. The
/// last one is no part of a run without arguments.
@main
enum Main {
    private static let parts = ["page", "decode", "ledger", "plan", "arrivals"]

    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("rtc-benchmarks: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        guard let part = arguments.first else {
            for part in parts { try await run(part, []) }
            return
        }
        try await run(part, Array(arguments.dropFirst()))
    }

    private static func run(_ part: String, _ words: [String]) async throws {
        let numbers = words.compactMap { Int($0) }
        switch part {
        case "page": try await PageBenchmark(words: words).run()
        // What the page's benchmark starts for itself.
        case "page-server": try await PageServer.run(words)
        case "ledger":
            let rooms = numbers.first ?? 1_000_000
            try await LedgerBenchmark(rooms: rooms).run()
            try await LedgerStartBenchmark(rooms: rooms, days: numbers.dropFirst().first ?? 10).run()
        case "decode": try await DecodeBenchmark(rooms: numbers.first ?? 1_000_000).run()
        // What that one starts for itself.
        case "decode-once": try await DecodeOnce.run(words)
        case "plan":
            PlanBenchmark(days: numbers.first ?? 30, seed: UInt64(numbers.dropFirst().first ?? 1)).run()
        case "arrivals": try await ArrivalBenchmark(duration: .seconds(300)).run()
        case "prometheus": try await PrometheusBenchmark(minutes: numbers.first ?? 10).run()
        default: throw BenchmarkError.unknownPart(part)
        }
    }
}
