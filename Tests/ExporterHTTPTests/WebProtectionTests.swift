import AsyncHTTPClient
import ExporterHTTP
import HTTPTypes
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@Suite("A protected edge", .timeLimit(.minutes(1)))
struct WebProtectionTests {
    private static func edge(_ protection: TestProtection) -> Edge {
        var edge = Edge()
        edge.protection = protection
        return edge
    }

    @Test(
        "Whoever is not admitted is told so, whatever is asked for",
        arguments: [("/metrics", "metrics"), ("/-/healthy", "healthy"), ("/-/reload", "reload"), ("/x", "other")]
    )
    func unauthenticated(path: String, handler: String) async throws {
        let edge = Self.edge(TestProtection(admission: { _ in .unauthenticated }))
        let answer = try await edge.answer(path)
        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.wwwAuthenticate] == "Basic")
        #expect(answer.text == "Unauthorized\n")
        #expect(edge.counts == ["\(handler) 401": 1])
    }

    @Test("Too many requests are told so, and the connection goes on")
    func tooMany() async throws {
        let asked = Mutex(0)
        let edge = Self.edge(
            TestProtection(admission: { _ in
                asked.withLock {
                    $0 += 1
                    return $0 == 1 ? .tooMany : .admitted
                }
            })
        )
        try await edge.listening { port in
            let wire = try await Wire(port: port)
            let request = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"
            try await wire.send(request + request)
            let refusal = try #require(try await wire.answer())
            #expect(refusal.status == .tooManyRequests)
            #expect(refusal.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(try await wire.answer()?.status == .ok)
            await wire.close()
        }
        #expect(edge.counts == ["metrics 429": 1, "metrics 200": 1])
    }

    @Test("Who is refused takes no scrape's place and has no page made")
    func noWork() async throws {
        var edge = Self.edge(TestProtection(admission: { _ in .unauthenticated }))
        edge.tail = {
            Issue.record("The tail was made.")
            return []
        }
        #expect(try await edge.answer("/metrics").status == .unauthorized)
    }

    @Test(
        "Its headers are on every answer, and go before the exporter's own",
        arguments: ["/metrics", "/-/healthy", "/%"]
    )
    func headers(path: String) async throws {
        let headers = [("X-Frame-Options", "deny"), ("X-Content-Type-Options", "none")]
        let edge = Self.edge(TestProtection(headers: headers.map { (name: $0.0, value: $0.1) }))
        let answer = try await edge.answer(path)
        #expect(answer.headers[try #require(HTTPField.Name("X-Frame-Options"))] == "deny")
        #expect(answer.headers[values: .xContentTypeOptions] == ["none"])
    }

    @Test("It sees the request's head")
    func head() async throws {
        let edge = Self.edge(
            TestProtection(admission: { $0.headers.first(name: "authorization") == "x" ? .admitted : .unauthenticated })
        )
        #expect(try await edge.answer("/metrics", .get, [.authorization: "x"]).status == .ok)
        #expect(try await edge.answer("/metrics", .get, [.authorization: "y"]).status == .unauthorized)
    }

    @Test("With TLS the same requests get the same answers", arguments: [true, false])
    func tls(offersHTTP2: Bool) async throws {
        let edge = Self.edge(try .encrypted(http2: offersHTTP2))
        try await edge.listening { port in
            // It names no protocol, so it speaks HTTP/1.1 also where HTTP/2 is offered.
            let wire = try await Wire(port: port, tls: try TestProtection.client())
            try await wire.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await wire.answer()?.text.hasSuffix("rtc_ledger_writable 1\n") == true)
            try await wire.send("HEAD /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await wire.answer(toHead: true)?.status == .ok)
            try await wire.send("nonsense\r\n\r\n")
            #expect(try await wire.answer()?.status == .badRequest)
            #expect(await wire.isEnded())
        }
        #expect(edge.counts == ["metrics 200": 2, "other 400": 1])
    }

    @Test("A page of many pieces arrives whole over TLS and over HTTP/2", arguments: [true, false])
    func huge(offersHTTP2: Bool) async throws {
        var edge = Self.edge(try .encrypted(http2: offersHTTP2))
        edge.page = .huge
        let count = try await edge.listening { port in
            try await Self.withClient { client in
                let response = try await client.execute(
                    HTTPClientRequest(url: "https://127.0.0.1:\(port)/metrics"),
                    timeout: .seconds(30)
                )
                #expect(response.version == (offersHTTP2 ? .http2 : .http1_1))
                let body = try await response.body.collect(upTo: 1 << 26)
                #expect(response.headers.first(name: "content-length") == "\(body.readableBytes)")
                return body.readableBytes
            }
        }
        #expect(count > 16 << 20)
        #expect(edge.counts == ["metrics 200": 1])
    }

    @Test("Over HTTP/2 requests are answered side by side, one that takes time beside others")
    func http2() async throws {
        var edge = Self.edge(try .encrypted(http2: true))
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        edge.tail = {
            for await _ in released { break }
            return [.tail]
        }
        try await edge.listening { port in
            try await Self.withClient { client in
                async let page = Self.status("GET", "metrics", port, client)
                for (method, path, code) in [
                    ("GET", "-/healthy", 200), ("HEAD", "-/ready", 200), ("POST", "metrics", 405), ("GET", "x", 404),
                ] as [(String, String, UInt)] {
                    #expect(try await Self.status(method, path, port, client) == code, "\(path)")
                }
                let upload = String(repeating: "x", count: 100_000)
                #expect(try await Self.status("POST", "-/reload", port, client, body: upload) == 413)
                release.yield()
                let code = try await page
                #expect(code == 200)
            }
        }
        #expect(
            edge.counts == [
                "healthy 200": 1, "ready 200": 1, "metrics 405": 1, "other 404": 1, "other 413": 1, "metrics 200": 1,
            ]
        )
    }

    @Test(
        "Whoever does not speak TLS is hung up on, and others do not notice",
        arguments: [
            "GET / HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}", String(repeating: "\u{0}", count: 16), "SSH-2.0-x\r\n",
        ]
    )
    func garbage(text: String) async throws {
        let edge = Self.edge(try .encrypted(http2: true))
        try await edge.listening { port in
            let wire = try await Wire(port: port)
            try await wire.send(text)
            if text.utf8.first == 0x16 { await wire.close() } else { while await wire.hasMore() {} }
            let client = Client(port: port, tls: try TestProtection.client())
            #expect(try await client.execute(uri: "/-/healthy").status == .ok)
        }
        #expect(edge.counts == ["healthy 200": 1])
    }

    private static func status(
        _ method: String,
        _ path: String,
        _ port: Int,
        _ client: HTTPClient,
        body: String? = nil
    ) async throws -> UInt {
        var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)/\(path)")
        request.method = HTTPMethod(rawValue: method)
        if let body { request.body = .bytes(Array(body.utf8)) }
        let response = try await client.execute(request, timeout: .seconds(30))
        _ = try await response.body.collect(upTo: 1 << 20)
        return response.status.code
    }

    private static func withClient<Value: Sendable>(
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(tlsConfiguration: TestProtection.anyCertificate)
        )
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}
