import ExporterHTTP
import Foundation
import HTTPTypes
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
            return try await Client(port: port).execute(uri: "/metrics").status
        }
        #expect(status == .ok)
        #expect(edge.counts == ["metrics 200": 1])
    }

    @Test("No host means all addresses, the loopback of both families among them")
    func allAddresses() async throws {
        try await Edge().listening(on: ListenAddress(host: "", port: 0)) { port in
            for host in ["127.0.0.1"] + (Self.hasIPv6 ? ["::1"] : []) {
                let answer = try await Client(port: port, host: host).execute(uri: "/-/healthy")
                #expect(answer.status == .ok, "\(host)")
            }
        }
    }

    @Test("It listens on an IPv6 address", .enabled(if: hasIPv6))
    func ipv6() async throws {
        let address = try #require(ListenAddress("[::1]:0"))
        let status = try await Edge().listening(on: address) { port in
            try await Client(port: port, host: "::1").execute(uri: "/-/ready").status
        }
        #expect(status == .ok)
    }

    @Test("A port in use is an error that names the address, in one sentence")
    func portInUse() async throws {
        try await Edge().listening { port in
            let address = ListenAddress(host: "127.0.0.1", port: port)
            let second = ExporterServer(listener: .address(address), router: Edge().router, logger: .quiet)
            let error = await #expect(throws: ExporterServer.BindError.self) { try await second.run() }
            #expect(error?.description == "Cannot listen on 127.0.0.1:\(port): the port is in use already.")
        }
    }

    @Test("A port in use is an error also where no host is named")
    func portInUseEverywhere() async throws {
        try await Edge().listening(on: ListenAddress(host: "", port: 0)) { port in
            let second = ExporterServer(
                listener: .address(ListenAddress(host: "", port: port)),
                router: Edge().router,
                logger: .quiet
            )
            let error = await #expect(throws: ExporterServer.BindError.self) { try await second.run() }
            #expect(error?.description == "Cannot listen on :\(port): the port is in use already.")
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
        let server = ExporterServer(
            listener: .address(ListenAddress(host: host, port: 0)),
            router: Edge().router,
            logger: .quiet
        )
        let error = await #expect(throws: ExporterServer.BindError.self) { try await server.run() }
        #expect(error?.description == "Cannot listen on \(host):0: \(reason).")
    }

    @Test("HEAD over a connection tells the length that GET has, and the connection goes on")
    func head() async throws {
        try await Edge().listening { port in
            let wire = try await Wire(port: port)
            try await wire.send("HEAD /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            let head = try #require(try await wire.answer(toHead: true))
            try await wire.send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let get = try #require(try await wire.answer())
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
            #expect(get.headers[.contentLength] == "\(get.bytes.count)")
            #expect(get.bytes.count > 100)
            #expect(get.headers[.transferEncoding] == nil)
            #expect(await wire.isEnded())
        }
    }

    @Test("A shutdown does not wait for a connection that idles")
    func idleConnection() async throws {
        // The time limit of the suite is below the time after which an idle connection is cut off.
        let (used, unused) = try await Edge().listening { port in
            let used = try await Wire(port: port)
            try await used.send("GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await used.answer()?.status == .ok)
            return (used, try await Wire(port: port))
        }
        #expect(await used.isEnded())
        #expect(await unused.isEnded())
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
            listener: .address(ListenAddress(host: "127.0.0.1", port: 0)),
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
