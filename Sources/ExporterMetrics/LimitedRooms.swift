import Usage
import UsageLedger

/// The rooms of an app's current day, and which of them the limit of series lets be named.
struct LimitedRooms {
    private var day: UsageDay?
    private var rooms: FoldedRooms?
    private var tiers = 0
    /// Those that are named on the page. Looked up by their ids only once the limit bites, which most pages never see.
    private var shown: [RoomUsage] = []
    private var ranking: Ranking?

    /// The order in which the rooms are named, and how many series so many of the first ones take. It is kept as long as nothing
    /// changes, and so has no rooms of its own.
    private struct Ranking {
        let order: [Int]
        let series: [Int]
    }

    /// Takes the day that is to be shown. Each day begins without rooms that hold their places.
    mutating func take(_ figures: SourceFigures?) {
        if figures?.current?.total.day != day { shown = [] }
        day = figures?.current?.total.day
        rooms = figures?.current?.rooms
        tiers = figures?.source.tiers.count ?? 0
        ranking = nil
        demand =
            rooms.map { rooms in
                SeriesLimit.Demand(
                    rooms: rooms.named.count,
                    series: tiers + rooms.named.reduce(0) { $0 + SeriesLimit.series($1) },
                    fixed: tiers
                )
            } ?? SeriesLimit.Demand(rooms: 0, series: 0, fixed: 0)
    }

    /// What it takes to name them all.
    private(set) var demand = SeriesLimit.Demand(rooms: 0, series: 0, fixed: 0)

    /// The rooms that could be named.
    var named: [RoomUsage] { rooms?.named ?? [] }

    /// How many of those the page sums up with the others.
    var foldedByLimit: Int { named.count - shown.count }

    /// The number of series of the first 0, 1, 2 ... rooms in the order in which they are named.
    mutating func seriesByRooms() -> [Int] {
        ranked().series
    }

    /// The rooms with no more than so many of them named; `nil` before there is a day.
    mutating func shown(most: Int?) -> FoldedRooms? {
        guard let rooms, let most, most < rooms.named.count else { return rooms }
        let order = ranked().order
        return FoldedRooms(
            named: order.prefix(most).map { rooms.named[$0] },
            other: order.dropFirst(most).reduce(into: rooms.other) { $0 += rooms.named[$1].seconds },
            roomCount: rooms.roomCount
        )
    }

    /// Notes what is on the page.
    mutating func note(_ rooms: FoldedRooms?) {
        shown = rooms?.named ?? []
        ranking = nil
    }

    private mutating func ranked() -> Ranking {
        if let ranking { return ranking }
        let named = named
        let order = SeriesLimit.order(of: named, shown: Set(shown.map(\.room)))
        var series = [0]
        series.reserveCapacity(order.count + 1)
        for place in order { series.append((series.last ?? 0) + SeriesLimit.series(named[place])) }
        let new = Ranking(order: order, series: series)
        ranking = new
        return new
    }
}
