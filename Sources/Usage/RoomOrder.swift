/// Puts many rooms in order where they are.
///
/// Comparing a million ids with one another is most of what sorting them takes. What the ids have in common at their start is
/// left out, the eight bytes behind it are compared as one number, and each room moves once.
enum RoomOrder {
    /// What a room is sorted by, and where it was.
    private struct Key {
        let start: UInt64
        var index: Int
    }

    /// Sorts by the bytes of the ids.
    static func sort(_ rooms: inout [RoomUsage]) {
        guard let first = rooms.first else { return }
        var common = first.room.text.utf8.count
        for usage in rooms { common = usage.room.text.commonBytes(with: first.room.text, atMost: common) }
        var keys = rooms.indices.map { Key(start: rooms[$0].room.text.number(behind: common), index: $0) }
        keys.sort { left, right in
            left.start == right.start ? rooms[left.index].room < rooms[right.index].room : left.start < right.start
        }
        arrange(&rooms, by: &keys)
    }

    /// Moves each room to its place: along each circle of places that take each other's rooms.
    private static func arrange(_ rooms: inout [RoomUsage], by keys: inout [Key]) {
        for start in keys.indices {
            var place = start
            while keys[place].index != start {
                let from = keys[place].index
                rooms.swapAt(place, from)
                keys[place].index = place
                place = from
            }
            keys[place].index = place
        }
    }
}

extension String {
    /// How many bytes both begin with.
    fileprivate func commonBytes(with other: String, atMost most: Int) -> Int {
        var count = 0
        for (left, right) in zip(utf8, other.utf8) {
            guard count < most, left == right else { break }
            count += 1
        }
        return count
    }

    /// The eight bytes behind the first ones as a number that has their order; a text that ends before has zeros there.
    fileprivate func number(behind count: Int) -> UInt64 {
        var number: UInt64 = 0
        var rest = utf8.dropFirst(count).makeIterator()
        for _ in 0..<8 { number = number << 8 | UInt64(rest.next() ?? 0) }
        return number
    }
}
