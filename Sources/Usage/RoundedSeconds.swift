/// Turns a decimal number as a provider writes it into whole seconds, without a detour over floating point.
public enum RoundedSeconds {
    /// The largest figure of one room and tier that is believed: ten million people for a whole day and some more.
    ///
    /// The bound keeps sums over any answer that fits in memory far from overflow.
    public static let largest = 1_000_000_000_000

    /// Reads `digits[.digits]`, optionally signed with `+`, and rounds half up.
    ///
    /// - Parameter text: The UTF-8 of the number, without surrounding spaces.
    /// - Returns: Whole seconds from 0 to ``largest``; `nil` for everything else: letters, exponents, negative and
    ///   infinite numbers, nothing at all.
    public static func parse(_ text: some Collection<UInt8>) -> Int? {
        var rest = text[...]
        if rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let point = rest.firstIndex(of: UInt8(ascii: ".")) ?? rest.endIndex
        let whole = rest[..<point]
        let fraction = point == rest.endIndex ? rest[point...] : rest[rest.index(after: point)...]
        guard !whole.isEmpty || !fraction.isEmpty, fraction.allSatisfy(isDigit) else { return nil }
        var seconds = 0
        for byte in whole {
            guard isDigit(byte) else { return nil }
            seconds = seconds * 10 + Int(byte - UInt8(ascii: "0"))
            guard seconds <= largest else { return nil }
        }
        if let tenths = fraction.first, tenths >= UInt8(ascii: "5") { seconds += 1 }
        return seconds <= largest ? seconds : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
