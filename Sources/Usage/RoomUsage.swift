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
        if isStrictlyAscending { return Array(self) }
        var result: [RoomUsage] = []
        result.reserveCapacity(count)
        for usage in sorted(by: { $0.room < $1.room }) {
            if let last = result.last, last.room == usage.room {
                result[result.count - 1].seconds += usage.seconds
            } else {
                result.append(usage)
            }
        }
        return result
    }

    private var isStrictlyAscending: Bool {
        zip(self, dropFirst()).allSatisfy { $0.room < $1.room }
    }

    /// All rooms together.
    public var total: TierSeconds {
        reduce(into: .zero) { $0 += $1.seconds }
    }
}
