import Exposition
import HTTPTypes
import Testing

@testable import ExporterHTTP

@Suite("The cap on scrapes", .timeLimit(.minutes(1)))
struct ScrapeGateTests {
    @Test("There are as many places as said, and each is free again when its holder lets go")
    func places() {
        let gate = ScrapeGate(most: 2)
        var held = [gate.enter(), gate.enter()]
        #expect(held.allSatisfy { $0 != nil })
        #expect(gate.enter() == nil)
        held.removeLast()
        held.append(gate.enter())
        #expect(held.allSatisfy { $0 != nil })
        #expect(gate.enter() == nil)
    }

    @Test("Zero means any number")
    func unlimited() {
        let gate = ScrapeGate(most: 0)
        let held = (0..<1000).map { _ in gate.enter() }
        #expect(held.allSatisfy { $0 != nil })
    }

    @Test("A place is held while the tail is made, and given back with the answer")
    func heldDuringTail() async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        var edge = Edge()
        edge.options.maxRequests = 1
        edge.tail = {
            begin.yield()
            for await _ in released { break }
            return []
        }
        try await edge.routed { client in
            async let first = client.execute(uri: "/metrics", method: .get)
            for await _ in began { break }
            let second = try await client.execute(uri: "/metrics", method: .get)
            #expect(second.status == .serviceUnavailable)
            #expect(second.text == "More than 1 scrapes at once (--web.max-requests).\n")
            #expect(try await client.execute(uri: "/-/healthy", method: .get).status == .ok)
            release.yield()
            #expect(try await first.status == .ok)
            release.yield()
            #expect(try await client.execute(uri: "/metrics", method: .get).status == .ok)
        }
    }

    @Test("Readers that read nothing take all places, others are refused, and a place is free when one of them leaves")
    func slowReaders() async throws {
        var edge = Edge()
        edge.options.maxRequests = 3
        edge.page = .huge
        let (scrapes, scrape) = AsyncStream.makeStream(of: Void.self)
        edge.tail = {
            scrape.yield()
            return []
        }
        try await edge.listening { port in
            var readers: [SlowReader] = []
            for _ in 0..<3 { readers.append(try await SlowReader(port: port, path: "/metrics")) }
            for await _ in scrapes.prefix(3) {}
            let client = Client(port: port)
            #expect(try await client.execute(uri: "/metrics").status == .serviceUnavailable)
            #expect(try await client.execute(uri: "/-/healthy").status == .ok)
            try await readers[1].leave()
            // The server hears of it at some moment.
            while try await client.execute(uri: "/metrics", method: .head).status == .serviceUnavailable {}
            try await readers[0].leave()
            try await readers[2].leave()
        }
        #expect(edge.counts["metrics 503"] ?? 0 >= 1)
        // Those that went away have their status, too.
        #expect(edge.counts["metrics 200"] == 4)
    }
}
