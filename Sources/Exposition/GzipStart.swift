/// The larger, earlier part of one gzip member, kept so that each response compresses nothing but its end.
///
/// Deflated data is a sequence of blocks, and a flush ends one at a full byte: blocks compressed at another time can
/// follow. The checksum of both parts comes from the checksums of each. The result is a single member, because some
/// clients read only the first one.
struct GzipStart: Sendable {
    /// The member's header and the deflated bytes.
    let bytes: [UInt8]
    private let checksum: Checksum
    /// How many bytes were compressed.
    private let length: Int

    /// Compresses the first part, given in pieces; `nil` without memory to do so.
    init?(_ pieces: [[UInt8]]) {
        guard let deflated = deflate(pieces, isLast: false) else { return nil }
        bytes = gzipHeader + deflated
        checksum = pieces.reduce(Checksum()) { $0.adding($1) }
        length = pieces.reduce(0) { $0 + $1.count }
    }

    /// What has to follow ``bytes``: the second part, compressed, and the member's trailer; `nil` without memory.
    func end(with tail: [UInt8]) -> [UInt8]? {
        guard let deflated = deflate([tail], isLast: true) else { return nil }
        let whole = checksum.combined(with: Checksum().adding(tail), of: tail.count)
        // The trailer holds the length modulo 2^32.
        return deflated + littleEndian(whole.value) + littleEndian(UInt32(truncatingIfNeeded: length + tail.count))
    }
}

/// Deflate, no flags, no time, the fastest level, any operating system (RFC 1952, section 2.3).
private let gzipHeader: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255]

private func littleEndian(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
}
