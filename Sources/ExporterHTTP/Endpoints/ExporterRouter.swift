public import ExporterMetrics
import Exposition
import NIOCore
import NIOHTTP1

/// The exporter's paths, for any number of servers.
public struct ExporterRouter: Sendable {
    /// The closed set of values of the `handler` label.
    public static let handlers = ["metrics", "usage", "status", "app", "healthy", "ready", "reload", "other"]

    /// How many pages for people are made at once: each reads the ledger and takes the processor, which scrapes need too.
    private static let mostPages = 8
    private static let other = "other"

    private enum Route: String {
        case metrics, usage, status, app, healthy, ready, reload
        case redirect = "other"
    }

    let statistics: HTTPStatistics
    let connections: ConnectionRegister
    private let pages: ExporterPages
    private let options: WebOptions
    private let routes: [String: Route]
    private let metrics: MetricsEndpoint
    private let usage: UsageEndpoint
    private let redirect: HTTPAnswer
    private let sites = ScrapeGate(most: mostPages)

    /// - Parameters:
    ///   - pages: What is served.
    ///   - options: How the edge behaves.
    ///   - statistics: Counts the requests.
    public init(pages: ExporterPages, options: WebOptions, statistics: HTTPStatistics) {
        self.init(
            pages: pages,
            options: options,
            statistics: statistics,
            mostConnections: ConnectionRegister.most(descriptors: ConnectionRegister.mostDescriptors)
        )
    }

    init(pages: ExporterPages, options: WebOptions, statistics: HTTPStatistics, mostConnections: Int) {
        self.pages = pages
        self.options = options
        self.statistics = statistics
        connections = ConnectionRegister(most: mostConnections)
        routes = Self.routes(options)
        metrics = MetricsEndpoint(pages: pages, maxRequests: options.maxRequests)
        usage = UsageEndpoint(pages.usage)
        let home = options.routePrefix + "/"
        redirect = .text(.found, "The pages are below \(home).\n", [("Location", home)])
    }

    private static func routes(_ options: WebOptions) -> [String: Route] {
        let paths: [(String, Route)] = [
            (options.telemetryPath, .metrics), (UsageEndpoint.path, .usage), ("/", .status), (StatusSite.appPath, .app),
            ("/-/healthy", .healthy), ("/-/ready", .ready), ("/-/reload", .reload),
        ]
        var routes = Dictionary(paths.map { (options.routePrefix + $0.0, $0.1) }) { first, _ in first }
        if !options.routePrefix.isEmpty {
            routes[options.routePrefix] = .status
            routes["/"] = .redirect
        }
        return routes
    }

    /// What a request gets. Quick: what takes time is left as work to be done.
    func reply(to head: HTTPRequestHead) -> Reply {
        guard let target = RequestTarget(head.uri) else { return Reply(Self.other, .done(.malformed)) }
        guard let route = routes[target.path] else { return Reply(Self.other, .done(.unknownPath)) }
        switch route {
        case .usage: return usage.reply(to: head.method, query: target.query)
        case .reload: return Reply(route.rawValue, reload(head.method))
        case _ where head.method != .GET && head.method != .HEAD:
            return Reply(route.rawValue, .done(.onlyReading))
        case .metrics: return metrics.reply(to: head)
        case .status: return site(route, head) { await $0.home(query: target.query) }
        case .app: return site(route, head) { await $0.app(query: target.query) }
        case .healthy: return Reply(route.rawValue, .done(.healthy))
        case .ready: return Reply(route.rawValue, .done(pages.metrics() == nil ? .loading : .ready))
        case .redirect: return Reply(route.rawValue, .done(redirect))
        }
    }

    /// What a refusal is counted under.
    func handler(of head: HTTPRequestHead) -> String {
        RequestTarget(head.uri).flatMap { routes[$0.path] }?.rawValue ?? Self.other
    }

    /// As Prometheus has it: POST and PUT reload when that is enabled, all else is a mistake.
    private func reload(_ method: HTTPMethod) -> Reply.Work {
        guard method == .POST || method == .PUT else { return .done(.onlyReload) }
        guard options.enablesLifecycle else { return .done(.noLifecycle) }
        return .pending { [pages] in
            switch await pages.reload() {
            case .succeeded(let text): .text(.ok, text + "\n")
            case .failed(let text): .text(.internalServerError, text + "\n")
            }
        }
    }

    private static let page = HTTPAnswer.fields(
        "text/html; charset=utf-8",
        [("Cache-Control", "no-store"), ("Vary", "Accept-Encoding")]
    )

    private func site(
        _ route: Route,
        _ head: HTTPRequestHead,
        _ page: @escaping @Sendable (StatusSite) async -> StatusSite.Answer
    ) -> Reply {
        guard let place = sites.enter() else { return Reply(route.rawValue, .done(.busy)) }
        let site = StatusSite(pages: pages, options: options)
        let compressed = ContentNegotiation.prefersGzip(acceptEncoding: head.headers.joined("accept-encoding"))
        return Reply(
            route.rawValue,
            .pending {
                let answer = await page(site)
                withExtendedLifetime(place) {}
                let status = HTTPResponseStatus(statusCode: answer.code)
                guard compressed else {
                    return HTTPAnswer(status, headers: Self.page, body: ByteBuffer(string: answer.html))
                }
                var headers = Self.page
                headers.add(name: "Content-Encoding", value: "gzip")
                return HTTPAnswer(status, headers: headers, body: gzip(Array(answer.html.utf8)))
            }
        )
    }
}

extension HTTPHeaders {
    /// Several header lines of one name mean the same as one with commas.
    func joined(_ name: String) -> String? {
        let values = self[name]
        return values.count > 1 ? values.joined(separator: ",") : values.first
    }
}
