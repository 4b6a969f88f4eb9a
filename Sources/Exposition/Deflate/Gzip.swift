public import NIOCore

/// Any bytes as one gzip member.
public func gzip(_ bytes: [UInt8]) -> ByteBuffer {
    var member = GzipStart.header
    member.writeImmutableBuffer(GzipStart(pieces: [], checksum: Checksum()).end(with: bytes))
    return member
}
