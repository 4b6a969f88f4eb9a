import HTTPTypes
import Testing

@testable import ExporterHTTP

@Suite("The cap on connections", .timeLimit(.minutes(1)))
struct ConnectionCapTests {
    private static let request = "GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("A new one takes the place of the one that waits for the longest")
    func givesWay() async throws {
        var edge = Edge()
        edge.mostConnections = 3
        try await edge.listening { port in
            var wires: [Wire] = []
            for _ in 0..<3 {
                let wire = try await Wire(port: port)
                try await wire.send(Self.request)
                #expect(try await wire.answer()?.status == .ok)
                wires.append(wire)
            }
            // The second one waits for the longest now.
            try await wires[0].send(Self.request)
            #expect(try await wires[0].answer()?.status == .ok)
            let fourth = try await Wire(port: port)
            try await fourth.send(Self.request)
            #expect(try await fourth.answer()?.status == .ok)
            #expect(await wires[1].isEnded())
            for wire in [wires[0], wires[2], fourth] {
                try await wire.send(Self.request)
                #expect(try await wire.answer()?.status == .ok)
            }
        }
        #expect(edge.counts == ["healthy 200": 8])
    }

    @Test(
        "Where a process may have few open files there are few connections, so that some are left for the exporter itself",
        arguments: [(1, 1), (64, 16), (128, 64), (256, 192), (1_024, 512), (Int.max, 512)]
    )
    func descriptors(_ descriptors: Int, _ most: Int) {
        #expect(ConnectionRegister.most(descriptors: descriptors) == most)
    }

    @Test("Those that have never asked for anything give way, too")
    func silent() async throws {
        var edge = Edge()
        edge.mostConnections = 2
        try await edge.listening { port in
            var silent: [Wire] = []
            for _ in 0..<5 { silent.append(try await Wire(port: port)) }
            #expect(try await Client(port: port).execute(uri: "/metrics").status == .ok)
            for wire in silent[..<3] { #expect(await wire.isEnded()) }
        }
    }

    @Test("One that is being answered gives way to nobody")
    func busy() async throws {
        var edge = Edge()
        edge.mostConnections = 1
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        edge.tail = {
            begin.yield()
            for await _ in released { break }
            return []
        }
        try await edge.listening { port in
            let scrape = try await Wire(port: port)
            try await scrape.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in began { break }
            let refused = try await Wire(port: port)
            #expect(await refused.isEnded())
            release.yield()
            #expect(try await scrape.answer()?.status == .ok)
        }
        #expect(edge.counts == ["metrics 200": 1])
    }
}
