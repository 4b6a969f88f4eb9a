import Exposition
import Usage
import UsageLedger

/// What one day adds to the series of an app: its own figure, and how it came about where that was told.
struct SeriesDay {
    let day: UsageDay
    /// The tiers that have samples on that day.
    let tiers: [Tier]
    let seconds: TierSeconds
    /// The day by five minutes; empty where the source of the series did not tell it so.
    let intervals: [IntervalUsage]

    /// A day of a source as a whole.
    init(_ history: DayHistory) {
        self.init(history, history.seconds, history.intervals)
    }

    /// What of a day belongs to no room that is named: of rooms nobody tells five minutes, of a day without rooms it is all.
    init(unnamed history: DayHistory) {
        let knowsRooms = history.source.knowsRooms
        self.init(history, history.rooms?.other ?? history.seconds, knowsRooms ? [] : history.intervals)
    }

    private init(_ history: DayHistory, _ seconds: TierSeconds, _ intervals: [IntervalUsage]) {
        (day, tiers) = (history.day, history.source.tiers)
        (self.seconds, self.intervals) = (seconds, intervals)
    }

    /// The time of the day's own figure: at midnight it would belong to the next day.
    static func time(of day: UsageDay) -> Int { day.end.seconds - 1 }

    /// The samples of a tier: where the day was divided the sum so far at the end of each five minutes, as far as they were
    /// told, and in the end the day's own figure.
    func samples(of tier: Tier, upTo latest: UnixTime) -> [TimedSeries.Sample] {
        guard tiers.contains(tier) else { return [] }
        let own = TimedSeries.Sample(time: Self.time(of: day), value: seconds[tier])
        return (soFar(tier) + [own]).filter { $0.time <= latest.seconds }
    }

    /// Five minutes without usage are left out in what is held: they are known up to the last ones that have some.
    private func soFar(_ tier: Tier) -> [TimedSeries.Sample] {
        let length = IntervalUsage.length.wholeMilliseconds / 1000
        let told = Dictionary(intervals.map { ($0.end.seconds, $0.seconds[tier]) }, uniquingKeysWith: +)
        guard let last = told.keys.filter({ $0 <= day.end.seconds }).max() else { return [] }
        var sum = 0
        let ends = stride(from: day.start.seconds + length, through: min(last, day.end.seconds - length), by: length)
        return ends.map { end in
            sum += told[end] ?? 0
            return TimedSeries.Sample(time: end, value: sum)
        }
    }
}
