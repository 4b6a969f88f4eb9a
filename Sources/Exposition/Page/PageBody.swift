public import NIOCore

/// The bytes of one response.
public struct PageBody: Sendable {
    /// Whether the bytes are gzip, for `Content-Encoding`.
    public let isGzip: Bool
    /// The response in order, in pieces that are shared with the page and with every other response, and not copied.
    public let pieces: [ByteBuffer]
    /// The length of the whole response in bytes.
    public let count: Int

    init(isGzip: Bool, pieces: [ByteBuffer]) {
        self.isGzip = isGzip
        self.pieces = pieces
        count = pieces.reduce(0) { $0 + $1.readableBytes }
    }

    /// The whole response as one copy.
    public var bytes: [UInt8] { pieces.flatMap(\.readableBytesView) }
}
