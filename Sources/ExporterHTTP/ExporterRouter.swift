public import ExporterMetrics
import Exposition
import HTTPTypes
public import Hummingbird

/// The exporter's paths.
public struct ExporterRouter: Sendable {
    /// The closed set of values of the `handler` label.
    public static let handlers = ["metrics", "usage", "status", "healthy", "ready", "reload", "other"]

    private let pages: ExporterPages
    private let options: WebOptions
    private let statistics: HTTPStatistics
    private let gate: ScrapeGate
    private let usage: UsageEndpoint

    /// - Parameters:
    ///   - pages: What is served.
    ///   - options: How the edge behaves.
    ///   - statistics: Counts the requests.
    public init(pages: ExporterPages, options: WebOptions, statistics: HTTPStatistics) {
        self.pages = pages
        self.options = options
        self.statistics = statistics
        gate = ScrapeGate(most: options.maxRequests)
        usage = UsageEndpoint(answer: pages.usage)
    }

    /// The routes, for any number of servers.
    public func router() -> Router<ExporterContext> {
        let router = Router(context: ExporterContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestCounter(statistics: statistics, options: options))
        router.add(middleware: SecurityHeaders())
        router.get(RouterPath("\(options.routePrefix)\(options.telemetryPath)")) { request, context in
            await metrics(request, context)
        }
        usage.add(to: router, prefix: options.routePrefix)
        router.get(RouterPath("\(options.routePrefix)/")) { _, _ in await status() }
        router.get(RouterPath("\(options.routePrefix)/-/healthy")) { _, _ in
            Self.text(.ok, "rtc-exporter is healthy.\n")
        }
        router.get(RouterPath("\(options.routePrefix)/-/ready")) { _, _ in ready() }
        addReload(to: router)
        return router
    }

    /// As Prometheus has it: POST and PUT reload when that is enabled, all else is a mistake.
    private func addReload(to router: Router<ExporterContext>) {
        let path = RouterPath("\(options.routePrefix)/-/reload")
        for method in [HTTPRequest.Method.post, .put] {
            router.on(path, method: method) { _, _ in await reload() }
        }
        for method in [HTTPRequest.Method.get, .head, .delete, .patch, .options] {
            router.on(path, method: method) { _, _ in
                var answer = Self.text(.methodNotAllowed, "Only POST or PUT requests are allowed.\n")
                answer.headers[.allow] = "POST, PUT"
                return answer
            }
        }
    }

    private func reload() async -> Response {
        guard options.enablesLifecycle else { return Self.text(.forbidden, "Lifecycle API is not enabled.\n") }
        return switch await pages.reload() {
        case .succeeded(let text): Self.text(.ok, text + "\n")
        case .failed(let text): Self.text(.internalServerError, text + "\n")
        }
    }

    private func ready() -> Response {
        pages.metrics() == nil
            ? Self.text(.serviceUnavailable, "The ledger is being loaded.\n")
            : Self.text(.ok, "rtc-exporter is ready.\n")
    }

    private func status() async -> Response {
        let page = StatusPage(report: await pages.status(), options: options)
        return Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page.html))
        )
    }

    private func metrics(_ request: Request, _ context: ExporterContext) async -> Response {
        guard let page = pages.metrics() else {
            return Self.text(.serviceUnavailable, "The ledger is being loaded.\n")
        }
        guard let place = gate.enter() else {
            return Self.text(
                .serviceUnavailable,
                "More than \(options.maxRequests) scrapes at once (--web.max-requests).\n"
            )
        }
        let type = ContentNegotiation.contentType(accept: Self.joined(.accept, of: request))
        let gzip = ContentNegotiation.prefersGzip(acceptEncoding: Self.joined(.acceptEncoding, of: request))
        let body = page.body(format: type.format, gzip: gzip, tail: await pages.metricsTail())
        var headers: HTTPFields = [
            .contentType: type.headerValue, .vary: "Accept, Accept-Encoding", .cacheControl: "no-store",
        ]
        if body.isGzip { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: Self.responseBody(body, context, holding: place))
    }

    /// Holds the scrape's place until the client has taken nearly all of it.
    private static func responseBody(
        _ body: PageBody,
        _ context: ExporterContext,
        holding place: ScrapeGate.Place
    ) -> ResponseBody {
        ResponseBody(contentLength: body.count) { writer in
            for piece in body.head {
                try await writer.write(ByteBuffer(bytes: piece))
                try await context.handOver()
            }
            try await writer.write(ByteBuffer(bytes: body.tail))
            try await writer.finish(nil)
            withExtendedLifetime(place) {}
        }
    }

    /// Several header lines of one name mean the same as one with commas.
    private static func joined(_ name: HTTPField.Name, of request: Request) -> String? {
        let values = request.headers[values: name]
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
