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
        var (total, count) = (TierSeconds.zero, 0)
        var named: [RoomUsage] = []
        // No more challengers than there are places can ever be named, whatever happens to those named so far.
        var largest = LargestRooms(limit: limit)
        for (index, usage) in rooms.enumerated() where !usage.seconds.isZero {
            count += 1
            total += usage.seconds
            if previous.contains(usage.room) {
                if !usage.room.isReserved { named.append(usage) }
            } else {
                largest.offer(usage, at: index)
            }
        }
        choose(from: largest.indices().map { rooms[$0] }, into: &named)
        return FoldedRooms(named: named, other: total.combined(with: named.total, -), roomCount: count)
    }

    /// Keeps the largest of the rooms named so far, fills free places with challengers, and lets challengers that are a tenth
    /// larger replace. Leaves the largest first.
    private func choose(from challengers: [RoomUsage], into named: inout [RoomUsage]) {
        named.sort(by: RoomUsage.largestFirst)
        named.removeLast(max(0, named.count - limit))
        let free = min(limit - named.count, challengers.count)
        let settled = named
        named += challengers.prefix(free)
        replaceSmallest(of: &named, settled: settled, with: challengers.dropFirst(free))
        named.sort(by: RoomUsage.largestFirst)
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

    /// The outcome of folding, or what was folded before as a store gives it back.
    public init(named: [RoomUsage], other: TierSeconds, roomCount: Int) {
        self.named = named
        self.other = other
        self.roomCount = roomCount
    }
}
