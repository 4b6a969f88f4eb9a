import Usage
import UsageLedger

/// All that can be seen of an app in a ledger. The one place in which the tests of kills look into it.
struct LedgerPicture: Equatable {
    var days: [RecordedDay] = []
    var history: [DayHistory] = []
    var rooms: [UsageDay: [RoomUsage]] = [:]
    var metered = TierSeconds.zero
    var revisedUp = 0
    var revisedDown = 0

    /// Where two pictures differ, in words, for who reads that a test has failed.
    func difference(from other: LedgerPicture) -> String {
        var parts: [String] = []
        if days != other.days { parts.append("days: \(Self.firstDifference(days, other.days))") }
        if history != other.history { parts.append("history: \(Self.firstDifference(history, other.history))") }
        let rooms = rooms.filter { $0.value != other.rooms[$0.key] }.keys.sorted()
        if !rooms.isEmpty { parts.append("rooms of \(rooms)") }
        if metered != other.metered { parts.append("metered \(metered.total) and \(other.metered.total)") }
        if (revisedUp, revisedDown) != (other.revisedUp, other.revisedDown) { parts.append("revisions") }
        return parts.joined(separator: "; ")
    }

    private static func firstDifference<Element: Equatable>(_ left: [Element], _ right: [Element]) -> String {
        let differing = zip(left, right).first { $0 != $1 }
        return differing.map { "\($0) and \($1)" } ?? "\(left.count) and \(right.count) of them"
    }
}

extension UsageLedger {
    /// What is seen of an app; of the rooms, those of the days asked for.
    func picture(of app: AppKey, from source: UsageSource, roomsOn days: Set<UsageDay>) async throws -> LedgerPicture {
        let figures = try await figures(of: app, from: [source])
        var rooms: [UsageDay: [RoomUsage]] = [:]
        for day in days { rooms[day] = try await self.rooms(of: app, from: source, on: day) }
        return LedgerPicture(
            days: try await recordedDays(of: app, from: source, since: UsageDay(number: 0, zone: source.zone)),
            history: try await history(of: app, from: source, days: 0...100_000, most: 100_000),
            rooms: rooms,
            metered: figures.metered,
            revisedUp: figures.revisedUp,
            revisedDown: figures.revisedDown
        )
    }
}
