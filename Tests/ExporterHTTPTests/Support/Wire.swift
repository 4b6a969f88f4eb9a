import HTTPTypes
import NIOCore
import NIOPosix
import NIOSSL

/// An answer as it came over a connection.
struct TestAnswer: Hashable, Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let bytes: [UInt8]
    /// Whether the status line says HTTP/1.1, not 1.0.
    let isHTTP11: Bool

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// One connection, on which a test writes what it likes and reads answers, which all have a length. It shares no code with
/// the server.
// Unchecked: a test hands it on, but uses it in one place at a time.
final class Wire: @unchecked Sendable {
    struct Malformed: Error {
        let text: String
    }

    private let channel: any Channel
    private var incoming: AsyncStream<ByteBuffer>.Iterator
    private var bytes: [UInt8] = []

    init(port: Int, host: String = "127.0.0.1", tls: NIOSSLContext? = nil) async throws {
        let (stream, source) = AsyncStream.makeStream(of: ByteBuffer.self)
        incoming = stream.makeAsyncIterator()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: tls == nil)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: nil)) }
                    try pipeline.addHandler(Collector(source))
                }
            }
            .connect(host: host, port: port).get()
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Says that no more will be sent.
    func endInput() async throws {
        try await channel.close(mode: .output)
    }

    func close() async {
        try? await channel.close()
    }

    /// The next answer; `nil` when the server has ended the connection before one began.
    func answer(toHead isHead: Bool = false) async throws -> TestAnswer? {
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                return try await answer(headEnd: end, isHead)
            }
            guard await readMore() else { break }
        }
        guard bytes.isEmpty else { throw Malformed(text: String(decoding: bytes, as: UTF8.self)) }
        return nil
    }

    /// Whether the server has ended the connection, with nothing more to say.
    func isEnded() async -> Bool {
        while await readMore() {}
        return bytes.isEmpty
    }

    private func answer(headEnd: Range<Int>, _ isHead: Bool) async throws -> TestAnswer {
        let head = String(decoding: bytes[..<headEnd.lowerBound], as: UTF8.self)
        bytes.removeSubrange(..<headEnd.upperBound)
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let code = Int(words[1]) else {
            throw Malformed(text: head)
        }
        var fields = HTTPFields()
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { throw Malformed(text: head) }
            fields.append(HTTPField(name: name, value: parts[1].drop { $0 == " " }.description))
        }
        let length = code == 100 || isHead ? 0 : fields[.contentLength].flatMap { Int($0) } ?? 0
        while bytes.count < length {
            guard await readMore() else { throw Malformed(text: "\(bytes.count) of \(length) bytes") }
        }
        let body = Array(bytes.prefix(length))
        bytes.removeFirst(length)
        return TestAnswer(
            status: HTTPResponse.Status(code: code),
            headers: fields,
            bytes: body,
            isHTTP11: words[0] == "HTTP/1.1"
        )
    }

    /// Whether something more has come, however it is to be read.
    func hasMore() async -> Bool { await readMore() }

    private func readMore() async -> Bool {
        guard let more = await incoming.next(isolation: #isolation) else { return false }
        bytes += more.readableBytesView
        return true
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let source: AsyncStream<ByteBuffer>.Continuation

    init(_ source: AsyncStream<ByteBuffer>.Continuation) {
        self.source = source
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        source.yield(Self.unwrapInboundIn(data))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { source.finish() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        source.finish()
    }
}

/// Sends requests, each on a connection of its own.
struct Client: Sendable {
    let port: Int
    var host = "127.0.0.1"
    var tls: NIOSSLContext?

    struct NoAnswer: Error {}

    @discardableResult
    func execute(
        uri: String,
        method: HTTPRequest.Method = .get,
        headers: HTTPFields = [:],
        body: String = ""
    ) async throws -> TestAnswer {
        let wire = try await Wire(port: port, host: host, tls: tls)
        var lines = ["\(method.rawValue) \(uri) HTTP/1.1", "Host: localhost"]
        lines += headers.map { "\($0.name): \($0.value)" }
        if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
        try await wire.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        let answer = try await wire.answer(toHead: method == .head)
        await wire.close()
        guard let answer else { throw NoAnswer() }
        return answer
    }
}
