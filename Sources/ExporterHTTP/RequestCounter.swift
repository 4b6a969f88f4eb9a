import ExporterMetrics
import HTTPTypes
import Hummingbird

/// Counts requests by handler and status once their answer is written.
struct RequestCounter<Context: RequestContext>: RouterMiddleware {
    private let statistics: HTTPStatistics
    /// By the route that answers, so that no spelling of a path makes a difference.
    private let handlers: [String: String]

    init(statistics: HTTPStatistics, options: WebOptions) {
        self.statistics = statistics
        let paths = [
            (options.telemetryPath, "metrics"), (UsageEndpoint.path, "usage"), ("/", "status"),
            ("/-/healthy", "healthy"), ("/-/ready", "ready"), ("/-/reload", "reload"),
        ]
        handlers = Dictionary(paths.map { (RouterPath(options.routePrefix + $0.0).description, $0.1) }) { first, _ in
            first
        }
    }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let handler = context.endpointPath.flatMap { handlers[$0] } ?? "other"
        do {
            let response = try await next(request, context)
            return counted(response, to: request, handler: handler, since: start)
        } catch {
            let status = (error as? any HTTPResponseError)?.status ?? .internalServerError
            statistics.count(handler: handler, code: status.code, took: ContinuousClock.now - start)
            throw error
        }
    }

    private func counted(
        _ response: Response,
        to request: Request,
        handler: String,
        since start: ContinuousClock.Instant
    ) -> Response {
        let code = response.status.code
        guard request.method != .head else {
            // The body is never written.
            statistics.count(handler: handler, code: code, took: ContinuousClock.now - start)
            return response
        }
        var response = response
        let body = response.body
        response.body = ResponseBody(contentLength: body.contentLength) { [statistics] writer in
            try await body.write(writer)
            statistics.count(handler: handler, code: code, took: ContinuousClock.now - start)
        }
        return response
    }
}
