import HTTPTypes
import Testing
import UsageReports

@Suite("A connection", .timeLimit(.minutes(1)))
struct HTTPConnectionTests {
    private static let healthy = "rtc-exporter is healthy.\n"

    /// Runs `body` with a connection to a server of its own.
    private static func wired<Value: Sendable>(
        _ edge: Edge = Edge(),
        _ body: @escaping @Sendable (Wire) async throws -> Value
    ) async throws -> Value {
        try await edge.listening { port in
            let wire = try await Wire(port: port)
            let value = try await body(wire)
            await wire.close()
            return value
        }
    }

    @Test("It carries one request after the other")
    func keepAlive() async throws {
        let edge = Edge()
        try await Self.wired(edge) { wire in
            for path in ["/-/healthy", "/metrics", "/x", "/-/reload", "/-/healthy"] {
                try await wire.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = try #require(try await wire.answer())
                #expect(answer.headers[.connection] == nil)
            }
        }
        #expect(edge.counts == ["healthy 200": 2, "metrics 200": 1, "other 404": 1, "reload 405": 1])
    }

    @Test("Requests that come together are answered in their order, also when the first one takes time")
    func pipelined() async throws {
        var edge = Edge()
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        edge.tail = {
            for await _ in released { break }
            return [.tail]
        }
        try await Self.wired(edge) { wire in
            let paths = ["/metrics", "/-/healthy", "/x"] + Array(repeating: "/-/healthy", count: 300)
            try await wire.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            release.yield()
            #expect(try await wire.answer()?.text.hasPrefix("# HELP") == true)
            #expect(try await wire.answer()?.text == Self.healthy)
            #expect(try await wire.answer()?.status == .notFound)
            for _ in 0..<300 { #expect(try await wire.answer()?.text == Self.healthy) }
        }
        #expect(edge.counts == ["metrics 200": 1, "healthy 200": 301, "other 404": 1])
    }

    @Test("A thousand requests that come together are answered without a deep well of calls")
    func manyPipelined() async throws {
        let edge = Edge()
        try await Self.wired(edge) { wire in
            let request = "GET /-/healthy HTTP/1.1\r\n\r\n"
            try await wire.send(String(repeating: request, count: 5000))
            for _ in 0..<5000 { #expect(try await wire.answer()?.text == Self.healthy) }
        }
        #expect(edge.counts == ["healthy 200": 5000])
    }

    @Test(
        "It ends after an answer when the client says so",
        arguments: [
            ("HTTP/1.1", "Connection: close"), ("HTTP/1.0", "X: y"), ("HTTP/1.1", "Connection: x, close"),
            ("HTTP/1.1", "Connection: Upgrade\r\nUpgrade: h2c"),
        ]
    )
    func closing(version: String, header: String) async throws {
        try await Self.wired { wire in
            let request = "GET /-/healthy \(version)\r\n\(header)\r\n\r\n"
            try await wire.send(request + request)
            let answer = try #require(try await wire.answer())
            #expect(answer.text == Self.healthy)
            #expect(answer.headers[.connection] == "close")
            #expect(answer.isHTTP11 == (version == "HTTP/1.1"))
            #expect(await wire.isEnded())
        }
    }

    @Test("HTTP/1.0 may go on when it asks for that")
    func oldKeepAlive() async throws {
        try await Self.wired { wire in
            for _ in 0..<2 {
                try await wire.send("GET /-/healthy HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                let answer = try #require(try await wire.answer())
                #expect(answer.headers[.connection] == "keep-alive")
                #expect(!answer.isHTTP11)
            }
        }
    }

    @Test(
        "Who says that it will send no more gets its answer, also one that takes time",
        arguments: ["/-/healthy", "/metrics"]
    )
    func halfClosed(path: String) async throws {
        try await Self.wired { wire in
            try await wire.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            try await wire.endInput()
            #expect(try await wire.answer()?.status == .ok)
            #expect(await wire.isEnded())
        }
    }

    @Test("What is sent with a request is thrown away, with and without a length")
    func bodies() async throws {
        let edge = Edge()
        try await Self.wired(edge) { wire in
            let text = String(repeating: "x", count: 60_000)
            try await wire.send("GET /-/healthy HTTP/1.1\r\nContent-Length: 60000\r\n\r\n" + text)
            #expect(try await wire.answer()?.text == Self.healthy)
            try await wire.send("POST /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
            #expect(try await wire.answer()?.status == .methodNotAllowed)
            try await wire.send("GET /-/healthy HTTP/1.1\r\n\r\n")
            #expect(try await wire.answer()?.text == Self.healthy)
        }
        #expect(edge.counts == ["healthy 200": 2, "metrics 405": 1])
    }

    @Test("Too much of it is refused, as soon as that is known", arguments: [true, false])
    func tooLarge(isAnnounced: Bool) async throws {
        let edge = Edge()
        try await Self.wired(edge) { wire in
            if isAnnounced {
                try await wire.send("POST /-/reload HTTP/1.1\r\nContent-Length: 65537\r\nExpect: 100-continue\r\n\r\n")
            } else {
                let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
                try await wire.send("POST /-/reload HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                // More than the buffers of two sockets take: the server has to go on reading for a while.
                for _ in 0..<64 { try await wire.send(chunk) }
            }
            let answer = try #require(try await wire.answer())
            #expect(answer.status == .contentTooLarge)
            #expect(answer.headers[.connection] == "close")
            #expect(await wire.isEnded())
        }
        #expect(edge.counts == ["other 413": 1])
    }

    @Test("Who waits for a word before it sends the rest gets that word, once")
    func continues() async throws {
        try await Self.wired { wire in
            try await wire.send("GET /-/healthy HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await wire.answer()?.status.code == 100)
            try await wire.send("abc")
            #expect(try await wire.answer()?.text == Self.healthy)
        }
    }

    @Test(
        "What is no request is refused and ends the connection",
        arguments: [
            ("GET /\u{E4} HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("hello\r\n\r\n", 400), ("\u{16}\u{3}\u{1}\u{2}", 400),
            ("GET / HTTP/3.7\r\n\r\n", 400), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400), ("GET /\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400), ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("GET /\(String(repeating: "x", count: 90_000)) HTTP/1.1\r\n\r\n", 414),
            ("GET /\(String(repeating: "x", count: 2_000_000)) HTTP/1.1\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 90_000))\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 300))\r\n", 431),
        ]
    )
    func malformed(text: String, code: Int) async throws {
        let edge = Edge()
        try await Self.wired(edge) { wire in
            try await wire.send("GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await wire.answer()?.text == Self.healthy)
            try await wire.send(text)
            let answer = try #require(try await wire.answer())
            #expect(answer.status.code == code)
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        }
        #expect(edge.counts == ["healthy 200": 1, "other \(code)": 1])
    }

    @Test("What came before that is answered first")
    func malformedAfterRequest() async throws {
        let edge = Edge()
        try await Self.wired(edge) { wire in
            try await wire.send("GET /metrics HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\n\r\nnonsense\r\n\r\n")
            #expect(try await wire.answer()?.status == .ok)
            #expect(try await wire.answer()?.status == .notFound)
            #expect(try await wire.answer()?.status == .badRequest)
            #expect(await wire.isEnded())
        }
        #expect(edge.counts == ["metrics 200": 1, "other 404": 1, "other 400": 1])
    }

    @Test("A raw byte that should be escaped is a mistake in a query, too, and never a crash")
    func rawBytes() async throws {
        let edge = Edge()
        try await edge.listening { port in
            for bytes: [UInt8] in [[0xFF], [0xC3, 0xA4], [0x80, 0x00], [0x07], [0xED, 0xA0, 0x80]] {
                let wire = try await Wire(port: port)
                try await wire.send(Array("GET /api/v1/usage?app=".utf8) + bytes + Array(" HTTP/1.1\r\n\r\n".utf8))
                #expect(try await wire.answer()?.status == .badRequest)
                await wire.close()
            }
        }
        #expect(edge.counts == ["other 400": 5])
    }

    @Test("A question may be 64 KiB long")
    func longQuestion() async throws {
        var edge = Edge()
        edge.usage = { .problem($0.utf8.count == 65_500 ? 400 : 503, .busy) }
        let query = String(repeating: "x", count: 65_500)
        #expect(try await edge.answer("/api/v1/usage?\(query)").status == .badRequest)
    }
}
