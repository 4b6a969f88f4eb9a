import Foundation
import Testing
import Usage

@testable import UsageProviders

@Suite("The clients for all ways")
struct HTTPClientsTests {
    /// A way past the proxy to this machine that is no loopback address to look at.
    private static let direct = "0.0.0.0"

    @Test("Without its authority's certificate a server gets no request, and with it the answer comes")
    func authority() async throws {
        let issued = try await Certificate.issued()
        try await RawServer.serve(tls: issued.server, { try await $0.answer(body: Array("yes".utf8)) }) { server in
            for host in ["localhost", "127.0.0.1"] {
                let endpoint = "https://\(host):\(server.port)"
                let before = server.requests.count
                let without = try await call(endpoint)
                #expect(without.failure?.reason == .unavailable)
                #expect(without.failure?.advice?.contains("ca_file") == true)
                #expect(server.requests.count == before)
                let answer = try await call(endpoint, authorities: try TrustedCertificates(pem: issued.authority)).get()
                #expect(String(decoding: answer.body, as: UTF8.self) == "yes")
                #expect(server.requests.count == before + 1)
            }
        }
    }

    @Test("An authority vouches for its own servers only")
    func otherAuthority() async throws {
        let (issued, other) = (try await Certificate.issued(), try await Certificate.issued())
        try await RawServer.serve(tls: issued.server, { try await $0.answer(body: []) }) { server in
            let endpoint = "https://127.0.0.1:\(server.port)"
            let failure = try await call(endpoint, authorities: try TrustedCertificates(pem: other.authority)).failure
            #expect(failure?.explanation.contains("certificate is not trusted") == true)
            let both = try TrustedCertificates(pem: other.authority + issued.authority)
            #expect(try await call(endpoint, authorities: both).get().status == 200)
            #expect(server.requests.count == 1)
        }
    }

    @Test("A name that the certificate does not have is told as such")
    func otherName() async throws {
        let issued = try await Certificate.issued(for: ["DNS:\(Certificate.host)"])
        try await RawServer.serve(tls: issued.server, { try await $0.answer(body: []) }) { server in
            try await ConnectProxy.serve(.open(port: server.port)) { proxy in
                let trusted = try TrustedCertificates(pem: issued.authority)
                let environment = ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"]
                let failure = try await call("https://other.test", authorities: trusted, environment).failure
                #expect(failure?.reason == .unavailable)
                #expect(failure?.explanation.contains("for another name") == true)
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test(
        "Through a proxy a server with TLS is reached by its name, and the proxy sees nothing else",
        arguments: [false, true]
    )
    func throughProxy(withLogin: Bool) async throws {
        let issued = try await Certificate.issued(for: ["DNS:\(Certificate.host)"])
        try await RawServer.serve(tls: issued.server, { try await $0.answer(body: Array("yes".utf8)) }) { server in
            try await ConnectProxy.serve(.open(port: server.port)) { proxy in
                let login = withLogin ? "jo:p%40ss@" : ""
                let answer = try await call(
                    "https://\(Certificate.host):8443",
                    authorities: try TrustedCertificates(pem: issued.authority),
                    ["HTTPS_PROXY": "http://\(login)127.0.0.1:\(proxy.port)", "HTTP_PROXY": "http://127.0.0.1:1"]
                ).get()
                #expect(String(decoding: answer.body, as: UTF8.self) == "yes")
                let asked = try #require(proxy.requests.first)
                #expect(proxy.requests.count == 1)
                #expect(asked.hasPrefix("CONNECT \(Certificate.host):8443 HTTP/1.1\r\n"))
                let authorization = "proxy-authorization: Basic \(Data("jo:p@ss".utf8).base64EncodedString())"
                #expect(asked.contains(authorization) == withLogin)
                #expect(!asked.contains("TC3-HMAC-SHA256"))
                let request = try #require(server.requests.first)
                #expect(request.contains("TC3-HMAC-SHA256"))
                #expect(!request.lowercased().contains("proxy-authorization"))
            }
        }
    }

    @Test("A server without TLS is reached through the proxy for those")
    func throughProxyInTheClear() async throws {
        try await RawServer.serve({ try await $0.answer(body: []) }) { server in
            try await ConnectProxy.serve(.open(port: server.port)) { proxy in
                let environment = ["http_proxy": "127.0.0.1:\(proxy.port)", "https_proxy": "127.0.0.1:1"]
                let answer = try await call("http://\(Certificate.host)", environment).get()
                #expect(answer.status == 200)
                #expect(proxy.requests.first?.hasPrefix("CONNECT \(Certificate.host):80 ") == true)
            }
        }
    }

    @Test("What NO_PROXY names is reached past the proxy", arguments: ["0.0.0.0", "0.0.0.0/8", "*", nil])
    func pastProxy(list: String?) async throws {
        let issued = try await Certificate.issued()
        try await RawServer.serve(tls: issued.server, { try await $0.answer(body: []) }) { server in
            try await ConnectProxy.serve(.open(port: server.port)) { proxy in
                let environment = ["HTTPS_PROXY": "127.0.0.1:\(proxy.port)", "NO_PROXY": list].compactMapValues { $0 }
                let trusted = try TrustedCertificates(pem: issued.authority)
                let endpoint = "https://\(Self.direct):\(server.port)"
                #expect(try await call(endpoint, authorities: trusted, environment).get().status == 200)
                #expect(proxy.connections == (list == nil ? 1 : 0))
                // This machine needs no entry.
                _ = try await call("https://127.0.0.1:\(server.port)", authorities: trusted, environment).get()
                #expect(proxy.connections == (list == nil ? 1 : 0))
            }
        }
    }

    @Test(
        "A proxy that does not let the connection through is named, and whom to ask",
        arguments: [
            ("407 Proxy Authentication Required", .unauthorized, "wants a user name"),
            ("403 Forbidden", .unavailable, "does not let the connection through"),
            ("502 Bad Gateway", .unavailable, "does not let the connection through"),
            ("301 Elsewhere\r\nLocation: http://127.0.0.1:1/", .unavailable, "does not let the connection through"),
        ] as [(String, ReadingFailure.Reason, String)]
    )
    func refused(status: String, reason: ReadingFailure.Reason, words: String) async throws {
        try await ConnectProxy.serve(.answer("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n")) { proxy in
            for scheme in ["https", "http"] {
                let environment = ["\(scheme)_proxy": "http://jo:pa55@127.0.0.1:\(proxy.port)"]
                let failure = try #require(try await call("\(scheme)://\(Certificate.host)", environment).failure)
                #expect(failure.reason == reason)
                #expect(failure.cause == (reason == .unavailable ? .noNetwork : nil))
                #expect(failure.explanation.contains("proxy http://127.0.0.1:\(proxy.port)"))
                #expect(failure.explanation.contains(words))
                #expect(failure.advice?.contains("\(scheme)_proxy") == true)
                #expect(!"\(failure)".contains("pa55"))
            }
            #expect(proxy.requests.count == 2)
        }
    }

    @Test(
        "A proxy that talks nonsense or hangs up is out of order",
        arguments: ["", "SSH-2.0-OpenSSH_9.6\r\n\r\n", "\u{0}"]
    )
    func nonsense(answer: String) async throws {
        try await ConnectProxy.serve(.answer(answer)) { proxy in
            let environment = ["HTTPS_PROXY": "127.0.0.1:\(proxy.port)"]
            let failure = try await call("https://\(Certificate.host)", environment).failure
            #expect(failure?.reason == .unavailable)
            #expect(failure?.cause == .noNetwork)
        }
    }

    @Test("A proxy that nobody is, is named")
    func noProxy() async throws {
        let port = try await ConnectProxy.serve(.answer("")) { $0.port }
        let environment = ["HTTPS_PROXY": "127.0.0.1:\(port)"]
        let failure = try #require(try await call("https://\(Certificate.host)", environment).failure)
        #expect(failure.reason == .unavailable)
        #expect(failure.cause == .noNetwork)
        #expect(failure.explanation.contains("through the proxy http://127.0.0.1:\(port)"))
        #expect(failure.explanation.lowercased().contains("refused"))
        #expect(failure.advice?.contains("HTTPS_PROXY") == true)
    }

    @Test("A proxy that never answers is a timeout", .timeLimit(.minutes(1)))
    func silentProxy() async throws {
        try await RawServer.serve({ try await $0.hang() }) { silent in
            let environment = ["HTTPS_PROXY": "127.0.0.1:\(silent.port)"]
            let result = try await call("https://\(Certificate.host)", environment, timeout: .milliseconds(250))
            #expect(result.failure?.reason == .timeout)
        }
    }

    @Test("The same way has the same client, and another way another")
    func sameClient() async throws {
        let (first, second) = (try await Certificate.issued().authority, try await Certificate.issued().authority)
        let proxies = try ProxySettings { ["HTTPS_PROXY": "proxy", "NO_PROXY": "direct.test"][$0] }
        let clients = HTTPClients(proxies: proxies)
        func client(_ endpoint: String, _ pem: [UInt8]?) throws -> ObjectIdentifier {
            let transport = clients.transport(
                for: try Endpoint(endpoint),
                certificateAuthorities: try pem.map { try TrustedCertificates(pem: $0) },
                timeout: .seconds(1)
            )
            return ObjectIdentifier(transport.client)
        }
        #expect(try client("https://a.test", nil) == client("https://b.test:8443", nil))
        #expect(try client("https://a.test", first) == client("https://b.test", first))
        #expect(try client("https://direct.test", nil) == client("http://a.test", nil))
        let ways = try [
            client("https://a.test", nil), client("https://a.test", first), client("https://a.test", second),
            client("https://direct.test", nil), client("https://direct.test", first),
        ]
        #expect(Set(ways).count == ways.count)
        await clients.shutdown()
    }

    @Test("After the end there are no more calls, on ways old and new")
    func shutdown() async throws {
        try await RawServer.serve({ try await $0.answer(body: []) }) { server in
            let clients = HTTPClients()
            let endpoint = try Endpoint("http://127.0.0.1:\(server.port)")
            let transport = clients.transport(for: endpoint, timeout: .seconds(10))
            #expect(try await Self.send(transport, to: endpoint).get().status == 200)
            await clients.shutdown()
            await clients.shutdown()
            #expect(try await Self.send(transport, to: endpoint).failure?.reason == .unavailable)
            let later = clients.transport(for: endpoint, timeout: .seconds(10))
            #expect(try await Self.send(later, to: endpoint).failure?.reason == .unavailable)
            #expect(server.requests.count == 1)
        }
    }

    @Test("The end waits for nobody longer than it is told", .timeLimit(.minutes(1)))
    func boundedShutdown() async throws {
        try await RawServer.serve({ try await $0.hang() }) { server in
            let clients = HTTPClients()
            // A server that never takes part in the handshake keeps a connection in the making.
            let endpoint = try Endpoint("https://127.0.0.1:\(server.port)")
            let transport = clients.transport(for: endpoint, timeout: .seconds(60))
            let call = Task { try await Self.send(transport, to: endpoint) }
            while server.connections == 0 { try await Task.sleep(for: .milliseconds(2)) }
            let start = ContinuousClock.now
            await clients.shutdown(within: .milliseconds(50))
            #expect(ContinuousClock.now - start < .seconds(5))
            call.cancel()
            _ = try await call.value
        }
    }

    /// Makes one call with clients of its own.
    private func call(
        _ endpoint: String,
        authorities: TrustedCertificates? = nil,
        _ environment: [String: String] = [:],
        timeout: Duration = .seconds(20)
    ) async throws -> Result<ProviderResponse, ReadingFailure> {
        let clients = HTTPClients(proxies: try ProxySettings { environment[$0] })
        let endpoint = try Endpoint(endpoint)
        let transport = clients.transport(for: endpoint, certificateAuthorities: authorities, timeout: timeout)
        let result = try await Self.send(transport, to: endpoint)
        await clients.shutdown()
        return result
    }

    private static func send(
        _ transport: HTTPTransport,
        to endpoint: Endpoint
    ) async throws -> Result<ProviderResponse, ReadingFailure> {
        let headers = [(name: "Host", value: endpoint.authority), (name: "Authorization", value: "TC3-HMAC-SHA256 x")]
        let request = ProviderRequest(url: "\(endpoint)/", headers: headers, body: Array("{}".utf8))
        do throws(TransportFailure) {
            return .success(try await transport.send(request))
        } catch {
            return .failure(ReadingFailure(error, endpoint: endpoint))
        }
    }
}
