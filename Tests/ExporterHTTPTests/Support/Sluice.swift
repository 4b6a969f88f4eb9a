import NIOCore
import NIOEmbedded

@testable import ExporterHTTP

/// Holds back what a server writes, as a socket does whose client does not read.
final class Sluice: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var heldBytes = 0
    private var held: [(ByteBuffer, EventLoopPromise<Void>?)] = []
    var isOpen = true

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = Self.unwrapOutboundIn(data)
        heldBytes += bytes.readableBytes
        held.append((bytes, promise))
    }

    func flush(context: ChannelHandlerContext) {
        if isOpen { letThrough(context, Int.max) }
    }

    /// Lets some of the writes through, the first ones.
    func letThrough(_ context: ChannelHandlerContext, _ count: Int) {
        for _ in 0..<min(count, held.count) {
            let (bytes, promise) = held.removeFirst()
            heldBytes -= bytes.readableBytes
            context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: promise)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // A testing channel knows no half of an end.
        guard mode == .all else {
            promise?.succeed()
            return
        }
        context.close(mode: mode, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for (_, promise) in held { promise?.fail(ChannelError.ioOnClosedChannel) }
        held = []
    }
}

/// A connection to an edge on which a test turns the clock.
struct TimedConnection {
    let edge: Edge
    let channel: NIOAsyncTestingChannel

    /// A connection that was just made.
    init(_ edge: Edge, router: ExporterRouter? = nil, isOpen: Bool = true) async throws {
        self.edge = edge
        let pipeline = ServerPipeline(
            edge: ServedEdge(router: router ?? edge.router, protection: edge.protection, logger: .quiet)
        )
        channel = NIOAsyncTestingChannel()
        let channel = channel
        try await channel.testingEventLoop.executeInContext {
            let sluice = Sluice()
            sluice.isOpen = isOpen
            try channel.pipeline.syncOperations.addHandler(sluice)
            return pipeline.configure(channel)
        }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
    }

    func send(_ text: String) async throws {
        try await channel.writeInbound(ByteBuffer(string: text))
    }

    func wait(_ time: TimeAmount) async {
        await channel.testingEventLoop.advanceTime(by: time)
    }

    /// What the client reads next.
    func text() async throws -> String {
        String(buffer: try await channel.waitForOutboundWrite(as: ByteBuffer.self))
    }

    /// Takes note of what the server has written and the client has not taken.
    func heldBytes() async throws -> Int {
        let channel = channel
        return try await channel.testingEventLoop.executeInContext {
            try channel.pipeline.syncOperations.handler(type: Sluice.self).heldBytes
        }
    }

    /// Lets the client take some of what was written.
    func take(_ writes: Int) async throws {
        let channel = channel
        try await channel.testingEventLoop.executeInContext {
            let context = try channel.pipeline.syncOperations.context(handlerType: Sluice.self)
            try channel.pipeline.syncOperations.handler(type: Sluice.self).letThrough(context, writes)
        }
    }
}
