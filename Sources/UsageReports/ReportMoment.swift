public import Usage

/// An end of a report's range, as a person writes it.
public enum ReportMoment: Hashable, Sendable {
    /// A usage day in each source's own zone, by its number.
    case day(Int)
    /// A point in time.
    case instant(UnixTime)

    /// Reads `2026-11-20` or, by RFC 3339, `2026-11-20T00:00:00+08:00`; `nil` when the text is neither.
    ///
    /// A space in place of the offset's plus is a plus: that is what becomes of one that was not escaped in a URL.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, let day = Self.day(bytes[..<10]) else { return nil }
        guard bytes.count > 10 else {
            self = .day(day.number)
            return
        }
        guard let milliseconds = Self.milliseconds(bytes[10...].prefix(9)), bytes.count > 19,
            let (fraction, zone) = Self.ending(bytes[19...])
        else { return nil }
        self = .instant(
            UnixTime(milliseconds: day.start.milliseconds + milliseconds + fraction - zone.seconds * 1000)
        )
    }

    /// The first instant of it.
    func start(in zone: ZoneOffset) -> UnixTime {
        switch self {
        case .day(let number): UsageDay(number: number, zone: zone).start
        case .instant(let time): time
        }
    }

    /// The first instant behind it: a day ends with its midnight, an instant is its own end.
    func end(in zone: ZoneOffset) -> UnixTime {
        switch self {
        case .day(let number): UsageDay(number: number, zone: zone).end
        case .instant(let time): time
        }
    }

    /// That many days earlier.
    func earlier(byDays days: Int) -> ReportMoment {
        switch self {
        case .day(let number): .day(number - days)
        case .instant(let time): .instant(time - .seconds(days * 86_400))
        }
    }

    // MARK: Reading

    /// `2026-11-20`.
    private static func day(_ bytes: ArraySlice<UInt8>) -> UsageDay? {
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], let year = number(parts[0]), let month = number(parts[1]),
            let day = number(parts[2])
        else { return nil }
        return UsageDay(year: year, month: month, day: day, zone: .utc)
    }

    /// `T23:59:59`, since midnight.
    private static func milliseconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first, [UInt8(ascii: "T"), UInt8(ascii: "t")].contains(first) else { return nil }
        let parts = bytes.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 2, 2], let hour = number(parts[0]), let minute = number(parts[1]),
            let second = number(parts[2]), hour < 24, minute < 60, second < 60
        else { return nil }
        return ((hour * 60 + minute) * 60 + second) * 1000
    }

    /// `.25Z` or `+08:00`: what is finer than a second, in milliseconds, and the zone.
    private static func ending(_ bytes: ArraySlice<UInt8>) -> (milliseconds: Int, zone: ZoneOffset)? {
        var (rest, milliseconds) = (bytes, 0)
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (48...57).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            milliseconds = (Array(digits) + [48, 48]).prefix(3).reduce(0) { $0 * 10 + Int($1) - 48 }
            rest = rest.dropFirst(1 + digits.count)
        }
        if rest.count == 1, let last = rest.first, [UInt8(ascii: "Z"), UInt8(ascii: "z")].contains(last) {
            return (milliseconds, .utc)
        }
        let sign = rest.first == UInt8(ascii: " ") ? "+" : String(decoding: rest.prefix(1), as: UTF8.self)
        let offset = ZoneOffset(sign + String(decoding: rest.dropFirst(), as: UTF8.self))
        return offset.map { (milliseconds, $0) }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { (48...57).contains($0) } ? digits.reduce(0) { $0 * 10 + Int($1) - 48 } : nil
    }
}

extension UnixTime {
    /// `2026-11-20T00:00:00+08:00`, by RFC 3339; what is finer than a second is cut off.
    func internetText(in zone: ZoneOffset) -> String {
        let day = UsageDay(containing: self, zone: zone)
        let second = (seconds - day.start.seconds) % 60
        let minute = minuteText(in: zone)
        return "\(day)T\(minute.suffix(5)):\(second < 10 ? "0" : "")\(second)\(zone)"
    }
}
