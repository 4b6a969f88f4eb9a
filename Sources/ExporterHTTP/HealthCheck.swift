public import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Asks an exporter on this machine whether it serves.
public struct HealthCheck: Sendable {
    /// Why it is not known to serve, as a sentence.
    public struct Problem: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    private let address: ListenAddress
    private let path: String
    private let patience: TimeAmount

    /// - Parameters:
    ///   - address: Where the exporter listens: all addresses of the machine mean loopback.
    ///   - routePrefix: What stands before all paths.
    ///   - patience: How long the whole question may take.
    public init(address: ListenAddress, routePrefix: String, patience: TimeAmount = .seconds(5)) {
        let loopback = ["": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"][address.host]
        self.address = ListenAddress(host: loopback ?? address.host, port: address.port)
        path = routePrefix + "/-/healthy"
        self.patience = patience
    }

    /// Asks, over plain HTTP and, when that gets no answer, over TLS.
    ///
    /// - Returns: One sentence about an exporter that serves.
    /// - Throws: ``Problem``.
    public func run() async throws -> String {
        let deadline = NIODeadline.now() + patience
        var answer = try await ask(with: nil, until: deadline)
        if answer == .none { answer = try await ask(with: Self.anyCertificate(), until: deadline) }
        switch answer {
        case .status(200): return "The exporter at \(address) is healthy."
        // Whoever refuses serves: to know a password or to have a certificate is not the point here.
        case .status(let status) where status == 401 || status == 429:
            return "The exporter at \(address) is healthy; it answers with status \(status)."
        case .refusal: return "The exporter at \(address) is healthy; it turns away clients without a certificate."
        case .status(let status): throw Problem(description: "\(address) answers \(path) with status \(status).")
        case .none: throw Problem(description: "\(address) gives no answer over HTTP.")
        }
    }

    /// It is asked whether it lives, not who it is.
    private static func anyCertificate() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // What is verified, which is nothing, the handler's callback decides.
        configuration.certificateVerification = .noHostnameVerification
        return try NIOSSLContext(configuration: configuration)
    }

    private func ask(with tls: NIOSSLContext?, until deadline: NIODeadline) async throws -> HealthAnswer {
        let rest = deadline - .now()
        guard rest > .zero else { return .none }
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let answer = eventLoop.makePromise(of: HealthAnswer.self)
        let (host, port, path) = (address.host, address.port, path)
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(rest).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let isEncrypted = NIOLoopBoundBox(false, eventLoop: channel.eventLoop)
                if let tls { try pipeline.addHandler(Self.handler(tls, isEncrypted)) }
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(HealthHandler(host, path, until: deadline, isEncrypted, answer))
            }
        }
        do {
            try await bootstrap.connect(host: host, port: port).get().closeFuture.get()
        } catch {
            answer.succeed(.none)
            throw Problem(description: "No exporter can be reached at \(address).")
        }
        return try await answer.futureResult.get()
    }

    private static func handler(
        _ tls: NIOSSLContext,
        _ isEncrypted: NIOLoopBoundBox<Bool>
    ) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: tls, serverHostname: nil) { _, verdict in
            isEncrypted.value = true
            verdict.succeed(.certificateVerified)
        }
    }
}

/// What came of asking.
private enum HealthAnswer: Hashable {
    /// The connection ended, or the time, without an answer.
    case none
    /// A server showed its certificate and then ended the connection, as it does when it wants to see one, too.
    case refusal
    case status(UInt)
}

/// Asks one question and keeps what comes of it.
private final class HealthHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let host: String
    private let path: String
    private let deadline: NIODeadline
    private let isEncrypted: NIOLoopBoundBox<Bool>
    private let answer: EventLoopPromise<HealthAnswer>
    private var alarm: Alarm?

    init(
        _ host: String,
        _ path: String,
        until deadline: NIODeadline,
        _ isEncrypted: NIOLoopBoundBox<Bool>,
        _ answer: EventLoopPromise<HealthAnswer>
    ) {
        self.host = host
        self.path = path
        self.deadline = deadline
        self.isEncrypted = isEncrypted
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        let (answer, channel) = (answer, context.channel)
        let alarm = Alarm(on: context.eventLoop) { [weak channel] in
            answer.succeed(.none)
            channel?.close(promise: nil)
        }
        alarm.set(deadline)
        self.alarm = alarm
        let headers = HTTPHeaders([("Host", host), ("Connection", "close"), ("User-Agent", "rtc-exporter-health")])
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = Self.unwrapInboundIn(data) else { return }
        answer.succeed(.status(head.status.code))
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        answer.succeed(isEncrypted.value ? .refusal : .none)
    }
}
