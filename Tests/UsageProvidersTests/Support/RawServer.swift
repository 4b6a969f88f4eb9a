import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server of raw bytes on a port of this machine: it reads a request, notes it, and answers whatever a test wants,
/// HTTP or not. Each connection serves one request.
struct RawServer: Sendable {
    /// The side of a connection on which a test writes its answer.
    struct Answerer: Sendable {
        fileprivate let channel: any Channel
        fileprivate let traffic: Traffic

        /// Writes, and waits until the other side's machine has taken it all; fails once it is gone.
        func write(_ bytes: [UInt8]) async throws {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
            traffic.note { $0.bytesWritten += bytes.count }
        }

        func write(_ text: String) async throws { try await write(Array(text.utf8)) }

        /// A whole answer with that body.
        func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8]) async throws {
            let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers + ["", ""]
            try await write(Array(head.joined(separator: "\r\n").utf8) + body)
        }

        /// Says nothing until the server ends.
        func hang() async throws { try await Task.sleep(for: .seconds(600)) }
    }

    /// What to answer; the connection ends with it.
    typealias Script = @Sendable (Answerer) async throws -> Void

    let port: Int
    private let traffic: Traffic

    /// How often somebody connected.
    var connections: Int { traffic.noted { $0.channels.count } }
    /// What came in, head and body.
    var requests: [String] { traffic.noted { $0.requests } }
    /// How many bytes of answers were taken off.
    var bytesWritten: Int { traffic.noted { $0.bytesWritten } }

    /// Serves while `body` runs.
    static func serve<T: Sendable>(
        tls: NIOSSLContext? = nil,
        _ script: @escaping Script,
        while body: (RawServer) async throws -> T
    ) async throws -> T {
        let traffic = Traffic()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    traffic.note { $0.channels.append(channel) }
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(RequestReader(traffic: traffic, script: script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(port: listener.localAddress?.port ?? 0, traffic: traffic)
        do {
            let result = try await body(server)
            try await listener.close()
            await traffic.end()
            return result
        } catch {
            try? await listener.close()
            await traffic.end()
            throw error
        }
    }
}

/// What passed through a server, and what is still going on.
private final class Traffic: Sendable {
    struct Notes {
        var channels: [any Channel] = []
        var answers: [Task<Void, Never>] = []
        var requests: [String] = []
        var bytesWritten = 0
    }

    private let notes = Mutex(Notes())

    func note(_ change: (inout Notes) -> Void) { notes.withLock { change(&$0) } }

    func noted<T: Sendable>(_ read: (Notes) -> T) -> T { notes.withLock { read($0) } }

    func answer(_ request: [UInt8], on channel: any Channel, by script: @escaping RawServer.Script) {
        let task = Task {
            try? await script(RawServer.Answerer(channel: channel, traffic: self))
            try? await channel.close()
        }
        note {
            $0.requests.append(String(decoding: request, as: UTF8.self))
            $0.answers.append(task)
        }
    }

    func end() async {
        let (answers, channels) = noted { ($0.answers, $0.channels) }
        for answer in answers { answer.cancel() }
        for channel in channels { try? await channel.close() }
        for answer in answers { await answer.value }
    }
}

/// Collects a request, and has it answered once it is whole.
private final class RequestReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let traffic: Traffic
    private let script: RawServer.Script
    private var bytes: [UInt8] = []
    private var isAnswered = false

    init(traffic: Traffic, script: @escaping RawServer.Script) {
        (self.traffic, self.script) = (traffic, script)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        guard !isAnswered, isWhole else { return }
        isAnswered = true
        traffic.answer(bytes, on: context.channel, by: script)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private var isWhole: Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let length = parts[0].lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) }
        return parts[1].utf8.count >= length ?? 0
    }
}
