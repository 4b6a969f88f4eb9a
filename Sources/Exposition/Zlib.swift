import CZlib

/// Compresses pieces into raw deflate blocks, without header or trailer.
///
/// - Parameters:
///   - pieces: The bytes, in order.
///   - isLast: Whether the data ends here. If not, the result ends at a full byte and other blocks have to follow.
/// - Returns: `nil` when zlib got no memory.
func deflate(_ pieces: [[UInt8]], isLast: Bool) -> [UInt8]? {
    var stream = unsafe z_stream()
    let ready = unsafe deflateInit2_(
        &stream,
        level,
        Z_DEFLATED,
        -MAX_WBITS,
        MAX_MEM_LEVEL,
        Z_DEFAULT_STRATEGY,
        ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)
    )
    guard ready == Z_OK else { return nil }
    defer { unsafe deflateEnd(&stream) }
    var output = ByteWriter(capacity: 1024 + pieces.reduce(0) { $0 + $1.count } / usualRatio)
    for piece in pieces {
        for start in stride(from: 0, to: piece.count, by: largestInput) {
            let part = piece[start..<min(start + largestInput, piece.count)]
            guard unsafe feed(part, to: &stream, Z_NO_FLUSH, &output) else { return nil }
        }
    }
    let ended = unsafe feed([], to: &stream, isLast ? Z_FINISH : Z_SYNC_FLUSH, &output)
    return ended ? output.bytes() : nil
}

/// The fastest level. A page lives for one poll: the highest levels take three times as long for a fifth less.
private let level: Int32 = Z_BEST_SPEED

/// How much smaller metrics get, for the first allocation.
private let usualRatio = 8

/// zlib counts its input in 32 bits.
private let largestInput = 1 << 30

/// How much room zlib is offered at a time.
private let outputStep = 1 << 14

@unsafe
private func feed(
    _ input: ArraySlice<UInt8>,
    to stream: inout z_stream,
    _ flush: Int32,
    _ output: inout ByteWriter
) -> Bool {
    unsafe input.withUnsafeBufferPointer { source in
        // zlib reads its input and changes nothing, although its header does not say so.
        unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.avail_in = UInt32(source.count)
        // Room left over means that zlib has nothing more to say.
        repeat {
            guard unsafe step(&stream, flush, &output) else { return false }
        } while unsafe stream.avail_out == 0
        return true
    }
}

/// One call of zlib; `false` when it failed. That there was nothing to do is no failure.
@unsafe
private func step(_ stream: inout z_stream, _ flush: Int32, _ output: inout ByteWriter) -> Bool {
    var status = Z_OK
    unsafe output.append(minimum: outputStep) { room in
        let size = min(room.count, largestInput)
        unsafe stream.next_out = room.baseAddress
        unsafe stream.avail_out = UInt32(size)
        status = unsafe CZlib.deflate(&stream, flush)
        return unsafe size - Int(stream.avail_out)
    }
    return status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR
}

/// The CRC-32 of some bytes.
struct Checksum: Sendable, Hashable {
    let value: UInt32

    /// Of no bytes.
    init() { value = 0 }

    private init(_ value: UInt) { self.value = UInt32(truncatingIfNeeded: value) }

    /// Of these bytes and `bytes` after them.
    func adding(_ bytes: [UInt8]) -> Checksum {
        unsafe bytes.withUnsafeBufferPointer { source in
            // A null pointer is zlib's way to ask for the initial value.
            guard let start = source.baseAddress else { return self }
            return unsafe Checksum(crc32_z(UInt(value), start, source.count))
        }
    }

    /// Of these bytes and `length` others after them, of which only the checksum is known.
    func combined(with other: Checksum, of length: Int) -> Checksum {
        Checksum(crc32_combine(UInt(value), UInt(other.value), length))
    }
}
