/// A usage day: a calendar day at +08:00, the zone in which the simulated usage is made.
///
/// Written `YYYY-MM-DD`. A provider that counts in another zone asks for the windows of its own days.
public struct SimulatedDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative for earlier days.
    public let number: Int

    /// Milliseconds by which clocks in the zone are ahead of UTC.
    static let zoneOffset = 8 * 3_600_000
    static let length = 86_400_000

    /// The day with that number.
    ///
    /// - Parameter number: Days since 1970-01-01.
    public init(number: Int) {
        self.number = number
    }

    /// The day in which a moment lies.
    ///
    /// - Parameter milliseconds: Unix time in milliseconds.
    public init(containing milliseconds: Int) {
        number = CivilDate.floorDivide(milliseconds + Self.zoneOffset, Self.length)
    }

    /// The day's first moment, in Unix milliseconds.
    public var start: Int { number * Self.length - Self.zoneOffset }

    /// The first moment of the next day, in Unix milliseconds.
    public var end: Int { start + Self.length }

    /// The day after this one.
    public var next: SimulatedDay { SimulatedDay(number: number + 1) }

    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int {
        // 1970-01-01 was a Thursday.
        let shifted = number + 3
        return shifted - CivilDate.floorDivide(shifted, 7) * 7
    }

    /// Whole seconds of this day that have passed at a moment, 0 to 86 400.
    func second(at milliseconds: Int) -> Int {
        min(max((milliseconds - start) / 1_000, 0), 86_400)
    }

    /// Whether `lhs` is the earlier day.
    public static func < (lhs: SimulatedDay, rhs: SimulatedDay) -> Bool { lhs.number < rhs.number }
}

extension SimulatedDay: LosslessStringConvertible {
    /// The day written `YYYY-MM-DD`; `nil` when the text is anything else or there is no such day.
    public init?(_ description: String) {
        guard let date = CivilDate(description) else { return nil }
        number = date.dayNumber
    }

    /// `YYYY-MM-DD`.
    public var description: String { CivilDate(dayNumber: number).description }
}
