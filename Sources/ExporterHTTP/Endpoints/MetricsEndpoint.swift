import Exposition
import NIOHTTP1

/// The metrics, to whoever scrapes them.
struct MetricsEndpoint: Sendable {
    private static let handler = "metrics"

    private let pages: ExporterPages
    private let gate: ScrapeGate
    private let full: HTTPAnswer

    init(pages: ExporterPages, maxRequests: Int) {
        self.pages = pages
        gate = ScrapeGate(most: maxRequests)
        full = .text(
            .serviceUnavailable,
            "More than \(maxRequests) scrapes at once (--web.max-requests).\n"
        )
    }

    func reply(to head: HTTPRequestHead) -> Reply {
        guard let page = pages.metrics() else { return Reply(Self.handler, .done(.loading)) }
        guard let place = gate.enter() else { return Reply(Self.handler, .done(full)) }
        let type = ContentNegotiation.contentType(accept: head.headers.joined("accept"))
        let gzip = ContentNegotiation.prefersGzip(acceptEncoding: head.headers.joined("accept-encoding"))
        let patience = head.headers.first(name: "x-prometheus-scrape-timeout-seconds").flatMap { Double($0) }
        let tail = pages.metricsTail
        return Reply(
            Self.handler,
            .pending { Self.answer(page.body(format: type.format, gzip: gzip, tail: await tail()), type) },
            holding: place,
            patience: patience
        )
    }

    private static func answer(_ body: PageBody, _ type: ContentType) -> HTTPAnswer {
        let headers = (body.isGzip ? packed : plain)[type] ?? HTTPAnswer.fields(type.headerValue)
        return HTTPAnswer(.ok, headers: headers, body: body.pieces, count: body.count)
    }

    private static let plain = headers([])
    private static let packed = headers([("Content-Encoding", "gzip")])

    private static func headers(_ more: [(String, String)]) -> [ContentType: HTTPHeaders] {
        let all = [("Vary", "Accept, Accept-Encoding"), ("Cache-Control", "no-store")] + more
        return Dictionary(
            uniqueKeysWithValues: ContentType.allCases.map { ($0, HTTPAnswer.fields($0.headerValue, all)) }
        )
    }
}
