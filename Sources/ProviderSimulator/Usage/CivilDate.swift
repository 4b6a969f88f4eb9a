/// A date of the proleptic Gregorian calendar, and its distance from 1970-01-01.
///
/// Own arithmetic, because the simulator's clock may be turned to any date and its answers must be the same on every
/// machine, whatever time zone data is installed there.
struct CivilDate: Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// The date `number` days after 1970-01-01; negative numbers are earlier dates.
    init(dayNumber number: Int) {
        // Counted from 0000-03-01, so that the leap day is the last day of a counted year.
        let shifted = number + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// A date from its parts; `nil` when there is no such day.
    init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
        // February 30 comes back from its day number as another date.
        guard CivilDate(dayNumber: dayNumber) == self else { return nil }
    }

    /// A date written `YYYY-MM-DD`, ten ASCII characters and nothing else.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.digits(bytes[0..<4]), let month = Self.digits(bytes[5..<7]),
            let day = Self.digits(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Days since 1970-01-01.
    var dayNumber: Int {
        let countedYear = month <= 2 ? year - 1 : year
        let era = Self.floorDivide(countedYear, 400)
        let yearOfEra = countedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The value of a run of ASCII digits; `nil` for anything else, also for a sign.
    static func digits(_ bytes: some Sequence<UInt8>) -> Int? {
        var value = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// `number` in decimal, with zeros in front up to `width` digits.
    static func padded(_ number: Int, _ width: Int = 2) -> String {
        leftPadded(String(number), width)
    }

    /// `digits` with zeros in front up to `width` characters.
    static func leftPadded(_ digits: String, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The quotient rounded towards minus infinity, so that moments before 1970 fall into the right day.
    static func floorDivide(_ number: Int, _ divisor: Int) -> Int {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    var description: String { "\(Self.padded(year, 4))-\(Self.padded(month))-\(Self.padded(day))" }
}
