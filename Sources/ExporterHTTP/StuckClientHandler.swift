import NIOCore

/// Cuts off a client that takes nothing of its answer for a while. Hummingbird's own limit is for clients that send
/// nothing; without this one, readers that never read would hold their scrapes' places for ever.
final class StuckClientHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = NIOAny
    typealias OutboundOut = NIOAny

    private let patience: TimeAmount
    private var unwritten = 0
    private var end: Scheduled<Void>?

    /// - Parameter patience: How long no part of an answer may be taken.
    init(patience: TimeAmount) {
        self.patience = patience
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise()
        unwritten += 1
        if end == nil { wait(context) }
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.unwritten -= 1
            self.stopWaiting()
            if self.unwritten > 0 { self.wait(context) }
        }
        context.write(data, promise: written)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopWaiting()
    }

    private func wait(_ context: ChannelHandlerContext) {
        end = context.eventLoop.assumeIsolated().scheduleTask(in: patience) {
            context.close(promise: nil)
        }
    }

    private func stopWaiting() {
        end?.cancel()
        end = nil
    }
}
