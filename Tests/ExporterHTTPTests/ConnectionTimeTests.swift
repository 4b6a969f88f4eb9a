import Exposition
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import ExporterHTTP

@Suite("A connection's time", .timeLimit(.minutes(1)))
struct ConnectionTimeTests {
    private static let almost = TimeAmount.milliseconds(29_999)
    private static let little = TimeAmount.milliseconds(1)
    private static let request = "GET /-/healthy HTTP/1.1\r\n\r\n"

    private static func hugeEdge() -> Edge {
        var edge = Edge()
        edge.page = .huge
        return edge
    }

    /// Waits until the server has written something that nobody takes.
    private static func isHeld(_ connection: TimedConnection) async throws -> Int {
        while true {
            let held = try await connection.heldBytes()
            if held > 0 { return held }
            await Task.yield()
        }
    }

    @Test("Who connects and says nothing is cut off after 30 seconds")
    func silent() async throws {
        let connection = try await TimedConnection(Edge())
        await connection.wait(Self.almost)
        #expect(connection.channel.isActive)
        await connection.wait(Self.little)
        #expect(!connection.channel.isActive)
    }

    @Test("A request that drips in is cut off 30 seconds after it began, however often a byte comes")
    func slowHead() async throws {
        let connection = try await TimedConnection(Edge())
        try await connection.send(Self.request)
        await connection.wait(.seconds(100))
        for byte in "GET / HTTP/1.1\r\nX: abcdefghijkl".prefix(29) {
            try await connection.send(String(byte))
            await connection.wait(.seconds(1))
        }
        #expect(connection.channel.isActive)
        await connection.wait(.seconds(1))
        #expect(!connection.channel.isActive)
        #expect(connection.edge.counts == ["healthy 200": 1])
    }

    @Test("What comes with a request has to arrive in the same time")
    func slowBody() async throws {
        let connection = try await TimedConnection(Edge())
        try await connection.send("POST /metrics HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")
        await connection.wait(Self.almost)
        try await connection.send("def")
        #expect(connection.channel.isActive)
        await connection.wait(Self.little)
        #expect(!connection.channel.isActive)
    }

    @Test("One that was answered may wait for 120 seconds, each time anew")
    func idle() async throws {
        let connection = try await TimedConnection(Edge())
        for _ in 0..<3 {
            try await connection.send(Self.request)
            await connection.wait(.seconds(119))
            #expect(connection.channel.isActive)
        }
        await connection.wait(.seconds(1))
        #expect(!connection.channel.isActive)
        #expect(connection.edge.counts == ["healthy 200": 3])
    }

    @Test("A client that takes nothing of its answer is cut off after 30 seconds, and the answer is counted")
    func stuck() async throws {
        let connection = try await TimedConnection(Self.hugeEdge(), isOpen: false)
        try await connection.send("GET /metrics HTTP/1.1\r\n\r\n")
        _ = try await Self.isHeld(connection)
        await connection.wait(Self.almost)
        #expect(connection.channel.isActive)
        await connection.wait(Self.little)
        #expect(!connection.channel.isActive)
        await connection.wait(.zero)
        #expect(connection.edge.counts == ["metrics 200": 1])
    }

    @Test("Each part that is taken gives 30 seconds for the next one, until the answer as a whole took 5 minutes")
    func slow() async throws {
        let connection = try await TimedConnection(Self.hugeEdge(), isOpen: false)
        try await connection.send("GET /metrics HTTP/1.1\r\n\r\n")
        _ = try await Self.isHeld(connection)
        // The first slice are the head, the page's first line, and what is left of a MiB.
        try await connection.take(3)
        for _ in 0..<11 {
            await connection.wait(.seconds(27))
            #expect(connection.channel.isActive)
            try await connection.take(1)
        }
        await connection.wait(.milliseconds(2_999))
        #expect(connection.channel.isActive)
        await connection.wait(Self.little)
        #expect(!connection.channel.isActive)
    }

    @Test(
        "A scrape is given up when Prometheus has given up",
        arguments: [
            ("10", 10), ("0.5", 0.5), ("1e2", 30), ("-1", 30), ("0", 30), ("nan", 30), ("inf", 30), ("ten", 30),
        ] as [(String, Double)]
    )
    func scrapeTimeout(header: String, seconds: Double) async throws {
        let connection = try await TimedConnection(Self.hugeEdge(), isOpen: false)
        try await connection.send("GET /metrics HTTP/1.1\r\nX-Prometheus-Scrape-Timeout-Seconds: \(header)\r\n\r\n")
        _ = try await Self.isHeld(connection)
        await connection.wait(.milliseconds(Int64(seconds * 1000) - 1))
        #expect(connection.channel.isActive)
        await connection.wait(Self.little)
        #expect(!connection.channel.isActive)
    }

    @Test("A scrape may not ask for more than an hour")
    func longScrape() {
        #expect(Patience(since: .uptimeNanoseconds(0), wanted: 1e300).deadline == .uptimeNanoseconds(3_600_000_000_000))
        #expect(Patience(since: .uptimeNanoseconds(0), wanted: nil).deadline == .uptimeNanoseconds(300_000_000_000))
    }

    @Test("A page that is not made in time is given up, its place is free, and it is counted when it is there")
    func slowPage() async throws {
        var edge = Edge()
        edge.options.maxRequests = 1
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let isFirst = Mutex(true)
        edge.tail = {
            let waits = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            begin.yield()
            if waits { for await _ in released { break } }
            return []
        }
        let router = edge.router
        let connection = try await TimedConnection(edge, router: router)
        try await connection.send("GET /metrics HTTP/1.1\r\nX-Prometheus-Scrape-Timeout-Seconds: 7\r\n\r\n")
        for await _ in began { break }
        await connection.wait(.seconds(7))
        #expect(!connection.channel.isActive)
        await connection.wait(.zero)
        let second = try await TimedConnection(edge, router: router)
        try await second.send("GET /metrics HTTP/1.1\r\n\r\n")
        #expect(try await second.text().hasPrefix("HTTP/1.1 200 OK\r\n"))
        while edge.counts.isEmpty { await Task.yield() }
        #expect(edge.counts == ["metrics 200": 1])
        release.yield()
        while edge.counts == ["metrics 200": 1] { await Task.yield() }
        #expect(edge.counts == ["metrics 200": 2])
    }

    @Test("No more than two slices of an answer are written ahead of the client")
    func ahead() async throws {
        let connection = try await TimedConnection(Self.hugeEdge(), isOpen: false)
        try await connection.send("GET /metrics HTTP/1.1\r\n\r\n")
        let most = (2 << 20) + 1024
        #expect(try await Self.isHeld(connection) > 1 << 20)
        for _ in 0..<10 {
            #expect(try await connection.heldBytes() < most)
            try await connection.take(1)
        }
    }

    @Test("A refused client that goes on sending is listened to for a second")
    func linger() async throws {
        let connection = try await TimedConnection(Edge())
        try await connection.send("nonsense\r\n\r\n")
        #expect(try await connection.text().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        await connection.wait(.milliseconds(999))
        try await connection.send("more nonsense")
        #expect(connection.channel.isActive)
        await connection.wait(Self.little)
        #expect(!connection.channel.isActive)
        #expect(connection.edge.counts == ["other 400": 1])
    }
}
