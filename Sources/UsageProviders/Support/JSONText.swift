/// Finds its way through the bytes of JSON text without making anything of them.
///
/// Strict: what it passes over is JSON beyond doubt. What it does not pass may still be some, and is for a decoder to judge.
struct JSONText {
    /// Where it stands.
    var position = 0

    /// Passes over white space and the byte, if that is what stands there.
    mutating func take(_ byte: Character, in bytes: Span<UInt8>) -> Bool {
        skipSpace(in: bytes)
        guard position < bytes.count, bytes[position] == byte.asciiValue else { return false }
        position += 1
        return true
    }

    /// Passes over white space; `true` at the end of the bytes.
    mutating func isAtEnd(of bytes: Span<UInt8>) -> Bool {
        skipSpace(in: bytes)
        return position == bytes.count
    }

    /// Passes over a member's name and the colon behind it.
    ///
    /// - Returns: Where the name stands; `nil` where there is none, or one with escapes or beyond ASCII.
    mutating func takeName(in bytes: Span<UInt8>) -> Range<Int>? {
        guard take("\"", in: bytes) else { return nil }
        let start = position
        while position < bytes.count, bytes[position].isPlainASCII { position += 1 }
        let name = start..<position
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        position += 1
        return take(":", in: bytes) ? name : nil
    }

    /// Passes over a text, a number, `true`, `false` or `null`; `false` for anything else.
    mutating func skipScalar(in bytes: Span<UInt8>) -> Bool {
        if take("\"", in: bytes) { return skipText(in: bytes) }
        let start = position
        while position < bytes.count, bytes[position].isPartOfScalar { position += 1 }
        return Self.isScalar(bytes.extracting(start..<position))
    }

    /// Passes over the rest of a text, from anywhere between its quotes to behind the closing one.
    mutating func skipText(in bytes: Span<UInt8>) -> Bool {
        var ignored: [UInt8] = []
        while true {
            position = bytes.firstSpecial(from: position)
            guard position < bytes.count else { return false }
            if bytes[position] == UInt8(ascii: "\"") {
                position += 1
                return true
            }
            ignored.removeAll(keepingCapacity: true)
            guard let end = JSONEscape.end(at: position, in: bytes, appendingTo: &ignored) else { return false }
            position = end
        }
    }

    private mutating func skipSpace(in bytes: Span<UInt8>) {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private static func isScalar(_ bytes: Span<UInt8>) -> Bool {
        var text = ""
        for index in bytes.indices { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        if ["true", "false", "null"].contains(text) { return true }
        return text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
    }
}

/// What a backslash begins in the text of JSON.
enum JSONEscape {
    /// Appends the UTF-8 of what an escape stands for. Half of a character, without its other one, becomes U+FFFD.
    ///
    /// - Returns: The place behind the escape; `nil` where there is none.
    static func end(at position: Int, in bytes: Span<UInt8>, appendingTo text: inout [UInt8]) -> Int? {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\") else { return nil }
        if bytes[position + 1] != UInt8(ascii: "u") {
            guard let byte = single(bytes[position + 1]) else { return nil }
            text.append(byte)
            return position + 2
        }
        guard let unit = unit(at: position, in: bytes) else { return nil }
        if UTF16.isLeadSurrogate(unit), let next = self.unit(at: position + 6, in: bytes), UTF16.isTrailSurrogate(next)
        {
            let scalar = 0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(next - 0xDC00)
            append(Unicode.Scalar(scalar), to: &text)
            return position + 12
        }
        append(Unicode.Scalar(unit), to: &text)
        return position + 6
    }

    private static func append(_ scalar: Unicode.Scalar?, to text: inout [UInt8]) {
        text.append(contentsOf: UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
    }

    private static func single(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// The four digits of `\u0041` as a number.
    private static func unit(at position: Int, in bytes: Span<UInt8>) -> UInt16? {
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for index in (position + 2)..<(position + 6) {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, bytes[index] < 0x80 else {
                return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}

extension UInt8 {
    fileprivate var isPlainASCII: Bool {
        self >= 0x20 && self < 0x80 && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
    }

    fileprivate var isPartOfScalar: Bool {
        Unicode.Scalar(self).properties.isAlphabetic && self < 0x80 || (0x30...0x39).contains(self)
            || [0x2B, 0x2D, 0x2E].contains(self)
    }
}
