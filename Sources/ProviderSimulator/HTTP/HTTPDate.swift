/// Moments as HTTP and ISO 8601 write them, both in UTC.
enum HTTPDate {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A `Date` header: `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func header(_ milliseconds: Int) -> String {
        let number = CivilDate.floorDivide(milliseconds, 86_400_000)
        let date = CivilDate(dayNumber: number)
        let weekday = weekdays[SimulatedDay(number: number).weekday]
        let day = CivilDate.padded(date.day)
        return "\(weekday), \(day) \(months[date.month - 1]) \(CivilDate.padded(date.year, 4)) "
            + "\(time(milliseconds)) GMT"
    }

    /// `1994-11-06T08:49:37.000Z`.
    static func iso8601(_ milliseconds: Int) -> String {
        let date = CivilDate(dayNumber: CivilDate.floorDivide(milliseconds, 86_400_000))
        let fraction = milliseconds - CivilDate.floorDivide(milliseconds, 1_000) * 1_000
        return "\(date)T\(time(milliseconds)).\(CivilDate.padded(fraction, 3))Z"
    }

    private static func time(_ milliseconds: Int) -> String {
        let ofDay = milliseconds - CivilDate.floorDivide(milliseconds, 86_400_000) * 86_400_000
        let second = ofDay / 1_000
        return [second / 3_600, second / 60 % 60, second % 60].map { CivilDate.padded($0) }.joined(separator: ":")
    }
}
