import CZlib

/// Compresses bytes into raw deflate blocks, without header or trailer.
///
/// - Parameters:
///   - bytes: What to compress.
///   - isLast: Whether the data ends here. If not, the result ends at a full byte and other blocks have to follow.
/// - Returns: Blocks that are not compressed when zlib got no memory: a page that is longer is worth more than none.
func deflate(_ bytes: [UInt8], isLast: Bool) -> ByteWriter {
    var output = ByteWriter(capacity: 1024 + bytes.count / usualRatio)
    if compress(bytes, isLast: isLast, &output) { return output }
    output.removeAll()
    store(bytes, isLast: isLast, &output)
    return output
}

/// The fastest level. A page lives for one poll: the highest levels take three times as long for a fifth less.
private let level: Int32 = Z_BEST_SPEED

/// How much smaller metrics get, for the first allocation.
private let usualRatio = 8

/// zlib counts its input in 32 bits.
private let largestInput = 1 << 30

/// How much room zlib is offered at a time.
private let outputStep = 1 << 12

private func compress(_ bytes: [UInt8], isLast: Bool, _ output: inout ByteWriter) -> Bool {
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
    guard ready == Z_OK else { return false }
    defer { unsafe deflateEnd(&stream) }
    for start in stride(from: 0, to: bytes.count, by: largestInput) {
        let part = bytes[start..<min(start + largestInput, bytes.count)]
        guard unsafe feed(part, to: &stream, Z_NO_FLUSH, &output) else { return false }
    }
    return unsafe feed([], to: &stream, isLast ? Z_FINISH : Z_SYNC_FLUSH, &output)
}

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

/// Blocks of bytes as they are: each begins with its length, and with that once more in the complement.
func store(_ bytes: [UInt8], isLast: Bool, _ output: inout ByteWriter) {
    var rest = bytes[...]
    repeat {
        let part = rest.prefix(0xffff)
        rest = rest.dropFirst(part.count)
        output.append(isLast && rest.isEmpty ? 1 : 0)
        let length = UInt16(part.count)
        for number in [length, ~length] {
            output.append(UInt8(truncatingIfNeeded: number))
            output.append(UInt8(truncatingIfNeeded: number >> 8))
        }
        output.append(Array(part))
    } while !rest.isEmpty
}
