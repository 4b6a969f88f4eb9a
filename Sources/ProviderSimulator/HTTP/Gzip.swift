import CZlib

/// Compression as `Content-Encoding: gzip` wants it.
enum Gzip {
    /// `bytes` as one gzip member; `nil` when zlib cannot.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard let count = UInt32(exactly: bytes.count) else { return nil }
        var stream = unsafe z_stream()
        // 15 bits of window, and 16 for a gzip wrapper instead of zlib's own.
        let began = unsafe deflateInit2_(
            &stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard began == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }
        guard let room = UInt32(exactly: unsafe deflateBound(&stream, UInt(count))) else { return nil }
        var input = bytes
        var finished = Z_OK
        let output = unsafe [UInt8](unsafeUninitializedCapacity: Int(room)) { output, written in
            unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = count
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = room
                finished = unsafe deflate(&stream, Z_FINISH)
            }
            written = unsafe Int(room - stream.avail_out)
        }
        return finished == Z_STREAM_END ? output : nil
    }

    /// Whether an `Accept-Encoding` header allows gzip.
    static func isAccepted(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return parts.first == "gzip" && weight > 0
        }
    }
}
