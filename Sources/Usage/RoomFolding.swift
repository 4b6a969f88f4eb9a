/// Chooses the rooms that are named and sums up all the rest, so that the number of series is bounded and sums stay exact.
///
/// The choice is sticky: a room that is named stays so for the day, until another one is a tenth larger. Otherwise two rooms
/// of about the same size would take turns, and each turn would end one series and start another.
public struct RoomFolding: Sendable {
    /// How many rooms may be named; 0 names none.
    public let limit: Int

    /// A rule that names at most that many rooms.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Divides a day's rooms into named ones and the rest.
    ///
    /// - Parameters:
    ///   - rooms: Each room once, as ``Swift/Collection/merged()`` leaves them.
    ///   - previous: The rooms that were named so far that day; empty when the day begins.
    /// - Returns: The same total as `rooms`, to the second.
    public func fold(_ rooms: [RoomUsage], previous: Set<RoomID>) -> FoldedRooms {
        let candidates = rooms.filter { !$0.room.isReserved && !$0.seconds.isZero }
        var named = candidates.filter { previous.contains($0.room) }.sorted(by: RoomUsage.largestFirst)
        let challengers = candidates.filter { !previous.contains($0.room) }.sorted(by: RoomUsage.largestFirst)
        named.removeLast(max(0, named.count - limit))
        let free = min(limit - named.count, challengers.count)
        let settled = named
        named += challengers.prefix(free)
        replaceSmallest(of: &named, settled: settled, with: challengers.dropFirst(free))
        return FoldedRooms(all: rooms, named: named)
    }

    /// Swaps while the largest room outside is a tenth larger than the smallest one inside. Only rooms named before can be
    /// replaced: those that just took a free place are at least as large as every challenger left.
    private func replaceSmallest(
        of named: inout [RoomUsage],
        settled: [RoomUsage],
        with challengers: ArraySlice<RoomUsage>
    ) {
        for (index, challenger) in zip(settled.indices.reversed(), challengers) {
            guard challenger.seconds.total * 10 >= settled[index].seconds.total * 11 else { return }
            named[index] = challenger
        }
    }
}

/// A day's rooms after folding.
public struct FoldedRooms: Hashable, Sendable {
    /// The rooms that are named, largest first.
    public let named: [RoomUsage]
    /// The sum of all the others.
    public let other: TierSeconds
    /// How many rooms had usage at all.
    public let roomCount: Int

    init(all rooms: [RoomUsage], named: [RoomUsage]) {
        self.named = named.sorted(by: RoomUsage.largestFirst)
        let namedTotal = named.total
        other = rooms.total.combined(with: namedTotal, -)
        roomCount = rooms.count { !$0.seconds.isZero }
    }

    /// What was folded before, as a store gives it back.
    public init(named: [RoomUsage], other: TierSeconds, roomCount: Int) {
        self.named = named
        self.other = other
        self.roomCount = roomCount
    }
}
