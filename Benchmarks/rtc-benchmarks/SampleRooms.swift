import Usage

/// Made-up rooms of one day, sorted by their ids, each with usage in six tiers: the same for the ledger and for its peer.
struct SampleRooms {
    /// How many; ids have six digits, or as many as it takes.
    let count: Int
    /// Whose figures these are; another day has others.
    let day: UsageDay

    /// The order of the figures.
    static let tiers: [Tier] = [.audio, .sd, .hd, .fhd, .twoK, .fourK]

    /// The length of every id.
    var idLength: Int { "room-".utf8.count + max(6, "\(count - 1)".count) }

    /// The id of a room, such as `room-123456`.
    func id(_ index: Int) -> String {
        let digits = "\(index)"
        return "room-" + String(repeating: "0", count: idLength - 5 - digits.count) + digits
    }

    /// The figure of a room in a tier: up to a day of seconds, fewer in the higher tiers.
    func seconds(_ index: Int, tier: Int) -> Int {
        let mixed = UInt64(index * 8 + tier + day.number * 1_000_003) &* 0x9e37_79b9_7f4a_7c15
        return Int(mixed >> 40) % (86_400 >> tier)
    }

    /// The rooms as a reading has them.
    var usages: [RoomUsage] {
        (0..<count).map { index in
            var seconds = TierSeconds.zero
            for (place, tier) in Self.tiers.enumerated() { seconds[tier] = self.seconds(index, tier: place) }
            return RoomUsage(room: RoomID(id(index)), seconds: seconds)
        }
    }
}
