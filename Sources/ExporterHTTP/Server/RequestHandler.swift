import Logging
import NIOCore
import NIOHTTP1

/// Answers the requests of one HTTP/1 connection, one after the other, or the one request of an HTTP/2 stream.
final class RequestHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a refused client may still send.
    private static let timeToLinger = TimeAmount.seconds(1)

    let edge: ServedEdge
    let connection: ConnectionHandler
    let transport: Transport
    let writer: AnswerWriter
    let eventLoop: any EventLoop
    var context: ChannelHandlerContext?
    var alarm: Alarm?
    var current: Exchange?

    private var incoming: IncomingRequest?
    /// While one is being answered no more is read, so these are what one read brought at most.
    private var waiting = CircularBuffer<Arrival>()
    private var count = 0
    private var isServing = false
    private var isReadPending = false
    private var isInputEnded = false
    /// Nothing that comes now is looked at.
    private var isDeaf = false

    init(_ edge: ServedEdge, _ connection: ConnectionHandler, _ transport: Transport, on eventLoop: any EventLoop) {
        self.edge = edge
        self.eventLoop = eventLoop
        self.connection = connection
        self.transport = transport
        writer = AnswerWriter(sliceSize: transport.sliceSize)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        alarm = Alarm(on: context.eventLoop) { [weak self] in self?.waitedEnough() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        forget()
    }

    func channelInactive(context: ChannelHandlerContext) {
        forget()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        switch Self.unwrapInboundIn(data) {
        case .head(let head): incoming = IncomingRequest(head)
        case .body(let part): incoming?.add(part.readableBytes)
        case .end:
            guard let head = incoming?.head else { return }
            incoming = nil
            connection.requestArrived()
            waiting.append(.request(head))
        }
        if incoming?.isTooLarge == true { return refuse(.bodyTooLarge) }
        serve()
    }

    func read(context: ChannelHandlerContext) {
        guard current == nil else {
            isReadPending = true
            return
        }
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            isInputEnded = true
            serve()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What is left over at the end is no request either, but nobody reads what is said about it.
        guard context.channel.isActive else { return }
        switch error {
        case HTTPParserError.headerOverflow: refuse(connection.hasTarget ? .headTooLarge : .targetTooLong)
        case is HTTPParserError: refuse(.malformed)
        case is ByteToMessageDecoderError: break
        default:
            edge.logger.debug("A connection failed.", metadata: ["error": "\(error)"])
            context.close(promise: nil)
        }
    }

    /// Answers what is no request, after what came before it, and listens no more.
    private func refuse(_ answer: HTTPAnswer) {
        guard !isDeaf else { return }
        isDeaf = true
        incoming = nil
        waiting.append(.refusal(answer))
        serve()
    }

    /// Answers what waits, until there is something that takes time.
    private func serve() {
        // An answer that is written at once comes back here: going on there would be a deep well of calls.
        guard !isServing else { return }
        isServing = true
        while current == nil, let arrival = waiting.popFirst() { begin(arrival) }
        isServing = false
        if current == nil { rest() }
    }

    private func begin(_ arrival: Arrival) {
        count += 1
        connection.began()
        switch arrival {
        case .request(let head):
            current = Exchange(count, head, at: eventLoop.now)
            admit(head)
        case .refusal(let answer):
            current = Exchange(count, nil, at: eventLoop.now)
            current?.ending = .linger
            send(answer)
        }
    }

    /// What is to be done while nothing is being answered.
    private func rest() {
        guard let context else { return }
        if isInputEnded {
            context.close(promise: nil)
        } else {
            if incoming?.waits == true { askForRest(context) }
            if isReadPending {
                isReadPending = false
                context.read()
            }
        }
    }

    private func askForRest(_ context: ChannelHandlerContext) {
        incoming?.waits = false
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(Self.wrapOutboundOut(.head(head)), promise: nil)
    }

    /// Goes on after an answer.
    func next(after ending: Exchange.Ending) {
        switch ending {
        case .goOn: serve()
        case .close: close()
        case .linger: linger()
        }
    }

    private func close() {
        isDeaf = true
        waiting.removeAll()
        context?.close(promise: nil)
    }

    private func linger() {
        guard transport == .plain, !isInputEnded, let context else { return close() }
        isDeaf = true
        waiting.removeAll()
        context.close(mode: .output, promise: nil)
        alarm?.set(eventLoop.now + Self.timeToLinger)
        rest()
    }

    private func waitedEnough() {
        guard current != nil else { return connection.cutOff("a refused client went on") }
        lookAtPatience()
    }

    /// The client has gone.
    private func forget() {
        alarm?.cancel()
        waiting.removeAll()
        incoming = nil
        isDeaf = true
        abandon()
        context = nil
    }
}
