import ExporterHTTP
import Exposition
import HTTPTypes
import Testing
import TestSupport

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
        for path in ["/metrics", "/-/healthy", "/-/ready", "/team", "/team/metrics"] {
            #expect(try await edge.answer(path).status == .notFound, "\(path)")
        }
        #expect(edge.counts == ["metrics 200": 1, "status 200": 2, "healthy 200": 1, "ready 200": 1, "other 404": 5])
    }

    @Test("With a route prefix the bare host leads to it")
    func redirect() async throws {
        var edge = Edge()
        edge.options.routePrefix = "/team/rtc"
        edge.options.externalPath = "/outside"
        let answer = try await edge.answer("/")
        #expect(answer.status == .found)
        #expect(answer.headers[.location] == "/team/rtc/")
        #expect(edge.counts == ["other 302": 1])
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

    @Test("A path with slashes to spare is another one, and counted as such")
    func spareSlashes() async throws {
        let edge = Edge()
        for path in ["/metrics/", "//metrics", "/-/healthy/"] {
            #expect(try await edge.answer(path).status == .notFound, "\(path)")
        }
        #expect(edge.counts == ["other 404": 3])
    }

    @Test(
        "What is escaped is compared as what it means, and a host before the path changes nothing",
        arguments: ["/%6Detrics", "/%6detrics?x=%", "http://example.com/metrics", "HTTPS://example.com:1/metrics?x"]
    )
    func decoded(path: String) async throws {
        let edge = Edge()
        #expect(try await edge.answer(path).status == .ok)
        #expect(edge.counts == ["metrics 200": 1])
    }

    @Test("A host with a query and no path asks for the status page", arguments: ["http://a?x=/metrics", "http://a"])
    func onlyHost(target: String) async throws {
        let edge = Edge()
        #expect(try await edge.answer(target).status == .ok)
        #expect(edge.counts == ["status 200": 1])
    }

    @Test("Only so many pages for people are made at once, and scrapes are answered meanwhile")
    func pageGate() async throws {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let hold = Task { for await _ in released {} }
        var edge = Edge()
        edge.beforeStatus = {
            enter.yield()
            await hold.value
        }
        let application = edge
        try await edge.routed { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await client.execute(uri: "/") } }
                var waiting = 0
                for await _ in entered {
                    waiting += 1
                    if waiting == 8 { break }
                }
                for path in ["/", "/app?provider=tencent&app=1"] {
                    let answer = try await client.execute(uri: path)
                    #expect(answer.status == .serviceUnavailable)
                    #expect(answer.text == "Too many pages are being made: try again in a moment.\n")
                }
                #expect(try await client.execute(uri: "/metrics").status == .ok)
                release.finish()
                try await group.waitForAll()
            }
            #expect(try await client.execute(uri: "/").status == .ok)
        }
        #expect(application.counts == ["status 200": 9, "status 503": 1, "app 503": 1, "metrics 200": 1])
    }

    @Test("A path that cannot be decoded is a mistake", arguments: ["/metrics%", "/%4", "/%zz", "/%FF", "/%C3%28"])
    func undecodable(path: String) async throws {
        let edge = Edge()
        let answer = try await edge.answer(path)
        #expect(answer.status == .badRequest)
        #expect(answer.text == "The request is malformed.\n")
        #expect(edge.counts == ["other 400": 1])
    }

    @Test("The page of an app is another one than the home page")
    func app() async throws {
        let edge = Edge()
        let answer = try await edge.answer("/app?provider=x")
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(edge.counts == ["app \(answer.status.code)": 1])
    }

    @Test("Pages for people are compressed for clients that accept that", arguments: ["/", "/app?provider=x"])
    func compressedPages(path: String) async throws {
        let edge = Edge()
        let (plain, packed) = (
            try await edge.answer(path), try await edge.answer(path, .get, [.acceptEncoding: "gzip"])
        )
        #expect(plain.headers[.contentEncoding] == nil)
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(plain.headers[.vary] == "Accept-Encoding" && packed.headers[.vary] == "Accept-Encoding")
        #expect(try #require(Gunzip(packed.bytes)).bytes == plain.bytes)
    }

    @Test("HEAD is counted like GET", arguments: ["/", "/metrics", "/-/healthy"])
    func headCounts(path: String) async throws {
        let edge = Edge()
        _ = try await edge.answer(path, .head)
        #expect(edge.counts.values.reduce(0, +) == 1)
    }

    @Test("A flood of unknown paths and methods adds a series for each code, and no more")
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
        // HTTP's decoder knows the methods that there are: another one is no request at all.
        #expect(edge.counts == ["other 404": 100, "other 400": 200, "healthy 405": 100])
        #expect(edge.statistics.families().map(\.samples.count) == [before[0] + 3, before[1]])
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
