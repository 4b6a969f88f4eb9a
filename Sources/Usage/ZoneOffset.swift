/// A fixed offset from UTC. The providers' zones know no summer time, so that is all a usage day needs.
public struct ZoneOffset: Hashable, Sendable {
    /// Greenwich: the zone of Huawei's days.
    public static let utc = ZoneOffset(seconds: 0)
    /// Beijing: the zone of Tencent's and Volcengine's days.
    public static let beijing = ZoneOffset(seconds: 8 * 3600)

    /// Seconds east of Greenwich.
    public let seconds: Int

    /// The offset of that many seconds east of Greenwich.
    public init(seconds: Int) {
        self.seconds = seconds
    }

    /// Reads `+08:00` or `-05:30`; `nil` when the text has another form or lies beyond 14 hours, which no place on earth has.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
            bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-")
        else { return nil }
        let digits = [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int($0) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let hours = digits[0] * 10 + digits[1]
        let minutes = digits[2] * 10 + digits[3]
        guard hours * 60 + minutes <= 14 * 60, minutes < 60 else { return nil }
        seconds = (hours * 3600 + minutes * 60) * (bytes[0] == UInt8(ascii: "-") ? -1 : 1)
    }
}

extension ZoneOffset: CustomStringConvertible {
    /// `+08:00`.
    public var description: String {
        let minutes = abs(seconds) / 60
        return (seconds < 0 ? "-" : "+") + twoDigits(minutes / 60) + ":" + twoDigits(minutes % 60)
    }
}

/// A number below 100 with a leading zero where it needs one.
func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
