import ExporterHTTP
import Exposition
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ExporterMetrics

@Suite("Paths")
struct RoutingTests {
    @Test(
        "It is healthy as long as it answers, and ready when the ledger's figures are on a page",
        arguments: [true, false]
    )
    func health(isLoaded: Bool) async throws {
        var edge = Edge()
        if !isLoaded { edge.page = nil }
        let healthy = try await edge.answer("/-/healthy")
        #expect(healthy.status == .ok)
        #expect(healthy.text == "rtc-exporter is healthy.\n")
        let ready = try await edge.answer("/-/ready")
        #expect(ready.status == (isLoaded ? .ok : .serviceUnavailable))
        #expect(ready.text == (isLoaded ? "rtc-exporter is ready.\n" : "The ledger is being loaded.\n"))
        #expect(ready.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(try await edge.answer("/-/ready", .head).status == ready.status)
    }

    @Test(
        "An unknown path is not found",
        arguments: ["/metric", "/metrics/x", "/-/", "/-/quit", "/favicon.ico", "/..", "/%2e%2e/etc"]
    )
    func unknown(path: String) async throws {
        #expect(try await Edge().answer(path).status == .notFound)
    }

    @Test("A query changes nothing", arguments: ["/metrics?name[]=x", "/?q=<script>", "/-/healthy?"])
    func query(path: String) async throws {
        #expect(try await Edge().answer(path).status == .ok)
    }

    @Test("The telemetry path can be another one, of several parts")
    func telemetryPath() async throws {
        var edge = Edge()
        edge.options.telemetryPath = "/probe/rtc"
        #expect(try await edge.answer("/probe/rtc").text.hasPrefix("# HELP rtc_rooms"))
        #expect(try await edge.answer("/metrics").status == .notFound)
        #expect(edge.counts == ["metrics 200": 1, "other 404": 1])
        #expect(try await edge.answer("/").text.contains("href=\"/probe/rtc\""))
    }

    @Test("A route prefix stands before all paths")
    func routePrefix() async throws {
        var edge = Edge()
        edge.options.routePrefix = "/team/rtc"
        for path in ["/team/rtc/metrics", "/team/rtc/", "/team/rtc", "/team/rtc/-/healthy", "/team/rtc/-/ready"] {
            #expect(try await edge.answer(path).status == .ok, "\(path)")
        }
        for path in ["/metrics", "/", "/-/healthy", "/-/ready", "/team", "/team/metrics"] {
            #expect(try await edge.answer(path).status == .notFound, "\(path)")
        }
        #expect(edge.counts == ["metrics 200": 1, "status 200": 2, "healthy 200": 1, "ready 200": 1, "other 404": 6])
    }

    @Test("Links are those that a browser outside a proxy needs")
    func externalPath() async throws {
        var edge = Edge()
        edge.options.routePrefix = "/inside"
        edge.options.externalPath = "/outside"
        let html = try await edge.answer("/inside/").text
        for path in ["/outside/metrics", "/outside/-/healthy", "/outside/-/ready"] {
            #expect(html.contains("href=\"\(path)\""), "\(path)")
        }
        #expect(!html.contains("/inside"))
    }

    @Test("Requests are counted by a closed set of handlers and by code")
    func counts() async throws {
        let edge = Edge()
        try await edge.routed { client in
            for path in ["/", "/metrics", "/metrics", "/metrics?x", "/-/healthy", "/-/ready", "/x"] {
                try await client.execute(uri: path, method: .get)
            }
        }
        #expect(
            edge.counts == ["status 200": 1, "metrics 200": 3, "healthy 200": 1, "ready 200": 1, "other 404": 1]
        )
    }

    @Test("A path with slashes to spare is counted like the one that answers it")
    func spareSlashes() async throws {
        let edge = Edge()
        for path in ["/metrics/", "//metrics"] { #expect(try await edge.answer(path).status == .ok) }
        #expect(edge.counts == ["metrics 200": 2])
    }

    @Test("HEAD is counted like GET", arguments: ["/", "/metrics", "/-/healthy"])
    func headCounts(path: String) async throws {
        let edge = Edge()
        _ = try await edge.answer(path, .head)
        #expect(edge.counts.values.reduce(0, +) == 1)
    }

    @Test("A flood of unknown paths and methods adds one series")
    func flood() async throws {
        let edge = Edge()
        let before = edge.statistics.families().map(\.samples.count)
        try await edge.routed { client in
            for number in 0..<200 {
                let method = HTTPRequest.Method("X\(number)") ?? .post
                try await client.execute(uri: "/\(number)", method: number.isMultiple(of: 2) ? .get : method)
                try await client.execute(uri: "/-/healthy", method: number.isMultiple(of: 2) ? .delete : method)
            }
        }
        #expect(edge.counts == ["other 404": 400])
        #expect(edge.statistics.families().map(\.samples.count) == [before[0] + 1, before[1]])
    }

    @Test("Refusals are counted with their code")
    func refusals() async throws {
        var edge = Edge()
        edge.page = nil
        _ = try await edge.answer("/metrics")
        _ = try await edge.answer("/-/ready")
        #expect(edge.counts == ["metrics 503": 1, "ready 503": 1])
    }
}
