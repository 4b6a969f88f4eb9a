import AsyncHTTPClient
import Testing
import Usage

@testable import UsageProviders

@Suite("The way over the network")
struct HTTPTransportTests {
    private static let limit = HTTPTransport.largestAnswer

    @Test("A request goes out as it was signed, and the answer comes back whole")
    func exchange() async throws {
        let script: RawServer.Script = { answerer in
            let headers = ["Date: Tue, 14 Nov 2023 22:13:20 GMT", "Retry-After: 12"]
            try await answerer.answer("503 Busy", headers: headers, body: Array("later".utf8))
        }
        try await RawServer.serve(script) { server in
            let response = try await send(to: server, body: #"{"a":"教室"}"#).get()
            #expect(response.status == 503)
            #expect(response.body == Array("later".utf8))
            #expect(response.date == "Tue, 14 Nov 2023 22:13:20 GMT")
            #expect(response.header("Retry-After") == "12")

            let request = try #require(server.requests.first)
            let lines = request.split(separator: "\r\n").map { $0.lowercased() }
            #expect(request.hasPrefix("POST / HTTP/1.1\r\n"))
            #expect(request.hasSuffix("\r\n\r\n{\"a\":\"教室\"}"))
            #expect(lines.filter { $0.hasPrefix("host:") } == ["host: 127.0.0.1:\(server.port)"])
            #expect(lines.filter { $0.hasPrefix("content-type:") } == ["content-type: application/json"])
            #expect(lines.filter { $0.hasPrefix("authorization:") } == ["authorization: tc3-hmac-sha256 x"])
            #expect(lines.filter { $0.hasPrefix("accept-encoding:") } == ["accept-encoding: gzip"])
            #expect(lines.filter { $0.hasPrefix("content-length:") } == ["content-length: 14"])
            #expect(!lines.contains { $0.hasPrefix("transfer-encoding:") })
        }
    }

    @Test("A compressed answer is read", arguments: ["gzip", "GZIP"])
    func gzip(encoding: String) async throws {
        let text = Array(String(repeating: "room,1,2,3,4,5,6\n", count: 20_000).utf8)
        let packed = try Programs.gzip(text)
        #expect(packed.count < text.count / 50)
        let script: RawServer.Script = { try await $0.answer(headers: ["Content-Encoding: \(encoding)"], body: packed) }
        try await RawServer.serve(script) { server in
            let response = try await send(to: server).get()
            #expect(response.body == text)
        }
    }

    @Test("A whole reading comes over the network, compressed and in chunks")
    func reading() async throws {
        let body = try Programs.gzip(
            Array(try TencentExamples.answer(csv: "\(TencentExamples.header)a,b,1,2,3,4,5,6\n").utf8)
        )
        let script: RawServer.Script = { answerer in
            try await answerer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
            for byte in body {
                try await answerer.write(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8))
            }
            try await answerer.write("0\r\n\r\n")
        }
        try await RawServer.serve(script) { server in
            let result = try await read(from: server)
            #expect(try result.get().rooms == [RoomUsage("a,b", [1, 2, 3, 4, 5, 6])])
            #expect(server.requests.first?.contains(#""SdkAppid":1400017192"#) == true)
        }
    }

    @Test("A redirect is an answer and is not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(_ status: Int) async throws {
        try await RawServer.serve({ try await $0.answer(body: []) }) { other in
            let location = "Location: http://127.0.0.1:\(other.port)/"
            let script: RawServer.Script = { try await $0.answer("\(status) Elsewhere", headers: [location], body: []) }
            try await RawServer.serve(script) { server in
                let failure = try await read(from: server).failure
                #expect(failure?.reason == .rejected)
                #expect(server.requests.count == 1)
            }
            #expect(other.connections == 0)
        }
    }

    @Test("An answer that says it is too large is refused before it is read")
    func declaredOversize() async throws {
        let script: RawServer.Script = { answerer in
            try await answerer.write("HTTP/1.1 200 OK\r\nContent-Length: \(Self.limit + 1)\r\n\r\n")
            for _ in 0..<50 { try await answerer.write([UInt8](repeating: 0x20, count: 1_048_576)) }
        }
        try await RawServer.serve(script) { server in
            let failure = try await send(to: server).failure
            #expect(failure == .oversized(limit: Self.limit))
            // What fits into the buffers of the two sockets, and no more.
            #expect(server.bytesWritten < 20 * 1_048_576)
        }
    }

    @Test("An answer that turns out too large is given up, however much more would come")
    func endlessAnswer() async throws {
        let script: RawServer.Script = { answerer in
            try await answerer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 0x20, count: 1_048_576) + Array("\r\n".utf8)
            for _ in 0..<500 { try await answerer.write(chunk) }
        }
        try await RawServer.serve(script) { server in
            let failure = try await send(to: server).failure
            #expect(failure == .oversized(limit: Self.limit))
            #expect(server.bytesWritten > Self.limit - 20 * 1_048_576)
            #expect(server.bytesWritten < Self.limit + 30 * 1_048_576)
        }
    }

    @Test("A small answer that unpacks into a huge one is refused")
    func bomb() async throws {
        let packed = try Programs.gzip([UInt8](repeating: 0x20, count: Self.limit + 1_048_576))
        #expect(packed.count < 100_000)
        let script: RawServer.Script = { try await $0.answer(headers: ["Content-Encoding: gzip"], body: packed) }
        try await RawServer.serve(script) { server in
            let failure = try await send(to: server).failure
            #expect(failure == .oversized(limit: Self.limit))
        }
    }

    /// Ways to damage a compressed answer.
    enum Damage: CaseIterable, Sendable {
        case bytesInside, notCompressedAtAll, endMissing, checksum, rubbishBehind, nothing

        func applied(to packed: [UInt8]) -> [UInt8] {
            var bytes = packed
            switch self {
            case .bytesInside: for index in 20..<40 { bytes[index] ^= 0xFF }
            case .notCompressedAtAll: bytes = Array("plain text".utf8)
            case .endMissing: bytes.removeLast(bytes.count / 2)
            case .checksum: bytes[bytes.count - 6] ^= 0xFF
            case .rubbishBehind: bytes += Array("more".utf8)
            case .nothing: bytes = []
            }
            return bytes
        }
    }

    @Test("A compressed answer that is damaged is told to be so", arguments: Damage.allCases)
    func damagedGzip(_ damage: Damage) async throws {
        let text = (0..<2_000).map { "room-\($0 * 7_919 % 10_007),1,2,3,4,5,6\n" }.joined()
        let body = damage.applied(to: try Programs.gzip(Array(text.utf8)))
        let script: RawServer.Script = { try await $0.answer(headers: ["Content-Encoding: gzip"], body: body) }
        try await RawServer.serve(script) { server in
            let result = try await send(to: server)
            guard case .failure(.garbled) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(try await read(from: server).failure?.reason == .malformed)
        }
    }

    @Test(
        "A connection that ends before the answer does is no answer",
        arguments: [
            "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Response\"",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "SSH-2.0-OpenSSH_9.6\r\n\r\n",
            "\u{0}\u{1}",
        ]
    )
    func truncated(_ answer: String) async throws {
        try await RawServer.serve({ try await $0.write(answer) }) { server in
            let failure = try await read(from: server).failure
            #expect(failure?.reason == .unavailable)
            #expect(failure?.explanation.hasPrefix("http://127.0.0.1:\(server.port) cannot be reached: ") == true)
        }
    }

    @Test("A port where nobody listens is told at once, not as a timeout")
    func refused() async throws {
        let port = try await RawServer.serve({ try await $0.answer(body: []) }) { $0.port }
        let start = ContinuousClock.now
        let failure = try await withTransport(timeout: .seconds(20)) { transport in
            try await TencentExamples.reader(transport, endpoint: "http://127.0.0.1:\(port)")
                .read(app: "1", window: TencentExamples.window, now: TencentExamples.now).result.failure
        }
        #expect(failure?.reason == .unavailable)
        #expect(failure?.explanation == "http://127.0.0.1:\(port) cannot be reached: the connection was refused.")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("A name that does not exist is told as such")
    func unknownName() async throws {
        let failure = try await withTransport(timeout: .seconds(20)) { transport in
            try await TencentExamples.reader(transport, endpoint: "http://no-such-host.invalid")
                .read(app: "1", window: TencentExamples.window, now: TencentExamples.now).result.failure
        }
        #expect(failure?.reason == .unavailable)
        #expect(failure?.explanation.contains("no-such-host.invalid") == true)
    }

    /// Ways to keep a caller waiting.
    enum Delay: CaseIterable, Sendable {
        case silence, headOnly, drip, dripInsideHead

        @Sendable func play(_ answerer: RawServer.Answerer) async throws {
            switch self {
            case .silence: break
            case .headOnly: try await answerer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            case .drip:
                try await answerer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while true {
                    try await answerer.write("x")
                    try await Task.sleep(for: .milliseconds(10))
                }
            case .dripInsideHead:
                try await answerer.write("HTTP/1.1 200 OK\r\n")
                while true {
                    try await answerer.write("X-Header: x\r\n")
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            try await answerer.hang()
        }
    }

    @Test("An answer that is not complete in time is a timeout", .timeLimit(.minutes(1)), arguments: Delay.allCases)
    func timeout(_ delay: Delay) async throws {
        try await RawServer.serve(delay.play) { server in
            let result = try await send(to: server, timeout: .milliseconds(250))
            #expect(result.failure == .timeout(.milliseconds(250)))
            #expect(try await read(from: server, timeout: .milliseconds(250)).failure?.reason == .timeout)
        }
    }

    @Test("A slow answer that is complete in time is an answer")
    func slow() async throws {
        let script: RawServer.Script = { answerer in
            try await answerer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            for letter in "hello" {
                try await Task.sleep(for: .milliseconds(5))
                try await answerer.write(String(letter))
            }
        }
        try await RawServer.serve(script) { server in
            let response = try await send(to: server).get()
            #expect(response.body == Array("hello".utf8))
        }
    }

    @Test("It is told once when the request is on a connection, and not when there is none")
    func sent() async throws {
        let counter = Counter()
        let port = try await RawServer.serve({ answerer in
            // The answer waits for the word that the request is out.
            while counter.count == 0 { try await Task.sleep(for: .milliseconds(2)) }
            try await answerer.answer(body: [])
        }) { server in
            try await CallProgress.$onSent.withValue({ counter.next() }) {
                _ = try await send(to: server).get()
            }
            #expect(counter.count == 1)
            return server.port
        }
        let answer = try await CallProgress.$onSent.withValue({ counter.next() }) {
            try await withTransport { transport in try? await transport.send(Self.request(toPort: port)) }
        }
        #expect(answer == nil && counter.count == 1)
    }

    @Test("More calls than connections are usual at once are all under way at the same time", .timeLimit(.minutes(1)))
    func manyAtOnce() async throws {
        let arrived = Counter()
        try await RawServer.serve({ answerer in
            arrived.next()
            while arrived.count < 40 { try await Task.sleep(for: .milliseconds(2)) }
            try await answerer.answer(body: [])
        }) { server in
            try await withTransport { transport in
                try await withThrowingTaskGroup { group in
                    for _ in 0..<40 {
                        group.addTask { _ = try await transport.send(Self.request(toPort: server.port)) }
                    }
                    try await group.waitForAll()
                }
            }
        }
        #expect(arrived.count == 40)
    }

    @Test("A call that is cancelled ends at once")
    func cancelled() async throws {
        try await RawServer.serve({ try await $0.hang() }) { server in
            let start = ContinuousClock.now
            let call = Task { try await send(to: server, timeout: .seconds(60)) }
            while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
            call.cancel()
            guard case .failure = try await call.value else {
                Issue.record("there was an answer")
                return
            }
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test("A server whose certificate nobody vouches for gets no request")
    func selfSigned() async throws {
        let tls = try await Certificate.selfSigned()
        try await RawServer.serve(tls: tls, { try await $0.answer(body: []) }) { server in
            for host in ["localhost", "127.0.0.1"] {
                let failure = try await withTransport { transport in
                    try await TencentExamples.reader(transport, endpoint: "https://\(host):\(server.port)")
                        .read(app: "1", window: TencentExamples.window, now: TencentExamples.now).result.failure
                }
                #expect(failure?.reason == .unavailable)
                #expect(failure?.explanation.contains("certificate is not trusted") == true)
                #expect(failure?.advice?.contains("ca_file") == true)
            }
            #expect(server.connections > 0)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("A server that never finishes the TLS handshake is a timeout and gets no request", .timeLimit(.minutes(1)))
    func noTLS() async throws {
        // The server ends first: a client that is shut down waits for connections that are being made.
        try await withTransport(timeout: .milliseconds(250)) { transport in
            try await RawServer.serve({ try await $0.answer(body: []) }) { server in
                let reader = try TencentExamples.reader(transport, endpoint: "https://127.0.0.1:\(server.port)")
                let answer = await reader.read(app: "1", window: TencentExamples.window, now: TencentExamples.now)
                #expect(answer.result.failure?.reason == .timeout)
                #expect(server.requests.isEmpty)
            }
        }
    }

    /// Sends one request.
    private func send(
        to server: RawServer,
        body: String = "{}",
        timeout: Duration = .seconds(20)
    ) async throws -> Result<ProviderResponse, TransportFailure> {
        try await withTransport(timeout: timeout) { transport in
            let request = Self.request(toPort: server.port, body: body)
            do throws(TransportFailure) {
                return .success(try await transport.send(request))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func request(toPort port: Int, body: String = "{}") -> ProviderRequest {
        ProviderRequest(
            url: "http://127.0.0.1:\(port)/",
            headers: [
                (name: "Host", value: "127.0.0.1:\(port)"), (name: "Content-Type", value: "application/json"),
                (name: "Authorization", value: "TC3-HMAC-SHA256 x"),
            ],
            body: Array(body.utf8)
        )
    }

    /// Reads room usage.
    private func read(
        from server: RawServer,
        timeout: Duration = .seconds(20)
    ) async throws -> Result<Reading, ReadingFailure> {
        try await withTransport(timeout: timeout) { transport in
            try await TencentExamples.reader(transport, endpoint: "http://127.0.0.1:\(server.port)")
                .read(app: TencentExamples.app, window: TencentExamples.window, now: TencentExamples.now).result
        }
    }

    private func withTransport<T>(
        timeout: Duration = .seconds(20),
        _ body: (HTTPTransport) async throws -> T
    ) async throws -> T {
        let client = HTTPTransport.makeClient()
        do {
            let result = try await body(HTTPTransport(client: client, timeout: timeout))
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}
