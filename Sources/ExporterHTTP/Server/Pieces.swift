import NIOCore

/// The bytes of an answer that are still to be sent, in pieces that are shared and not copied.
struct Pieces {
    private let pieces: [ByteBuffer]
    private var index = 0
    private var offset = 0

    init(_ pieces: [ByteBuffer]) {
        self.pieces = pieces
        skip()
    }

    var isEmpty: Bool { index == pieces.count }

    /// The next piece or a part of it, with `most` bytes at most; `nil` when there are no more.
    mutating func next(_ most: Int) -> ByteBuffer? {
        guard !isEmpty else { return nil }
        let piece = pieces[index]
        let length = min(most, piece.readableBytes - offset)
        defer { skip() }
        guard length < piece.readableBytes else {
            index += 1
            return piece
        }
        let start = piece.readerIndex + offset
        offset += length
        return piece.getSlice(at: start, length: length)
    }

    /// To the next byte that there is.
    private mutating func skip() {
        while index < pieces.count, offset == pieces[index].readableBytes {
            index += 1
            offset = 0
        }
    }
}
