import NIOCore
import NIOPosix
import Synchronization

/// A proxy on a port of this machine: it notes what it is asked, and opens the way to one port of this machine, whatever
/// host it was asked for, or answers what a test wants.
struct ConnectProxy: Sendable {
    /// What the proxy does with a connection.
    enum Behaviour: Sendable {
        /// Opens the way to that port.
        case open(port: Int)
        /// Answers that and ends.
        case answer(String)
    }

    let port: Int
    private let notes: Notes

    /// How often somebody connected.
    var connections: Int { notes.all.withLock { $0.channels.count } }
    /// What came in before the way was open.
    var requests: [String] { notes.all.withLock { $0.requests } }

    /// Serves while `body` runs.
    static func serve<T: Sendable>(
        _ behaviour: Behaviour,
        while body: (ConnectProxy) async throws -> T
    ) async throws -> T {
        let notes = Notes()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    notes.all.withLock { $0.channels.append(channel) }
                    try channel.pipeline.syncOperations.addHandler(HeadReader(notes: notes, behaviour: behaviour))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let proxy = ConnectProxy(port: listener.localAddress?.port ?? 0, notes: notes)
        let result: Result<T, any Error>
        do { result = .success(try await body(proxy)) } catch { result = .failure(error) }
        try? await listener.close()
        for channel in notes.all.withLock({ $0.channels }) { try? await channel.close() }
        return try result.get()
    }
}

private final class Notes: Sendable {
    let all = Mutex<(channels: [any Channel], requests: [String])>(([], []))
}

/// Collects a request's head, has it answered, and from then on lets everything pass.
private final class HeadReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let notes: Notes
    private let behaviour: ConnectProxy.Behaviour
    private var head = ""
    private var isAnswered = false

    init(notes: Notes, behaviour: ConnectProxy.Behaviour) {
        (self.notes, self.behaviour) = (notes, behaviour)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isAnswered else { return context.fireChannelRead(data) }
        head += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
        guard head.contains("\r\n\r\n") else { return }
        isAnswered = true
        notes.all.withLock { $0.requests.append(head) }
        notes.answer(on: context.channel, behaviour)
    }
}

extension Notes {
    func answer(on channel: any Channel, _ behaviour: ConnectProxy.Behaviour) {
        Task {
            do { try await Self.answer(on: channel, behaviour) } catch { try? await channel.close() }
        }
    }

    private static func answer(on channel: any Channel, _ behaviour: ConnectProxy.Behaviour) async throws {
        switch behaviour {
        case .answer(let text):
            try await channel.writeAndFlush(ByteBuffer(string: text)).get()
            try await channel.close()
        case .open(let port):
            let other = try await ClientBootstrap(group: channel.eventLoop)
                .channelInitializer { $0.pipeline.addHandler(Pipe(to: channel)) }
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.pipeline.addHandler(Pipe(to: other))
            try await channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n")).get()
        }
    }
}

/// Hands what comes in to the other side.
private final class Pipe: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
        context.fireChannelInactive()
    }
}
