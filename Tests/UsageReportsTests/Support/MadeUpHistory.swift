import ExporterMetrics
import TestSupport
import Usage
import UsageLedger

/// Months of three apps with gaps, several sources, rooms and five-minute rows, different for each seed.
struct MadeUpHistory {
    let apps: [PolledApp]
    let days: [(app: PolledApp, day: DayHistory)]

    init(seed: UInt64, days count: Int = 75) {
        var chance = SeededGenerator(seed: seed)
        let apps = [
            PolledApp.example([.totals, .rooms, .elsewhere], id: "1400000001"),
            .example([.rooms, .old], id: "1400000002"),
            .example([.huawei], id: "5fa682b3"),
        ]
        var days: [(app: PolledApp, day: DayHistory)] = []
        for app in apps {
            for source in app.sources {
                for back in 0..<count where Int.random(in: 0..<5, using: &chance) > 0 {
                    days.append((app, Self.day(source, .november(20 - back, source.zone), &chance)))
                }
            }
        }
        self.apps = apps
        self.days = days
    }

    var history: FakeHistory { FakeHistory(days) }

    private static func day(_ source: UsageSource, _ day: UsageDay, _ chance: inout SeededGenerator) -> DayHistory {
        func figures(_ chance: inout SeededGenerator) -> TierSeconds {
            var seconds = TierSeconds.zero
            for tier in source.tiers { seconds[tier] = max(0, Int.random(in: -2000..<9000, using: &chance)) }
            return seconds
        }
        var rooms: [RoomUsage] = []
        if source.knowsRooms {
            let ids = (0..<9).filter { _ in Bool.random(using: &chance) }
            rooms = ids.map { RoomUsage(room: RoomID("room \($0)"), seconds: figures(&chance)) }
        }
        let other = figures(&chance)
        var intervals: [IntervalUsage] = []
        if !source.knowsRooms, Bool.random(using: &chance) {
            for place in 0..<288 where Int.random(in: 0..<40, using: &chance) == 0 {
                intervals.append(IntervalUsage(start: day.start + .seconds(place * 300), seconds: figures(&chance)))
            }
        }
        return DayHistory(
            source: source,
            day: day,
            seconds: rooms.total + other,
            isSettled: Bool.random(using: &chance),
            through: day.end,
            intervals: intervals,
            rooms: source.knowsRooms ? FoldedRooms(named: rooms, other: other, roomCount: rooms.count + 1) : nil
        )
    }
}
