/// The largest of many rooms, found in one pass: what is no larger than the smallest of those kept costs one comparison.
struct LargestRooms {
    /// A room that is kept, by its place in the list that is gone through.
    private struct Candidate {
        let total: Int
        let room: RoomID
        let index: Int

        /// Whether it comes before another one in the order of ``RoomUsage/largestFirst(_:_:)``.
        func precedes(_ other: Candidate) -> Bool {
            total == other.total ? room < other.room : total > other.total
        }
    }

    private let limit: Int
    /// In any order while there is room for more; then a heap, in which no candidate comes before the two below it, so that
    /// the last of all stands at the top.
    private var kept: [Candidate] = []
    /// The total that a room has to reach now.
    private var least: Int

    /// Keeps at most that many.
    init(limit: Int) {
        self.limit = limit
        least = limit > 0 ? 0 : .max
    }

    /// Takes a room into account, unless it is one that is never named; `index` is its place in the list that is gone
    /// through.
    mutating func offer(_ usage: RoomUsage, at index: Int) {
        let total = usage.seconds.total
        guard total >= least, !usage.room.isReserved else { return }
        let candidate = Candidate(total: total, room: usage.room, index: index)
        if kept.count < limit {
            kept.append(candidate)
            if kept.count == limit { makeHeap() }
        } else if let last = kept.first, candidate.precedes(last) {
            kept[0] = candidate
            sink(from: 0)
            least = kept[0].total
        }
    }

    /// The places of the rooms that are kept, the largest first.
    func indices() -> [Int] {
        kept.sorted { $0.precedes($1) }.map(\.index)
    }

    private mutating func makeHeap() {
        for index in (0..<kept.count / 2).reversed() { sink(from: index) }
        least = kept[0].total
    }

    /// Moves a candidate down until the two below it come before it.
    private mutating func sink(from start: Int) {
        var index = start
        while true {
            var last = index
            for child in [2 * index + 1, 2 * index + 2] where child < kept.count && kept[last].precedes(kept[child]) {
                last = child
            }
            guard last != index else { return }
            kept.swapAt(index, last)
            index = last
        }
    }
}
