/// A request for a page.
struct ScrapeRequest {
    /// What Prometheus 2.42 accepts: OpenMetrics before text.
    private static let acceptedByPrometheus =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    /// The text format as it is.
    static let text = ScrapeRequest(accept: "text/plain;version=0.0.4", gzip: false)
    /// The text format, compressed.
    static let gzip = ScrapeRequest(accept: "text/plain;version=0.0.4", gzip: true)
    /// As Prometheus asks.
    static let prometheus = ScrapeRequest(accept: acceptedByPrometheus, gzip: true)
    /// What Prometheus gets, without compression.
    static let prometheusPlain = ScrapeRequest(accept: acceptedByPrometheus, gzip: false)
    /// Whether the server lives: the smallest request there is.
    static let healthy = ScrapeRequest(path: "/-/healthy", accept: "*/*", gzip: true)

    /// The request as it is sent.
    let bytes: [UInt8]

    /// A request for any path.
    init(path: String = "/metrics", accept: String, gzip: Bool) {
        let encoding = gzip ? "Accept-Encoding: gzip\r\n" : ""
        bytes = Array(
            """
            GET \(path) HTTP/1.1\r
            Host: 127.0.0.1\r
            User-Agent: Prometheus/2.42.0\r
            Accept: \(accept)\r
            \(encoding)X-Prometheus-Scrape-Timeout-Seconds: 60\r
            \r

            """.utf8
        )
    }
}
