import NIOCore
import NIOHTTP1

/// Writes one answer after the other, and of each only so much ahead as a client takes: what is encrypted for a client that
/// does not read would fill the memory. Only to be used on the channel's event loop.
final class AnswerWriter {
    /// What came of a part of an answer.
    enum Progress {
        /// The client, or the system for it, has taken a part.
        case taken
        /// All of it.
        case finished
        /// The client has gone.
        case failed
    }

    /// How many slices are under way at once: while one is taken the next one is there already.
    private static let mostUnderWay = 2

    private let sliceSize: Int
    private var body = Pieces([])
    private var underWay = 0
    private var isFeeding = false
    private var tell: ((Progress) -> Void)?

    /// - Parameter sliceSize: How many bytes are written at once.
    init(sliceSize: Int) {
        self.sliceSize = sliceSize
    }

    /// Writes an answer.
    ///
    /// - Parameters:
    ///   - head: The head, length included.
    ///   - body: What follows it: nothing for HEAD.
    ///   - context: Where to.
    ///   - tell: Called after each slice.
    func write(
        _ head: HTTPResponseHead,
        _ body: [ByteBuffer],
        to context: ChannelHandlerContext,
        tell: @escaping (Progress) -> Void
    ) {
        self.body = Pieces(body)
        self.tell = tell
        guard !self.body.isEmpty else {
            write(.head(head), to: context, promise: promise(context))
            write(.end(nil), to: context, promise: nil)
            context.flush()
            return
        }
        write(.head(head), to: context, promise: nil)
        feed(context)
    }

    /// Lets go of what is not written.
    func drop() {
        body = Pieces([])
        tell = nil
    }

    private func feed(_ context: ChannelHandlerContext) {
        // A slice that is taken at once comes back here while the one before it is still being written.
        guard !isFeeding else { return }
        isFeeding = true
        while underWay < Self.mostUnderWay, !body.isEmpty { writeSlice(context) }
        isFeeding = false
        if underWay == 0, body.isEmpty { report(.finished) }
    }

    private func writeSlice(_ context: ChannelHandlerContext) {
        var room = sliceSize
        while room > 0, let piece = body.next(room) {
            room -= piece.readableBytes
            let isLast = room == 0 || body.isEmpty
            write(.body(.byteBuffer(piece)), to: context, promise: isLast ? promise(context) : nil)
        }
        if body.isEmpty { write(.end(nil), to: context, promise: nil) }
        context.flush()
    }

    private func write(
        _ part: HTTPServerResponsePart,
        to context: ChannelHandlerContext,
        promise: EventLoopPromise<Void>?
    ) {
        context.write(NIOAny(part), promise: promise)
    }

    private func promise(_ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        underWay += 1
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { result in
            self.underWay -= 1
            switch result {
            case .success: self.taken(context)
            case .failure: self.report(.failed)
            }
        }
        return promise
    }

    private func taken(_ context: ChannelHandlerContext) {
        guard tell != nil else { return }
        if underWay > 0 || !body.isEmpty { report(.taken) }
        feed(context)
    }

    private func report(_ progress: Progress) {
        let tell = tell
        switch progress {
        case .taken: break
        case .finished, .failed: drop()
        }
        tell?(progress)
    }
}
