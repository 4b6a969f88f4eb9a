/// A calendar month in a source's own zone: what budgets and bills run over.
public struct UsageMonth: Hashable, Sendable {
    /// The year, as in 2026.
    public let year: Int
    /// 1 for January to 12 for December.
    public let month: Int
    /// The zone whose midnights bound the month.
    public let zone: ZoneOffset

    init(year: Int, month: Int, zone: ZoneOffset) {
        self.year = year
        self.month = month
        self.zone = zone
    }

    /// The first day of the month.
    public var firstDay: UsageDay {
        UsageDay(number: CivilDate(year: year, month: month, day: 1).dayNumber, zone: zone)
    }

    /// The first day of the month that follows.
    public var end: UsageDay {
        let following =
            month == 12 ? CivilDate(year: year + 1, month: 1, day: 1) : CivilDate(year: year, month: month + 1, day: 1)
        return UsageDay(number: following.dayNumber, zone: zone)
    }

    /// The month before.
    public var previous: UsageMonth { firstDay.previous.month }
}
