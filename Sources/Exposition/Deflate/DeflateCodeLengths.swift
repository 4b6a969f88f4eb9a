/// The head of a block with codes of its own: how long each symbol's code is, in a code for that (RFC 1951, section 3.2.7).
struct DeflateCodeLengths {
    /// A symbol of the code for lengths, with further bits.
    private struct Item {
        let symbol: Int
        var extra = 0
        var extraBits = 0
    }

    /// The order in which the lengths of that code itself come.
    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private let lengthCount: Int
    private let distanceCount: Int
    private let items: [Item]

    init(lengths: HuffmanCode, distances: HuffmanCode) {
        lengthCount = max(257, Self.used(lengths))
        distanceCount = max(1, Self.used(distances))
        items = Self.items(Array(lengths.lengths.prefix(lengthCount)) + distances.lengths.prefix(distanceCount))
    }

    /// Writes the head, all but the three bits that every block begins with.
    func write(to output: inout BitWriter) {
        var frequencies = [UInt32](repeating: 0, count: 19)
        for item in items { frequencies[item.symbol] += 1 }
        let code = HuffmanCode(frequencies: frequencies, limit: 7)
        let count = max(4, (Self.order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
        output.append(lengthCount - 257, count: 5)
        output.append(distanceCount - 1, count: 5)
        output.append(count - 4, count: 4)
        for symbol in Self.order.prefix(count) { output.append(code.lengths[symbol], count: 3) }
        for item in items {
            output.append(code.bits[item.symbol], count: code.lengths[item.symbol])
            output.append(item.extra, count: item.extraBits)
        }
    }

    private static func used(_ code: HuffmanCode) -> Int {
        (code.lengths.lastIndex { $0 > 0 } ?? -1) + 1
    }

    /// Runs of equal lengths become one item each.
    private static func items(_ lengths: [UInt8]) -> [Item] {
        var items: [Item] = []
        var start = 0
        while start < lengths.count {
            let run = lengths[start...].prefix { $0 == lengths[start] }.count
            items += lengths[start] == 0 ? zeros(run) : repeated(Int(lengths[start]), run)
            start += run
        }
        return items
    }

    private static func zeros(_ count: Int) -> [Item] {
        switch count {
        case ..<3: Array(repeating: Item(symbol: 0), count: count)
        case ...10: [Item(symbol: 17, extra: count - 3, extraBits: 3)]
        case ...138: [Item(symbol: 18, extra: count - 11, extraBits: 7)]
        default: zeros(138) + zeros(count - 138)
        }
    }

    /// The length itself, then how often it comes again.
    private static func repeated(_ length: Int, _ count: Int) -> [Item] {
        var (items, rest) = ([Item(symbol: length)], count - 1)
        while rest >= 3 {
            let part = min(rest, 6)
            items.append(Item(symbol: 16, extra: part - 3, extraBits: 2))
            rest -= part
        }
        return items + Array(repeating: Item(symbol: length), count: rest)
    }
}
