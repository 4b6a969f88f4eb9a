import Usage

/// Keeps all apps together below a number of series, by naming fewer rooms of the apps that have many.
struct SeriesLimit {
    /// What one app asks for.
    struct Demand {
        /// How many rooms it could name.
        let rooms: Int
        /// How many series that takes.
        let series: Int
        /// How many of them it takes at least: all other rooms have one for each tier.
        let fixed: Int
    }

    let limit: Int

    /// How many rooms each app may name so that all of them fit; the same for all, so that small apps lose nothing.
    ///
    /// While the former number fits and no more than a tenth more would, it stays: else each reading would change what all large
    /// apps name.
    ///
    /// - Parameters:
    ///   - demands: By app.
    ///   - former: The number that is in force.
    ///   - seriesByRooms: How many series the first 0, 1, 2 ... rooms of an app take, all others summed up aside; asked for only
    ///     when not all fits.
    /// - Returns: `nil` when everything fits as it is.
    func roomsPerApp(_ demands: [Demand], before former: Int?, seriesByRooms: (Int) -> [Int]) -> Int? {
        guard demands.reduce(0, { $0 + $1.series }) > limit else { return nil }
        let fixed = demands.reduce(0) { $0 + $1.fixed }
        let sums = demands.indices.map(seriesByRooms)
        func series(_ rooms: Int) -> Int {
            sums.reduce(fixed) { $0 + $1[min(rooms, $1.count - 1)] }
        }
        var (fits, tooMany) = (0, demands.map(\.rooms).max() ?? 0)
        while tooMany - fits > 1 {
            let middle = (fits + tooMany) / 2
            if series(middle) <= limit { fits = middle } else { tooMany = middle }
        }
        if let former, former <= fits, fits * 10 < former * 11 { return former }
        return fits
    }

    /// The places of the rooms in the order in which they are named, so that any number of them is the beginning of it: the
    /// largest first, but one that is shown goes before others that are not a tenth larger. That is the rule of ``RoomFolding``.
    static func order(of rooms: [RoomUsage], shown: Set<RoomID>) -> [Int] {
        rooms.enumerated().map { place, room in
            let isShown = shown.contains(room.room)
            return (place: place, weight: room.seconds.total * (isShown ? 11 : 10), isShown: isShown)
        }.sorted { left, right in
            if left.weight != right.weight { return left.weight > right.weight }
            return left.isShown == right.isShown ? rooms[left.place].room < rooms[right.place].room : right.isShown
        }.map(\.place)
    }

    /// How many series a named room takes.
    static func series(_ room: RoomUsage) -> Int {
        Tier.allCases.count { room.seconds[$0] > 0 }
    }
}
