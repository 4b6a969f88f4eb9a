import NIOCore

/// The larger, earlier part of one gzip member, kept so that each response compresses nothing but its end. The result is a single
/// member, because some clients read only the first one.
struct GzipStart: Sendable {
    /// Deflate, no flags, no time, the fastest level, any operating system (RFC 1952, section 2.3).
    static let header = ByteBuffer(bytes: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255] as [UInt8])

    /// The member's header and the deflated bytes, up to the end of a byte and without a last block.
    let pieces: [ByteBuffer]
    /// Of what was deflated.
    let checksum: Checksum

    /// What has to follow ``pieces``: the second part, compressed, and the member's trailer.
    func end(with tail: [UInt8]) -> ByteBuffer {
        var end = deflate(tail, isLast: true).buffer()
        let whole = checksum + Checksum(of: tail)
        end.writeInteger(whole.value, endianness: .little)
        // The trailer holds the length modulo 2^32.
        end.writeInteger(UInt32(truncatingIfNeeded: whole.length), endianness: .little)
        return end
    }
}
