import ExporterHTTP
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@Suite("Asking an exporter whether it serves", .timeLimit(.minutes(1)))
struct HealthCheckTests {
    @Test("One that serves is healthy, by all of the machine's addresses", arguments: ["127.0.0.1", "", "0.0.0.0"])
    func healthy(host: String) async throws {
        let edge = Edge()
        let text = try await edge.listening { port in
            try await HealthCheck(address: ListenAddress(host: host, port: port), routePrefix: "").run()
        }
        #expect(text.hasPrefix("The exporter at 127.0.0.1:"))
        #expect(text.hasSuffix(" is healthy."))
        #expect(edge.counts == ["healthy 200": 1])
    }

    @Test("With TLS, and where a password is asked for, it is healthy, too", arguments: [true, false])
    func protected(offersHTTP2: Bool) async throws {
        var edge = Edge()
        var protection = try TestProtection.encrypted(http2: offersHTTP2)
        protection.admission = { _ in .unauthenticated }
        edge.protection = protection
        let text = try await edge.listening { port in
            try await HealthCheck(address: ListenAddress(host: "127.0.0.1", port: port), routePrefix: "").run()
        }
        #expect(text.hasSuffix(" is healthy; it answers with status 401."))
    }

    @Test(
        "One that wants to see a certificate is healthy: whoever refuses serves",
        arguments: [TLSVersion.tlsv12, .tlsv13],
        [true, false]
    )
    func clientCertificates(newest: TLSVersion, offersHTTP2: Bool) async throws {
        var edge = Edge()
        edge.protection = try TestProtection.encrypted(http2: offersHTTP2) {
            $0.maximumTLSVersion = newest
            $0.trustRoots = .certificates([])
            $0.certificateVerification = .noHostnameVerification
        }
        let text = try await edge.listening { port in
            try await HealthCheck(address: ListenAddress(host: "127.0.0.1", port: port), routePrefix: "").run()
        }
        #expect(text.hasSuffix(" is healthy; it turns away clients without a certificate."))
    }

    @Test("A wrong prefix is told with the status")
    func prefix() async throws {
        var edge = Edge()
        edge.options.routePrefix = "/rtc"
        try await edge.listening { port in
            let address = ListenAddress(host: "127.0.0.1", port: port)
            let text = try await HealthCheck(address: address, routePrefix: "/rtc").run()
            #expect(text.hasSuffix("healthy."))
            let error = await #expect(throws: HealthCheck.Problem.self) {
                try await HealthCheck(address: address, routePrefix: "/x").run()
            }
            #expect(error?.description == "127.0.0.1:\(port) answers /x/-/healthy with status 404.")
        }
    }

    @Test("Nobody there, and somebody who says nothing, are told apart")
    func nobody() async throws {
        let silent = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(silent.localAddress?.port)
        let address = ListenAddress(host: "127.0.0.1", port: port)
        let check = HealthCheck(address: address, routePrefix: "", patience: .milliseconds(50))
        let mute = await #expect(throws: HealthCheck.Problem.self) { try await check.run() }
        #expect(mute?.description == "127.0.0.1:\(port) gives no answer over HTTP.")
        try await silent.close()
        let absent = await #expect(throws: HealthCheck.Problem.self) { try await check.run() }
        #expect(absent?.description == "No exporter can be reached at 127.0.0.1:\(port).")
    }
}
