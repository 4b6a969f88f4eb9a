import NIOCore

/// What copies of a page share: its sections, and the pieces of a response in each format and coding, put together when they are
/// first asked for.
final class PageContent: Sendable {
    private let sections: [PageSection]
    private let text = Lazily<[ByteBuffer]>()
    private let openMetrics = Lazily<[ByteBuffer]>()
    private let compressedText = Lazily<GzipStart>()
    private let compressedOpenMetrics = Lazily<GzipStart>()

    init(_ sections: [PageSection]) {
        self.sections = sections
    }

    /// The page in a format, without its ending.
    func pieces(_ format: ExpositionFormat) -> [ByteBuffer] {
        let cache =
            switch format {
            case .text: text
            case .openMetrics: openMetrics
            }
        return cache.value { Self.joined(fragments(format).map(\.text)) }
    }

    /// The same compressed, with room for more after it.
    func compressed(_ format: ExpositionFormat) -> GzipStart {
        let cache =
            switch format {
            case .text: compressedText
            case .openMetrics: compressedOpenMetrics
            }
        return cache.value {
            GzipStart(
                pieces: Self.joined([GzipStart.header] + fragments(format).map(\.deflated)),
                checksum: sections.reduce(Checksum()) { $0 + $1.checksum(format) }
            )
        }
    }

    private func fragments(_ format: ExpositionFormat) -> [Fragment] {
        sections.flatMap { $0.fragments(format) }
    }

    /// Small pieces that follow each other become one, because many small writes cost a server more than the copy. Larger ones are
    /// shared by all pages and responses that have them.
    private static func joined(_ pieces: [ByteBuffer]) -> [ByteBuffer] {
        var joined: [ByteBuffer] = []
        var small = ByteBuffer()
        for piece in pieces {
            if piece.readableBytes < smallPiece {
                small.writeImmutableBuffer(piece)
            } else {
                if small.readableBytes > 0 { joined.append(small) }
                joined.append(piece)
                small = ByteBuffer()
            }
        }
        return small.readableBytes > 0 ? joined + [small] : joined
    }

    /// Up to here a piece, in bytes, is copied.
    private static let smallPiece = 1 << 10
}
