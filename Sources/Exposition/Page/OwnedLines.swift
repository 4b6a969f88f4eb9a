import NIOCore

/// The lines of several owners that are too few to be a fragment each, in one fragment.
struct OwnedLines<Owner: Comparable & Sendable>: Sendable {
    /// Whose lines come one after the other, and where each one's end.
    private let ends: [(owner: Owner, end: Int)]
    let fragment: Fragment

    /// - Parameter lines: By ascending owner, none of them empty.
    init(_ lines: [(owner: Owner, bytes: ByteBufferView)]) {
        var text: [UInt8] = []
        text.reserveCapacity(lines.reduce(0) { $0 + $1.bytes.count })
        ends = lines.map { owner, bytes in
            text += bytes
            return (owner, text.count)
        }
        fragment = Fragment(text)
    }

    /// The lines by owner, in ascending order.
    var lines: [(owner: Owner, bytes: ByteBufferView)] {
        ends.indices.map { (ends[$0].owner, bytes(at: $0)) }
    }

    /// The last owner.
    var last: Owner? { ends.last?.owner }

    /// Whether these are exactly the lines that an owner has here.
    func holds(_ bytes: [UInt8], of owner: Owner) -> Bool {
        let place = ends.partitioningIndex { $0.owner >= owner }
        guard place < ends.count, ends[place].owner == owner else { return bytes.isEmpty }
        return self.bytes(at: place).elementsEqual(bytes)
    }

    /// The lines of the owner at a place.
    private func bytes(at place: Int) -> ByteBufferView {
        let text = fragment.text.readableBytesView
        let start = place > 0 ? ends[place - 1].end : 0
        return text[text.startIndex + start..<text.startIndex + ends[place].end]
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first place for which something holds that, once it does, holds for all places after it; the end if for none.
    func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
