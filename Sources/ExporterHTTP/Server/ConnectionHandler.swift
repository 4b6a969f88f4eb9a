import Logging
import NIOCore

/// What is true for a connection as a whole, with or without TLS, for HTTP/1 and HTTP/2: it stands before all else in the
/// pipeline. Ends a connection on which no request arrives.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    /// How long a request may take to arrive, from its first byte or from the connection on.
    static let timeToArrive = TimeAmount.seconds(30)
    /// How long a connection may wait for the next request.
    static let timeToIdle = TimeAmount.seconds(120)

    /// Whether the connection is to end with what is being answered.
    private(set) var isFinishing = false

    private let connections: ConnectionRegister
    private let entry: ConnectionRegister.Entry
    private let logger: Logger
    private var context: ChannelHandlerContext?
    private var alarm: Alarm?
    private var requests = 0
    private var isArriving = true
    /// How many bytes of a request are there that has not arrived as a whole, and how many of them are its first line.
    private var partLength = 0
    private var lineLength: Int?

    init(_ entry: ConnectionRegister.Entry, in connections: ConnectionRegister, logger: Logger) {
        self.entry = entry
        self.connections = connections
        self.logger = logger
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let alarm = Alarm(on: context.eventLoop) { [weak self] in self?.waitedEnough() }
        alarm.set(context.eventLoop.now + Self.timeToArrive)
        self.alarm = alarm
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        self.context = nil
        connections.remove(entry)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let order = event as? ConnectionRegister.Order else {
            return context.fireUserInboundEventTriggered(event)
        }
        switch order {
        case .finish:
            isFinishing = true
            if requests == 0 { context.channel.close(promise: nil) }
        case .giveWay: if requests == 0 { cutOff("another one needs its place") }
        case .end: cutOff("the exporter ends")
        }
    }

    /// Ends the connection at once, whatever has not been sent.
    func cutOff(_ reason: @autoclosure () -> String) {
        guard let context else { return }
        logger.debug("A connection is cut off.", metadata: ["reason": "\(reason())"])
        // From here nothing stands between this and the socket: TLS would wait for a client to say farewell.
        context.close(promise: nil)
    }

    private func waitedEnough() {
        guard requests == 0, let context else { return }
        guard !isArriving else { return cutOff("a request took too long to arrive") }
        context.channel.close(promise: nil)
    }
}

/// What the handlers behind it tell.
extension ConnectionHandler {
    /// Some bytes of HTTP/1 have come.
    func arrived(_ bytes: ByteBuffer) {
        if lineLength == nil {
            let view = bytes.readableBytesView
            lineLength = view.firstIndex(of: UInt8(ascii: "\n")).map { partLength + $0 - view.startIndex }
        }
        partLength += bytes.readableBytes
    }

    /// Whether the first line of the request that arrives is there, and no longer than it may be.
    var hasTarget: Bool { lineLength.map { $0 <= ServerPipeline.mostBytesOfTarget } ?? false }

    /// How many bytes wait for the socket.
    var unsent: Int {
        (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// No more bytes are there for now.
    func bytesEnded() {
        guard partLength > 0, requests == 0, !isArriving, let context else { return }
        isArriving = true
        alarm?.set(context.eventLoop.now + Self.timeToArrive)
    }

    /// A request is there as a whole.
    func requestArrived() {
        partLength = 0
        lineLength = nil
    }

    /// A request is being answered from now on.
    func began() {
        requests += 1
        isArriving = false
        alarm?.set(nil)
        entry.isBusy()
    }

    /// A request has been answered, or nobody waits for its answer any more.
    func ended() {
        requests -= 1
        guard requests == 0, let context else { return }
        let now = context.eventLoop.now
        entry.isWaiting(since: now)
        alarm?.set(now + Self.timeToIdle)
        if isFinishing { context.channel.close(promise: nil) }
    }
}
