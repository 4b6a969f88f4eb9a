import NIOCore

/// A growing buffer of bytes that is only ever appended to.
///
/// Not a `[UInt8]`, because a page of a million lines appends ten million pieces, and the array's check for a unique
/// owner at each of them costs ten times as much as the copying. All raw memory of the encoder is in this file.
@safe
struct ByteWriter: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes were written.
    private(set) var count = 0

    /// An empty writer.
    ///
    /// - Parameter capacity: How many bytes are likely; more make it grow.
    init(capacity: Int = 4096) {
        self.capacity = max(capacity, 64)
        unsafe base = .allocate(capacity: self.capacity)
    }

    deinit {
        unsafe base.deallocate()
    }

    /// The bytes written so far.
    func bytes() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: base, count: count))
    }

    /// The bytes written so far, to be shared by any number of readers.
    func buffer() -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(count)
        unsafe buffer.writeBytes(UnsafeRawBufferPointer(start: base, count: count))
        return buffer
    }

    /// Forgets the bytes and keeps the memory.
    mutating func removeAll() { count = 0 }

    /// The checksum of what was written.
    var checksum: Checksum {
        unsafe Checksum(of: UnsafeBufferPointer(start: base, count: count))
    }

    /// Goes through some of the bytes.
    @inline(__always)
    func forEachByte(from start: Int, count: Int, _ body: (UInt8) -> Void) {
        precondition(start >= 0 && count >= 0 && start + count <= self.count)
        for place in start..<start + count { unsafe body(base[place]) }
    }

    /// How many bytes from a place on are the same as the first ones of other bytes.
    @inline(__always)
    func prefix(from start: Int, sharedWith other: borrowing ByteWriter) -> Int {
        precondition(start >= 0 && start <= count)
        let most = min(count - start, other.count)
        var length = 0
        while unsafe length < most && base[start + length] == other.base[length] { length += 1 }
        return length
    }

    mutating func append(_ byte: UInt8) {
        reserve(1)
        unsafe base[count] = byte
        count += 1
    }

    mutating func append(_ bytes: [UInt8]) {
        reserve(bytes.count)
        unsafe bytes.withUnsafeBufferPointer { unsafe copy($0) }
    }

    /// Appends bytes of another writer: all of them, or those in a range.
    @inline(__always)
    mutating func append(_ other: borrowing ByteWriter, _ range: Range<Int>? = nil) {
        let range = range ?? 0..<other.count
        precondition(range.lowerBound >= 0 && range.upperBound <= other.count)
        reserve(range.count)
        unsafe (base + count).update(from: other.base + range.lowerBound, count: range.count)
        count += range.count
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { source in
            reserve(source.count)
            unsafe copy(source)
        }
    }

    /// Appends text with a backslash before each backslash, before each double quote if asked for, and with `\n` in
    /// place of each newline.
    mutating func append(_ text: String, escapingQuotes: Bool) {
        var text = text
        text.withUTF8 { source in
            reserve(source.count * 2)
            for index in source.indices {
                let byte = unsafe source[index]
                switch byte {
                case UInt8(ascii: "\n"): unsafe put(UInt8(ascii: "\\"), UInt8(ascii: "n"))
                case UInt8(ascii: "\\"): unsafe put(UInt8(ascii: "\\"), byte)
                case UInt8(ascii: "\"") where escapingQuotes: unsafe put(UInt8(ascii: "\\"), byte)
                default: unsafe put(byte)
                }
            }
        }
    }

    /// Appends a whole number in decimal digits.
    mutating func append(_ value: Int) {
        reserve(20)
        if value < 0 { unsafe put(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let end = count + digitCount(rest)
        count = end
        var position = end
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            position -= 1
            unsafe base[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        } while rest > 0
    }

    /// Lets `fill` write into at least `minimum` bytes of free space and say how many it wrote.
    mutating func append(minimum: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        reserve(minimum)
        let free = capacity - count
        let written = unsafe fill(UnsafeMutableBufferPointer(start: base + count, count: free))
        count += min(max(written, 0), free)
    }

    /// Writes the lowest bytes of a word, and whatever is above them behind the end: there have to be eight bytes reserved.
    @unsafe @inline(__always)
    mutating func put(_ word: UInt64, count: Int) {
        unsafe UnsafeMutableRawPointer(base + self.count).storeBytes(of: word.littleEndian, as: UInt64.self)
        self.count += count
    }

    private mutating func copy(_ source: UnsafeBufferPointer<UInt8>) {
        guard let start = source.baseAddress else { return }
        unsafe (base + count).update(from: start, count: source.count)
        count += source.count
    }

    /// Writes without a look at the capacity: the caller reserved it.
    @unsafe
    private mutating func put(_ byte: UInt8) {
        unsafe base[count] = byte
        count += 1
    }

    /// Writes without a look at the capacity: the caller reserved it.
    @unsafe
    private mutating func put(_ first: UInt8, _ second: UInt8) {
        unsafe put(first)
        unsafe put(second)
    }

    /// Makes room for more bytes.
    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if capacity - count < additional { grow(by: additional) }
    }

    @inline(never)
    private mutating func grow(by additional: Int) {
        capacity = max(capacity * 2, count + additional)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        unsafe larger.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = larger
    }
}

private func digitCount(_ value: UInt) -> Int {
    var count = 1
    var rest = value
    while rest >= 10 {
        rest /= 10
        count += 1
    }
    return count
}
