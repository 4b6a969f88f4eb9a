/// How much one room used in a window.
public struct RoomUsage: Hashable, Sendable {
    /// Which room.
    public let room: RoomID
    /// Its participant-seconds.
    public var seconds: TierSeconds

    /// The usage of a room.
    public init(room: RoomID, seconds: TierSeconds) {
        self.room = room
        self.seconds = seconds
    }
}

extension RoomUsage {
    /// The order in which rooms are named and listed: the largest first, equal ones by the bytes of their ids.
    public static func largestFirst(_ left: RoomUsage, _ right: RoomUsage) -> Bool {
        let (leftTotal, rightTotal) = (left.seconds.total, right.seconds.total)
        return leftTotal == rightTotal ? left.room < right.room : leftTotal > rightTotal
    }
}

extension Collection<RoomUsage> {
    /// Each room once, in the order of its bytes; rows with the same id are added up.
    ///
    /// An array that is so already costs a look at its order and no copy.
    public func merged() -> [RoomUsage] {
        var rooms = Array(self)
        rooms.merge()
        return rooms
    }

    /// All rooms together.
    public var total: TierSeconds {
        reduce(into: .zero) { $0 += $1.seconds }
    }
}

extension [RoomUsage] {
    /// Puts the rooms in the order of their bytes, each once; rows with the same id are added up.
    mutating func merge() {
        guard !isStrictlyAscending else { return }
        RoomOrder.sort(&self)
        var last = startIndex
        for index in indices.dropFirst() {
            if self[last].room == self[index].room {
                self[last].seconds += self[index].seconds
            } else {
                last += 1
                if last < index { swapAt(last, index) }
            }
        }
        removeSubrange((last + 1)...)
    }

    private var isStrictlyAscending: Bool {
        indices.dropFirst().allSatisfy { self[$0 - 1].room < self[$0].room }
    }
}
