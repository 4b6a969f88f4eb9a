/// Makes usage up: a pure function of seed, app, day and room, good for any date.
struct UsageGenerator: Sendable {
    let seed: UInt64

    /// All rooms that an app has on a day, the largest ones first.
    func rooms(of app: SimulatedApp, on day: SimulatedDay) -> [RoomDay] {
        let appHash = hash(of: app)
        let dayHash = appHash.mixed(day.number)
        let busyness = Self.busyness(of: day)
        return (0..<max(app.rooms, 0)).compactMap { rank in
            let hash = dayHash.mixed(rank)
            guard Self.meets(rank: rank, on: day, hash) else { return nil }
            let curve = Self.curve(rank: rank, hash)
            let seconds = Self.participants(rank: rank, of: app, busyness: busyness, hash) * Self.length(curve) / 1_000
            return RoomDay(
                id: RoomNames.id(rank: rank, app: appHash, day: day),
                curve: curve,
                total: app.media.split(seconds, by: hash.mixed(.tiers)),
                withheld: Self.withheld(rank: rank, hash)
            )
        }
    }

    /// The moment at which a day's figures become final, in Unix milliseconds: 09:20 to 09:40 on the next day.
    func revision(of app: SimulatedApp, on day: SimulatedDay) -> Int {
        let spread = hash(of: app).mixed(day.number).mixed(.revealed).below(20 * 60_000)
        return day.end + (9 * 60 + 20) * 60_000 + spread
    }

    /// The root of all that is drawn for an app.
    func hash(of app: SimulatedApp) -> StableHash {
        let root = StableHash(seed: seed)
        return Int(app.id).map { root.mixed($0) } ?? app.id.utf8.reduce(root) { $0.mixed(Int($1)) }
    }

    /// Thousandths of a normal working day at the start of 2025: the week's rhythm times a slow growth.
    static func busyness(of day: SimulatedDay) -> Int {
        let week = [960, 1_000, 1_020, 1_010, 930, 420, 360]
        // Levels off in the far past and future, so that any date is plausible.
        let age = day.number - 20_089
        let growth = 1_000 + 800 * age / (1_500 + abs(age))
        return week[day.weekday] * growth / 1_000
    }

    /// Whether a room is used at all on a day: the three largest always are.
    private static func meets(rank: Int, on day: SimulatedDay, _ hash: StableHash) -> Bool {
        rank < 3 || hash.mixed(.activity).below(1_000) < (day.weekday < 5 ? 820 : 430)
    }

    /// The largest room and a few others are always open; the others begin when work, lessons and evenings begin.
    private static func curve(rank: Int, _ hash: StableHash) -> DayCurve {
        if rank == 0 || hash.mixed(.shape).below(100) < 3 { return .wholeDay }
        let drawn = hash.mixed(.startHour).below(DayCurve.startedByHour[24])
        let hour = DayCurve.startedByHour.lastIndex { $0 <= drawn } ?? 0
        let start = min(hour * 3_600 + hash.mixed(.startSecond).below(3_600), 86_400 - 900)
        // The largest of the rest last longest.
        let length = (rank < 3 ? 7_200 : 900) + hash.mixed(.length).below(9_900)
        return .session(start: start, end: min(start + length, 86_400))
    }

    /// Seconds over which the participants are counted.
    private static func length(_ curve: DayCurve) -> Int {
        switch curve {
        case .session(let start, let end): end - start
        // As many as in eight full hours.
        case .wholeDay: 8 * 3_600
        }
    }

    /// Thousandths of a participant, on average over the room's time: a few rooms are huge, many are tiny.
    private static func participants(rank: Int, of app: SimulatedApp, busyness: Int, _ hash: StableHash) -> Int {
        let usual = max(app.largestRoom * 1_000 / (rank + 1), 1_200)
        return usual * (600 + hash.mixed(.size).below(800)) / 1_000 * busyness / 1_000
    }

    /// Thousandths that only the revision brings: some of the largest room's always, now and then a whole small room's.
    private static func withheld(rank: Int, _ hash: StableHash) -> Int {
        let drawn = hash.mixed(.withheld)
        if rank == 0 { return 4 + drawn.below(16) }
        if rank >= 10, drawn.below(50) == 0 { return 1_000 }
        return drawn.mixed(1).below(3) == 0 ? drawn.mixed(2).below(30) : 0
    }
}
