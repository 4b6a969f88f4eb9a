/// The symbols of deflate: literals, lengths and distances (RFC 1951, section 3.2.5).
enum DeflateAlphabet {
    /// How many literal and length symbols there are.
    static let lengthSymbols = 286
    /// How many distance symbols there are.
    static let distanceSymbols = 30
    /// The end of a block.
    static let end = 256

    /// A symbol that stands for several numbers; further bits tell which one.
    struct Symbol {
        /// Its place in the alphabet.
        let symbol: UInt16
        /// The smallest number that it stands for.
        let base: UInt16
        /// How many further bits there are.
        let extraBits: UInt8
    }

    /// The symbol of each length, by length, from 3 to 258.
    static let lengths: [Symbol] = {
        var table = [Symbol](repeating: Symbol(symbol: 0, base: 0, extraBits: 0), count: 259)
        for (symbol, base) in ascending(count: 28, first: 3, group: 4).enumerated() {
            for length in base.base..<min(base.base + 1 << base.extraBits, 258) {
                table[length] = Symbol(
                    symbol: UInt16(257 + symbol),
                    base: UInt16(base.base),
                    extraBits: UInt8(base.extraBits)
                )
            }
        }
        table[258] = Symbol(symbol: 285, base: 258, extraBits: 0)
        return table
    }()

    /// The symbol of each distance less one: up to 255 by itself, above that by its upper bits behind them.
    static let distances: [Symbol] = {
        var table = [Symbol](repeating: Symbol(symbol: 0, base: 0, extraBits: 0), count: 512)
        for (symbol, base) in ascending(count: distanceSymbols, first: 0, group: 2).enumerated() {
            let entry = Symbol(symbol: UInt16(symbol), base: UInt16(base.base), extraBits: UInt8(base.extraBits))
            for distance in stride(from: base.base, to: base.base + 1 << base.extraBits, by: base.base < 256 ? 1 : 128)
            {
                table[distance < 256 ? distance : 256 + distance >> 7] = entry
            }
        }
        return table
    }()

    /// Where to look a distance less one up in ``distances``.
    @inline(__always)
    static func place(ofDistance distance: UInt16) -> Int {
        distance < 256 ? Int(distance) : 256 + Int(distance >> 7)
    }

    /// The smallest number of each symbol and its further bits: as many symbols of each width as a group has, twice as many of
    /// those without.
    private static func ascending(count: Int, first: Int, group: Int) -> [(base: Int, extraBits: Int)] {
        var (base, list) = (first, [(base: Int, extraBits: Int)]())
        for symbol in 0..<count {
            let extraBits = max(0, symbol / group - 1)
            list.append((base, extraBits))
            base += 1 << extraBits
        }
        return list
    }
}
