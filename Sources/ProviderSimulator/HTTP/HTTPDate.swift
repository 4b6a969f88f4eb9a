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

    /// `1994-11-06 08:49:37`, without a zone.
    static func civil(_ milliseconds: Int) -> String {
        "\(CivilDate(dayNumber: CivilDate.floorDivide(milliseconds, 86_400_000))) \(time(milliseconds))"
    }

    /// `19941106T084937Z`, as signatures have it.
    static func compact(_ milliseconds: Int) -> String {
        (iso8601(milliseconds).prefix(19) + "Z").filter { $0 != "-" && $0 != ":" }
    }

    /// The Unix milliseconds of `19941106T084937Z`; `nil` for text in any other form.
    static func compact(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
            let year = CivilDate.digits(bytes[0..<4]), let month = CivilDate.digits(bytes[4..<6]),
            let day = CivilDate.digits(bytes[6..<8]), let date = CivilDate(year: year, month: month, day: day),
            let hour = CivilDate.digits(bytes[9..<11]), hour < 24, let minute = CivilDate.digits(bytes[11..<13]),
            minute < 60, let second = CivilDate.digits(bytes[13..<15]), second < 60
        else { return nil }
        return date.dayNumber * 86_400_000 + (hour * 3_600 + minute * 60 + second) * 1_000
    }

    private static func time(_ milliseconds: Int) -> String {
        let ofDay = milliseconds - CivilDate.floorDivide(milliseconds, 86_400_000) * 86_400_000
        let second = ofDay / 1_000
        return [second / 3_600, second / 60 % 60, second % 60].map { CivilDate.padded($0) }.joined(separator: ":")
    }
}
