import ExporterHTTP
import ExporterMetrics
import Foundation
import Logging
import UsageReports

/// The exporter's own server with a page and nothing else behind it, in a process of its own: the one place that knows how a
/// page is served. Takes orders on its standard input, and ends with it.
struct PageServer {
    private let page: ServedPage

    /// What it may be ordered to do.
    private enum Order {
        case change(revision: Int)
        case render

        init?(_ line: String) {
            let words = line.split(separator: " ")
            switch (words.first, words.dropFirst().first.flatMap { Int($0) }) {
            case ("change", let revision?): self = .change(revision: revision)
            case ("render", nil): self = .render
            default: return nil
            }
        }
    }

    /// Serves the page of a ledger in a folder, given as the words of a command line, until there are no more orders.
    static func run(_ words: [String]) async throws {
        guard let folder = words.first, let scenario = PageScenario(words: Array(words.dropFirst())) else {
            throw BenchmarkError.unknownPart("page-server \(words)")
        }
        let statistics = HTTPStatistics(handlers: ExporterRouter.handlers)
        let page = try await ServedPage(scenario, in: URL(filePath: folder), counting: statistics)
        try await page.load()
        try await PageServer(page: page).serve()
        try page.close()
    }

    private func serve() async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask {
                for await line in Self.orders { Self.say(await answer(to: line)) }
            }
            // Whichever ends first, the other one is of no use without it.
            try await group.next()
            group.cancelAll()
        }
    }

    private func answer(to line: String) async -> String {
        do { return try await carryOut(line) } catch { return "failed \(error)" }
    }

    private func carryOut(_ line: String) async throws -> String {
        let numbers =
            switch Order(line) {
            case .change(let revision)?: try await page.change(to: revision)
            case .render?: [try await page.render()]
            case nil: throw BenchmarkError.unknownPart(line)
            }
        return "done " + numbers.map { "\($0)" }.joined(separator: " ")
    }

    private var server: ExporterServer {
        let page = page
        let router = ExporterRouter(
            pages: ExporterPages(
                metrics: { page.page },
                metricsTail: { await page.tail() },
                usage: { _ in .problem(503, .busy) },
                status: { StatusReport(version: "", now: PageScenario.now, listing: AppListing([], by: $0), rows: []) },
                reload: { .failed("Nothing can be loaded.") }
            ),
            options: WebOptions(telemetryPath: "/metrics", routePrefix: "", externalPath: "", maxRequests: 40),
            statistics: page.statistics
        )
        return ExporterServer(
            listener: .address(ListenAddress(host: "127.0.0.1", port: 0)),
            router: router,
            logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() },
            onListening: { Self.say("port \($0)") }
        )
    }

    /// Lines of the standard input, waited for in a thread of their own: the server needs all the others.
    private static var orders: AsyncStream<String> {
        AsyncStream { orders in
            Thread.detachNewThread {
                while let line = readLine() { orders.yield(line) }
                orders.finish()
            }
        }
    }

    private static func say(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    }
}
