/// The checksum of many parts together, so that a part that changes costs a few steps and not one for each of the others.
struct ChecksumTree: Sendable {
    /// The parts, then pairs of them, then pairs of those, up to the whole alone.
    private var levels: [[Checksum]]

    /// Of parts in their order.
    init(_ parts: [Checksum]) {
        levels = [parts]
        while let last = levels.last, last.count > 1 {
            levels.append(stride(from: 0, to: last.count, by: 2).map { Self.joined(last, at: $0) })
        }
    }

    /// Of all parts together.
    var whole: Checksum { levels.last?.first ?? Checksum() }

    /// A part's checksum.
    subscript(part: Int) -> Checksum {
        get { levels[0][part] }
        set {
            levels[0][part] = newValue
            var place = part
            for level in levels.indices.dropFirst() {
                place /= 2
                levels[level][place] = Self.joined(levels[level - 1], at: place * 2)
            }
        }
    }

    /// A part and its neighbour; the last one of an odd number has none.
    private static func joined(_ level: [Checksum], at place: Int) -> Checksum {
        place + 1 < level.count ? level[place] + level[place + 1] : level[place]
    }
}
