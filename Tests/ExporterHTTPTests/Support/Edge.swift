import Exposition
import HTTPTypes
import Logging
import UsageReports

@testable import ExporterHTTP
@testable import ExporterMetrics

/// An edge with pages of its own, of which a test changes what it is about.
struct Edge: Sendable {
    var page: MetricsPage? = .example
    var tail: @Sendable () async -> [FamilySamples] = { [.tail] }
    var report = StatusReport.example()
    /// Awaited before a report is made.
    var beforeStatus: @Sendable () async -> Void = {}
    /// Makes the report by what was asked for, in place of the one above.
    var onStatus: (@Sendable (StatusQuery) -> StatusReport)?
    var apps: [AppReport] = []
    var options = WebOptions(telemetryPath: "/metrics", routePrefix: "", externalPath: "", maxRequests: 40)
    var reload: @Sendable () async -> ReloadOutcome = { .failed("Nothing can be loaded.") }
    var usage: @Sendable (String) async -> UsageAnswer = { _ in .problem(503, .busy) }
    var protection: (any WebProtection)?
    var mostConnections = 512
    let statistics = HTTPStatistics(handlers: ExporterRouter.handlers)

    var router: ExporterRouter {
        let (page, report, beforeStatus, onStatus, apps) = (page, report, beforeStatus, onStatus, apps)
        return ExporterRouter(
            pages: ExporterPages(
                metrics: { page },
                metricsTail: tail,
                usage: usage,
                status: {
                    await beforeStatus()
                    return onStatus?($0) ?? report
                },
                app: { provider, app in
                    apps.first { ($0.row.summary.name.provider, $0.row.summary.name.app) == (provider, app) }
                },
                reload: reload
            ),
            options: options,
            statistics: statistics,
            mostConnections: mostConnections
        )
    }

    /// Runs `body` with a client of a server of its own, which has ended afterwards: all its answers are counted then.
    func routed<Value: Sendable>(_ body: @escaping @Sendable (Client) async throws -> Value) async throws -> Value {
        try await listening { try await body(Client(port: $0)) }
    }

    /// The answer to one request.
    func answer(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        _ headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        try await routed { try await $0.execute(uri: path, method: method, headers: headers) }
    }

    /// How often requests were answered, by handler and code; without those that never were.
    var counts: [String: Int] {
        var counts: [String: Int] = [:]
        for sample in statistics.families().filter({ $0.family.name == "rtc_http_requests_total" }).flatMap(\.samples) {
            guard case .integer(let value) = sample.value, value > 0 else { continue }
            counts["\(sample.labels["handler"] ?? "") \(sample.labels["code"] ?? "")"] = value
        }
        return counts
    }
}

extension MetricsPage {
    static let example = MetricsPage([
        FamilySamples(
            MetricFamily("rtc_rooms", .gauge, help: "Rooms.", labels: ["app"]),
            [Sample(["app": "教室"], 7), Sample(["app": "\"\n"], 8)]
        )
    ])

    /// More than the buffers of two sockets take. Quick to make: a label's name is written without a look at each byte.
    static let huge = MetricsPage([
        FamilySamples(
            MetricFamily("rtc_huge", .gauge, help: "Huge."),
            [Sample([String(repeating: "x", count: 16 << 20): ""], 1)]
        )
    ])
}

extension FamilySamples {
    static let tail = FamilySamples(MetricFamily("rtc_ledger_writable", .gauge, help: "Writable."), [Sample(.empty, 1)])
}

extension Logger {
    /// A logger that keeps tests silent.
    static var quiet: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}
