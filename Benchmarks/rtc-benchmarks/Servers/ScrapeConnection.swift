/// One connection that is kept, over which a page is asked for again and again, as Prometheus does. What comes is read as fast
/// as it comes, and thrown away unless it is wanted.
final class ScrapeConnection {
    /// One answer.
    struct Answer {
        /// The value of its `Content-Type`.
        let contentType: String
        /// Its body; empty where that was not wanted.
        let body: [UInt8]
        /// The length of its body.
        let length: Int
        /// Seconds from the request to the first byte of the answer.
        let firstByte: Double
        /// Seconds from the request to the last one.
        let whole: Double
    }

    private let socket: LoopbackSocket
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var reader = ResponseReader(keepsBody: false)
    private var start = ContinuousClock.now
    private var firstByte: Double?

    /// Connects.
    init(port: Int) throws {
        socket = try LoopbackSocket(port: port)
    }

    /// Asks and waits for the whole answer.
    @discardableResult
    func get(_ request: ScrapeRequest, keepingBody: Bool = false) throws -> Answer {
        try ask(request, keepingBody: keepingBody)
        while true {
            if let answer = try readSome() { return answer }
        }
    }

    /// Asks, and leaves the answer where it is.
    func ask(_ request: ScrapeRequest, keepingBody: Bool = false) throws {
        reader = ResponseReader(keepsBody: keepingBody)
        firstByte = nil
        start = .now
        try socket.send(request.bytes)
    }

    /// Reads what has come, or waits for it; gives the answer when that is its end.
    func readSome() throws -> Answer? {
        let count = try socket.receive(into: &buffer)
        firstByte = firstByte ?? elapsed
        try reader.read(buffer[..<count])
        guard reader.isComplete else { return nil }
        guard reader.status == 200 else { throw BenchmarkError.noAnswer("status \(reader.status)") }
        return Answer(
            contentType: reader.headers["content-type"] ?? "",
            body: reader.body,
            length: reader.bodyLength,
            firstByte: firstByte ?? 0,
            whole: elapsed
        )
    }

    private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }
}
