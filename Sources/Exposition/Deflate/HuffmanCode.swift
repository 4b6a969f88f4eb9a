/// A prefix code of deflate: for each symbol its bits, those of frequent symbols being few (RFC 1951, section 3.2.2).
struct HuffmanCode {
    /// The length of each symbol's code in bits; 0 for a symbol that does not occur.
    let lengths: [UInt8]
    /// The bits of each symbol's code, the first one lowest, as deflate packs them.
    let bits: [UInt16]

    /// The code with the fewest bits for symbols that occur so often.
    ///
    /// - Parameters:
    ///   - frequencies: By symbol.
    ///   - limit: The longest code that the format allows; at least as many as all symbols need.
    init(frequencies: [UInt32], limit: Int) {
        lengths = Self.lengths(frequencies, limit: limit)
        bits = Self.bits(lengths)
    }

    private static func lengths(_ frequencies: [UInt32], limit: Int) -> [UInt8] {
        // The rarest first; equal ones by symbol, so that the code does not depend on chance.
        let symbols = frequencies.indices.filter { frequencies[$0] > 0 }
            .sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
        var lengths = [UInt8](repeating: 0, count: frequencies.count)
        // A single symbol takes a bit too, for a code of none cannot be read.
        guard symbols.count > 1 else {
            for symbol in symbols { lengths[symbol] = 1 }
            return lengths
        }
        var counts = limited(depthCounts(symbols.map { Int(frequencies[$0]) }), to: limit)
        var length = counts.count - 1
        for symbol in symbols {
            while counts[length] == 0 { length -= 1 }
            counts[length] -= 1
            lengths[symbol] = UInt8(length)
        }
        return lengths
    }

    /// How many leaves Huffman's tree has at each depth, by joining the two lightest trees again and again. Both queues are
    /// sorted: joined trees only get heavier.
    private static func depthCounts(_ weights: [Int]) -> [Int] {
        let leaves = weights.count
        var weights = weights
        var parents = [Int](repeating: 0, count: 2 * leaves - 1)
        var (nextLeaf, nextTree) = (0, leaves)
        func lightest() -> Int {
            let takesLeaf = nextLeaf < leaves && (nextTree >= weights.count || weights[nextLeaf] <= weights[nextTree])
            defer { if takesLeaf { nextLeaf += 1 } else { nextTree += 1 } }
            return takesLeaf ? nextLeaf : nextTree
        }
        while weights.count < 2 * leaves - 1 {
            let (first, second) = (lightest(), lightest())
            (parents[first], parents[second]) = (weights.count, weights.count)
            weights.append(weights[first] + weights[second])
        }
        var depths = [Int](repeating: 0, count: weights.count)
        for node in (0..<weights.count - 1).reversed() { depths[node] = depths[parents[node]] + 1 }
        var counts = [Int](repeating: 0, count: (depths.prefix(leaves).max() ?? 0) + 1)
        for depth in depths.prefix(leaves) { counts[depth] += 1 }
        return counts
    }

    /// Shortens codes that are too long. Each of them becomes the twin of another code, which gets a bit longer for that, so that
    /// nothing is left unused: readers refuse a code with gaps.
    private static func limited(_ counts: [Int], to limit: Int) -> [Int] {
        guard counts.count > limit + 1 else { return counts }
        var limited = Array(counts.prefix(limit + 1))
        limited[limit] += counts.dropFirst(limit + 1).reduce(0, +)
        // In units of the longest code: how much is used of all there is.
        let used = limited.enumerated().dropFirst().reduce(0) { $0 + $1.element << (limit - $1.offset) }
        for _ in 0..<max(0, used - 1 << limit) {
            guard let length = limited[1..<limit].lastIndex(where: { $0 > 0 }) else { break }
            limited[length] -= 1
            limited[length + 1] += 2
            limited[limit] -= 1
        }
        return limited
    }

    /// The codes that follow from their lengths alone, which are all that the format transmits.
    private static func bits(_ lengths: [UInt8]) -> [UInt16] {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        var next = [Int](repeating: 0, count: 16)
        for length in 1..<16 { next[length] = (next[length - 1] + counts[length - 1]) << 1 }
        return lengths.map { length in
            guard length > 0 else { return 0 }
            defer { next[Int(length)] += 1 }
            return UInt16(truncatingIfNeeded: next[Int(length)]).reversed(bits: Int(length))
        }
    }
}

extension UInt16 {
    /// The lowest bits in the opposite order.
    fileprivate func reversed(bits count: Int) -> UInt16 {
        (0..<count).reduce(0) { $0 << 1 | (self >> $1 & 1) }
    }
}
