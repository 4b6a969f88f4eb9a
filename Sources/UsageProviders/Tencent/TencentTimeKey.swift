import Usage

/// What a row of usage is labelled with: a date, or a moment by the clock of the source's zone.
enum TencentTimeKey: Hashable {
    /// From `2020-09-07`.
    case day(UsageDay)
    /// From `2020-09-07 00:05:00`.
    case moment(UnixTime)

    /// Reads a label; `nil` when it has another form or there is no such time.
    init?(_ text: String, zone: ZoneOffset) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            let date = Self.numbers(parts[0], separator: "-", digits: [4, 2, 2]),
            let day = UsageDay(year: date[0], month: date[1], day: date[2], zone: zone)
        else { return nil }
        guard parts.count == 2 else {
            self = .day(day)
            return
        }
        guard let clock = Self.numbers(parts[1], separator: ":", digits: [2, 2, 2]),
            clock[0] < 24, clock[1] < 60, clock[2] < 60
        else { return nil }
        self = .moment(day.start + .seconds(clock[0] * 3600 + clock[1] * 60 + clock[2]))
    }

    /// Numbers of exactly that many digits each.
    private static func numbers(_ text: Substring, separator: Character, digits: [Int]) -> [Int]? {
        let fields = text.split(separator: separator, omittingEmptySubsequences: false)
        guard fields.map(\.utf8.count) == digits else { return nil }
        let numbers = fields.compactMap { field in
            field.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(field) : nil
        }
        return numbers.count == digits.count ? numbers : nil
    }
}
