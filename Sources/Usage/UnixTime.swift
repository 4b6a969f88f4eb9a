/// A point in time as milliseconds since 1970-01-01 00:00 UTC: exact in the ledger and free of any machine's zone.
public struct UnixTime: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch; negative before it.
    public let milliseconds: Int

    /// The instant that many milliseconds after the epoch.
    public init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    /// The instant that many seconds after the epoch.
    public init(seconds: Int) {
        milliseconds = seconds * 1000
    }

    /// Whole seconds since the epoch, rounded down.
    public var seconds: Int { milliseconds.flooredDivision(by: 1000) }

    /// Earlier before later.
    public static func < (left: UnixTime, right: UnixTime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant that much later.
    public static func + (left: UnixTime, right: Duration) -> UnixTime {
        UnixTime(milliseconds: left.milliseconds + right.wholeMilliseconds)
    }

    /// The instant that much earlier.
    public static func - (left: UnixTime, right: Duration) -> UnixTime {
        UnixTime(milliseconds: left.milliseconds - right.wholeMilliseconds)
    }

    /// How much later the left one is; negative when it is earlier.
    public static func - (left: UnixTime, right: UnixTime) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}

extension Duration {
    /// The duration in milliseconds; what is finer is cut off.
    public var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }

    /// The duration in seconds with its fraction, for figures that leave the process.
    public var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension Int {
    /// Division that rounds down, also below zero: calendars reach back before 1970.
    func flooredDivision(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
