/// Prints what the exporter's own work costs beside what the same work costs a peer, measured in the same run.
@main
enum Main {
    static func main() throws {
        for series in [10_000, 100_000] { try ScrapeBenchmark(series: series).run() }
    }
}
