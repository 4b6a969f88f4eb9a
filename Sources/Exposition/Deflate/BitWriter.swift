/// Packs bits into bytes, the first bit lowest, as deflate has it.
struct BitWriter: ~Copyable {
    private var bytes: ByteWriter
    private var pending: UInt64 = 0
    private var pendingCount: UInt64 = 0

    /// - Parameter capacity: How many bytes are likely.
    init(capacity: Int) {
        bytes = ByteWriter(capacity: capacity)
    }

    /// Appends up to 16 bits; those above `count` are 0.
    mutating func append(_ bits: some BinaryInteger, count: some BinaryInteger) {
        bytes.reserve(8)
        unsafe put(UInt64(truncatingIfNeeded: bits), UInt64(truncatingIfNeeded: count))
        unsafe flush()
    }

    /// Makes room for so many bytes, to be filled by ``put(_:_:)`` and ``flush()``.
    mutating func reserve(_ count: Int) { bytes.reserve(count + 8) }

    /// Appends bits. Between two calls of ``flush()`` no more than 56 in all may be put, for which there has to be room.
    @unsafe @inline(__always)
    mutating func put(_ bits: UInt64, _ count: UInt64) {
        pending |= bits << pendingCount
        pendingCount += count
    }

    /// Writes the whole bytes among the bits.
    @unsafe @inline(__always)
    mutating func flush() {
        let whole = pendingCount >> 3
        unsafe bytes.put(pending, count: Int(whole))
        pending = whole == 8 ? 0 : pending >> (whole << 3)
        pendingCount &= 7
    }

    /// Appends an empty stored block, after which the next bit stands at the start of a byte.
    mutating func alignByEmptyBlock() {
        append(0, count: 3)
        append(0, count: (8 - pendingCount) & 7)
        append(0, count: 16)
        append(0xffff, count: 16)
    }

    /// What was written, which has to end at a full byte.
    consuming func finish() -> ByteWriter { bytes }
}
