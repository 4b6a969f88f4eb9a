import ExporterHTTP
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@Suite("The server", .timeLimit(.minutes(1)))
struct ExporterServerTests {
    private static let hasIPv6 =
        (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8))?
        .contains("00000000000000000000000000000001") == true

    @Test("Port 0 becomes a real port, at which it answers")
    func anyPort() async throws {
        let edge = Edge()
        let status = try await edge.listening { port in
            #expect(port > 0)
            return try await TestClient.withClient(host: "127.0.0.1", port: port) {
                try await $0.get("/metrics").status
            }
        }
        #expect(status == .ok)
        #expect(edge.counts == ["metrics 200": 1])
    }

    @Test("No host means all addresses, the loopback of both families among them")
    func allAddresses() async throws {
        try await Edge().listening(on: ListenAddress(host: "", port: 0)) { port in
            for host in ["127.0.0.1"] + (Self.hasIPv6 ? ["::1"] : []) {
                let status = try await TestClient.withClient(host: host, port: port) { client in
                    try await client.get("/-/healthy").status
                }
                #expect(status == .ok, "\(host)")
            }
        }
    }

    @Test("It listens on an IPv6 address", .enabled(if: hasIPv6))
    func ipv6() async throws {
        let address = try #require(ListenAddress("[::1]:0"))
        let status = try await Edge().listening(on: address) { port in
            try await TestClient.withClient(host: "::1", port: port) { try await $0.get("/-/ready").status }
        }
        #expect(status == .ok)
    }

    @Test("A port in use is an error that names the address, in one sentence")
    func portInUse() async throws {
        try await Edge().listening { port in
            let address = ListenAddress(host: "127.0.0.1", port: port)
            let second = ExporterServer(address: address, router: Edge().router, logger: .quiet)
            let error = await #expect(throws: ExporterServer.BindError.self) { try await second.run() }
            #expect(error?.description == "Cannot listen on 127.0.0.1:\(port): another process uses the port.")
        }
    }

    @Test("A port in use is an error also where no host is named")
    func portInUseEverywhere() async throws {
        try await Edge().listening(on: ListenAddress(host: "", port: 0)) { port in
            let second = ExporterServer(
                address: ListenAddress(host: "", port: port),
                router: Edge().router,
                logger: .quiet
            )
            let error = await #expect(throws: ExporterServer.BindError.self) { try await second.run() }
            #expect(error?.description == "Cannot listen on :\(port): another process uses the port.")
        }
    }

    @Test(
        "An address that cannot be this machine's is an error that says so",
        arguments: [
            ("192.0.2.1", "this machine does not have the address"),
            // Longer than a name's part may be, so that nobody is asked for it.
            (String(repeating: "x", count: 64), "the host is not known"),
        ]
    )
    func notOurs(host: String, reason: String) async throws {
        let server = ExporterServer(address: ListenAddress(host: host, port: 0), router: Edge().router, logger: .quiet)
        let error = await #expect(throws: ExporterServer.BindError.self) { try await server.run() }
        #expect(error?.description == "Cannot listen on \(host):0: \(reason).")
    }

    @Test("HEAD over a connection tells the length that GET has, and the connection goes on")
    func head() async throws {
        try await Edge().listening { port in
            try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
                let head = try await client.head("/metrics")
                let get = try await client.get("/metrics")
                #expect(head.headers[.contentLength] == get.headers[.contentLength])
                #expect(get.headers[.contentLength] == "\(get.body?.readableBytes ?? 0)")
                #expect(head.body?.readableBytes ?? 0 == 0)
                #expect(get.headers[.transferEncoding] == nil)
            }
        }
    }

    @Test("A shutdown does not wait for a connection that idles")
    func idleConnection() async throws {
        // The time limit of the suite is below the time after which an idle connection is cut off.
        let connection = try await Edge().listening { port in
            let client = TestClient(host: "127.0.0.1", port: port)
            client.connect()
            _ = try await client.get("/-/healthy")
            return client
        }
        try await connection.getChannel().closeFuture.get()
    }

    @Test("A cancellation ends it, also while a reader reads nothing")
    func cancelled() async throws {
        var edge = Edge()
        edge.page = .huge
        let (scrapes, scrape) = AsyncStream.makeStream(of: Void.self)
        edge.tail = {
            scrape.yield()
            return []
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = ExporterServer(
            address: ListenAddress(host: "127.0.0.1", port: 0),
            router: edge.router,
            logger: .quiet
        ) { port.yield($0) }
        let running = Task { try await server.run() }
        for await port in ports {
            let reader = try await SlowReader(port: port, path: "/metrics")
            for await _ in scrapes { break }
            running.cancel()
            _ = await running.result
            try? await reader.leave()
            break
        }
    }
}
