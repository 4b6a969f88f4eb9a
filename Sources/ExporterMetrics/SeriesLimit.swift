import Usage

/// Keeps all apps together below a number of series, by naming fewer rooms of the apps that have many.
struct SeriesLimit {
    /// What one app asks for.
    struct App {
        /// Its rooms that have a name.
        let rooms: [RoomUsage]
        /// Those that are shown now.
        let shown: Set<RoomID>
        /// How many tiers its source tells apart: each takes a series for all other rooms.
        let tiers: Int
    }

    let limit: Int

    /// How many rooms each app may name so that all of them fit; the same for all, so that small apps lose nothing.
    ///
    /// - Parameter apps: Each app that has a current day.
    /// - Returns: `nil` when everything fits as it is.
    func roomsPerApp(_ apps: [App]) -> Int? {
        let fixed = apps.reduce(0) { $0 + $1.tiers }
        let all = apps.reduce(fixed) { sum, app in app.rooms.reduce(sum) { $0 + Self.series($1) } }
        guard all > limit else { return nil }
        let sums = apps.map { Self.runningSums(Self.ranked($0.rooms, shown: $0.shown)) }
        func series(_ rooms: Int) -> Int {
            sums.reduce(fixed) { $0 + $1[min(rooms, $1.count - 1)] }
        }
        var (fits, tooMany) = (0, apps.map(\.rooms.count).max() ?? 0)
        while tooMany - fits > 1 {
            let middle = (fits + tooMany) / 2
            if series(middle) <= limit { fits = middle } else { tooMany = middle }
        }
        return fits
    }

    /// The rooms in the order in which they are named, so that any number of them is the beginning of it: the largest
    /// first, but one that is shown goes before others that are not a tenth larger. That is the rule of ``RoomFolding``.
    static func ranked(_ rooms: [RoomUsage], shown: Set<RoomID>) -> [RoomUsage] {
        rooms.map { room in
            let isShown = shown.contains(room.room)
            return (room: room, weight: room.seconds.total * (isShown ? 11 : 10), isShown: isShown)
        }.sorted { left, right in
            if left.weight != right.weight { return left.weight > right.weight }
            return left.isShown == right.isShown ? left.room.room < right.room.room : right.isShown
        }.map(\.room)
    }

    /// The number of series of the first 0, 1, 2 ... rooms.
    private static func runningSums(_ rooms: [RoomUsage]) -> [Int] {
        var sums = [0]
        for room in rooms { sums.append((sums.last ?? 0) + series(room)) }
        return sums
    }

    private static func series(_ room: RoomUsage) -> Int {
        Tier.allCases.count { room.seconds[$0] > 0 }
    }
}
