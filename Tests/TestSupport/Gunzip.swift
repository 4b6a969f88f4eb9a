import CZlib

/// What zlib makes of gzip data: a decoder that is not ours.
public struct Gunzip {
    /// The bytes of the first member.
    public let bytes: [UInt8]
    /// How many bytes of the input come after the first member.
    public let unread: Int

    /// Reads the first member; `nil` when it is damaged, cut off, or its checksum or length is wrong.
    public init?(_ compressed: [UInt8]) {
        var stream = unsafe z_stream()
        // 16 more than the window size: gzip and nothing else.
        guard unsafe inflateInit2_(&stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { unsafe inflateEnd(&stream) }
        var input = compressed
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let status = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            var status = Z_OK
            while status == Z_OK {
                status = unsafe chunk.withUnsafeMutableBufferPointer { room in
                    unsafe stream.next_out = room.baseAddress
                    unsafe stream.avail_out = UInt32(room.count)
                    return unsafe inflate(&stream, Z_NO_FLUSH)
                }
                bytes += unsafe chunk.prefix(chunk.count - Int(stream.avail_out))
            }
            return status
        }
        guard status == Z_STREAM_END else { return nil }
        self.bytes = bytes
        unread = unsafe Int(stream.avail_in)
    }
}
