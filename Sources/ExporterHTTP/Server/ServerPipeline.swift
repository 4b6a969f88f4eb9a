import Logging
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL

/// What all connections of a server share.
struct ServedEdge: Sendable {
    let router: ExporterRouter
    /// `nil` for plain HTTP that is open to all.
    let protection: (any WebProtection)?
    let logger: Logger
}

/// How requests and answers are carried.
enum Transport: Sendable {
    case plain
    case tls
    case http2

    /// How many bytes of an answer are written at once. What is encrypted is a copy, which lies in memory until it is taken.
    var sliceSize: Int { self == .plain ? 1 << 20 : 1 << 17 }
}

/// Sets up connections.
struct ServerPipeline: Sendable {
    /// More connections are there than the exporter takes.
    struct Full: Error {}

    /// The most that a request's target, or any one header, may have in bytes.
    static let mostBytesOfTarget = 80 * 1024
    /// The most that all of a request's head may have.
    static let mostBytesOfHead = 128 * 1024
    private static let mostStreams = 32

    let edge: ServedEdge

    /// Puts the handlers of a new connection in place.
    func configure(_ channel: any Channel) -> EventLoopFuture<Void> {
        do {
            let pipeline = channel.pipeline.syncOperations
            guard let entry = edge.router.connections.add(channel) else { throw Full() }
            let connection = ConnectionHandler(entry, in: edge.router.connections, logger: edge.logger)
            try pipeline.addHandler(connection)
            guard let tls = edge.protection?.makeTLSHandler() else {
                try configureHTTP1(channel, connection, .plain)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            // TLS has farewells of its own; with this one it would wait for seconds after them.
            try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
            try pipeline.addHandler(tls)
            guard edge.protection?.offersHTTP2 == true else {
                try configureHTTP1(channel, connection, .tls)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            return negotiate(channel, connection)
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
    }

    private func configureHTTP1(
        _ channel: any Channel,
        _ connection: ConnectionHandler,
        _ transport: Transport
    ) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = Self.mostBytesOfTarget
        limits.maxHeaderListSize = Self.mostBytesOfHead
        let decoder = HTTPRequestDecoder(
            leftOverBytesStrategy: .dropBytes,
            informationalResponseStrategy: .drop,
            limitConfiguration: limits
        )
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(ArrivalHandler(connection))
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(RequestHandler(edge, connection, transport, on: channel.eventLoop))
    }

    private func negotiate(_ channel: any Channel, _ connection: ConnectionHandler) -> EventLoopFuture<Void> {
        let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
        return channel.configureHTTP2SecureUpgrade(
            h2ChannelConfigurator: { channel in configureHTTP2(channel, bound.value) },
            http1ChannelConfigurator: { channel in
                channel.eventLoop.makeCompletedFuture { try configureHTTP1(channel, bound.value, .tls) }
            }
        ).flatMapThrowing {
            try channel.pipeline.syncOperations.addHandler(ConnectionFailureHandler(bound.value))
        }
    }

    private func configureHTTP2(_ channel: any Channel, _ connection: ConnectionHandler) -> EventLoopFuture<Void> {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: Self.mostStreams),
            HTTP2Setting(parameter: .maxHeaderListSize, value: Self.mostBytesOfHead),
        ]
        let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
        return channel.configureHTTP2Pipeline(
            mode: .server,
            connectionConfiguration: configuration,
            streamConfiguration: NIOHTTP2Handler.StreamConfiguration()
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                let pipeline = stream.pipeline.syncOperations
                try pipeline.addHandler(HTTP2FramePayloadToHTTP1ServerCodec())
                try pipeline.addHandler(RequestHandler(edge, bound.value, .http2, on: stream.eventLoop))
            }
        }.map { _ in }
    }
}

/// Ends a connection whose TLS or HTTP/2 fails: whatever knocks at an open port is no news.
private final class ConnectionFailureHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let connection: ConnectionHandler

    init(_ connection: ConnectionHandler) {
        self.connection = connection
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection.cutOff("\(error)")
    }
}
