/// A calendar day in a source's own zone, the unit in which providers count and bill. Half-open: midnight belongs to the
/// day that begins with it.
public struct UsageDay: Hashable, Sendable {
    /// Days since 1970-01-01, by the calendar of the zone.
    public let number: Int
    /// The zone whose midnights bound the day.
    public let zone: ZoneOffset

    /// The day with that number.
    public init(number: Int, zone: ZoneOffset) {
        self.number = number
        self.zone = zone
    }

    /// The day that an instant falls into.
    public init(containing time: UnixTime, zone: ZoneOffset) {
        number = (time.seconds + zone.seconds).flooredDivision(by: Self.seconds)
        self.zone = zone
    }

    /// The day of a calendar date; `nil` when there is no such date, as with 30 February.
    public init?(year: Int, month: Int, day: Int, zone: ZoneOffset) {
        guard (1...12).contains(month), (1...9999).contains(year), (1...31).contains(day) else { return nil }
        self.init(number: CivilDate(year: year, month: month, day: day).dayNumber, zone: zone)
        guard date.day == day, date.month == month else { return nil }
    }

    /// The midnight with which the day begins.
    public var start: UnixTime { UnixTime(seconds: number * Self.seconds - zone.seconds) }

    /// The midnight that ends the day and no longer belongs to it.
    public var end: UnixTime { next.start }

    /// The day after.
    public var next: UsageDay { advanced(by: 1) }

    /// The day before.
    public var previous: UsageDay { advanced(by: -1) }

    /// The day that many days later, earlier when negative.
    public func advanced(by days: Int) -> UsageDay {
        UsageDay(number: number + days, zone: zone)
    }

    /// The calendar month that the day belongs to.
    public var month: UsageMonth { UsageMonth(year: date.year, month: date.month, zone: zone) }

    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int {
        let sinceMonday = (number + 3) % 7  // 1970-01-01 was a Thursday.
        return sinceMonday < 0 ? sinceMonday + 7 : sinceMonday
    }

    var date: CivilDate { CivilDate(dayNumber: number) }

    private static let seconds = 86_400
}

extension UsageDay: CustomStringConvertible {
    /// `2026-02-28`.
    public var description: String { date.description }
}

extension UsageDay: Comparable {
    /// Earlier before later; days of different zones by the midnights that begin them.
    public static func < (left: UsageDay, right: UsageDay) -> Bool {
        (left.start, left.zone.seconds) < (right.start, right.zone.seconds)
    }
}
