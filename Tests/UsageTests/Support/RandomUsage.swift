import Usage
import TestSupport

extension TierSeconds {
    /// Some tiers with random figures, each from 0 to a bound.
    static func random(upTo bound: Int, using generator: inout SeededGenerator) -> TierSeconds {
        var seconds = TierSeconds.zero
        for tier in Tier.allCases where Bool.random(using: &generator) {
            seconds[tier] = Int.random(in: 0...bound, using: &generator)
        }
        return seconds
    }
}

extension RoomUsage {
    /// A room with usage in one tier.
    init(_ name: String, _ seconds: Int, tier: Tier = .sd) {
        self.init(room: RoomID(name), seconds: TierSeconds([tier: seconds]))
    }

    /// Rooms of about the same few sizes, so that ties and near ties are common.
    static func random(_ count: Int, upTo bound: Int, using generator: inout SeededGenerator) -> [RoomUsage] {
        (0..<count).map { _ in
            RoomUsage(
                room: .random(using: &generator),
                seconds: .random(upTo: bound, using: &generator)
            )
        }
    }
}

extension RoomID {
    /// One of some sixty ids, the reserved ones among them.
    static func random(using generator: inout SeededGenerator) -> RoomID {
        let number = Int.random(in: 0..<60, using: &generator)
        return number == 0 ? .empty : number == 1 ? .other : RoomID("room-\(number)")
    }
}
