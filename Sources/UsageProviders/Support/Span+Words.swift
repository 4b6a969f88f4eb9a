/// Looking at eight bytes at a time. This is the one place of the room that reads memory as another type; every read is
/// inside the span, which checks it.
extension Span<UInt8> {
    /// Where the first byte stands that means something in the text of JSON: a quote, a backslash or a control character. The
    /// end of the span if there is none.
    func firstSpecial(from start: Int) -> Int {
        var position = start
        while position + 8 <= count {
            let found = Self.special(in: word(at: position))
            if found != 0 { return position + found.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < count {
            let byte = self[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return position }
            position += 1
        }
        return count
    }

    /// How many lines the text of a JSON string has at most, by its escapes of line ends.
    func escapedLineEnds() -> Int {
        var (lines, position) = (0, 0)
        // The backslash at the end of the word before, if there was one, in the place where its escape would go on.
        var carried: UInt64 = 0
        while position + 8 <= count {
            let word = word(at: position)
            let backslashes = Self.bytes(UInt8(ascii: "\\"), in: word)
            lines += ((backslashes << 8 | carried) & Self.bytes(UInt8(ascii: "n"), in: word)).nonzeroBitCount
            carried = backslashes >> 56
            position += 8
        }
        return lines + 8
    }

    /// The bytes of a range as an array has them.
    func copy(_ range: Range<Int>, appendingTo array: inout [UInt8]) {
        // The pointer is used inside the closure alone.
        unsafe extracting(range).withUnsafeBufferPointer { unsafe array.append(contentsOf: $0) }
    }

    @inline(__always)
    private func word(at position: Int) -> UInt64 {
        // Any eight bytes are a number, and the span refuses those that are not its own.
        unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// The lowest bit that is set is in the first special byte; others may be set above it.
    @inline(__always)
    private static func special(in word: UInt64) -> UInt64 {
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let controls = (word &- ones &* 0x20) & ~word
        return (controls | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes) & highs
    }

    /// The highest bit of each byte that is the one looked for.
    @inline(__always)
    private static func bytes(_ byte: UInt8, in word: UInt64) -> UInt64 {
        let difference = word ^ (ones &* UInt64(byte))
        return ~((difference & ~highs) &+ ~highs | difference | ~highs)
    }
}
