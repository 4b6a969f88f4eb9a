import ExporterHTTP
import Exposition
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import UsageReports

@testable import ExporterMetrics

/// An edge with pages of its own, of which a test changes what it is about.
struct Edge: Sendable {
    var page: MetricsPage? = .example
    var tail: @Sendable () async -> [FamilySamples] = { [.tail] }
    var report = StatusReport.example()
    var options = WebOptions(telemetryPath: "/metrics", routePrefix: "", externalPath: "", maxRequests: 40)
    var reload: @Sendable () async -> ReloadOutcome = { .failed("Nothing can be loaded.") }
    var usage: @Sendable (String) async -> UsageAnswer = { _ in .problem(503, .busy) }
    let statistics = HTTPStatistics(handlers: ExporterRouter.handlers)

    var router: ExporterRouter {
        let (page, report) = (page, report)
        return ExporterRouter(
            pages: ExporterPages(
                metrics: { page },
                metricsTail: tail,
                usage: usage,
                status: { report },
                reload: reload
            ),
            options: options,
            statistics: statistics
        )
    }

    /// Runs `body` with a client that talks to the router directly.
    func routed<Value: Sendable>(
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        try await Application(router: router.router(), logger: .quiet).test(.router) { try await body($0) }
    }

    /// The answer to one request.
    func answer(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
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

extension StatusReport {
    static func example(problems: [String] = [], notes: [String] = [], apps: [App] = [.example()]) -> StatusReport {
        StatusReport(version: "1.2.3", problems: problems, notes: notes, apps: apps)
    }
}

extension StatusReport.App {
    static func example(
        app: String = "1400000001",
        name: String = "Classroom",
        day: String? = "2026-11-21 (+08:00)",
        seconds: Int? = 1_234_567,
        rooms: Int? = 1042,
        lastSuccess: String? = "11:59 UTC, 40 s ago",
        nextCall: String? = "in 4 min 20 s",
        error: String? = nil
    ) -> StatusReport.App {
        StatusReport.App(
            provider: "tencent",
            account: "classroom-prod",
            app: app,
            name: name,
            source: "room_usage",
            day: day,
            seconds: seconds,
            rooms: rooms,
            lastSuccess: lastSuccess,
            nextCall: nextCall,
            error: error
        )
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var bytes: [UInt8] { Array(body.readableBytesView) }
}

extension Logger {
    /// A logger that keeps tests silent.
    static var quiet: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}
