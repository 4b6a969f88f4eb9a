import Usage

/// Over how much time the figures of a report are added up.
public enum ReportStep: String, CaseIterable, Sendable {
    /// Usage days.
    case day
    /// Calendar months in the source's zone.
    case month
    /// Five minutes, as far as a source tells them.
    case fiveMinutes = "5m"

    /// The days that are read from a ledger at once, from a day on: at most a month, and of five minutes a single day,
    /// which has as many rows as a year of days.
    func batch(from day: UsageDay, to last: Int) -> ClosedRange<Int> {
        switch self {
        case .day, .month: day.number...max(day.number, min(last, day.month.end.number - 1))
        case .fiveMinutes: day.number...day.number
        }
    }

    /// How many days a page of the API may be about: whoever wants more asks several times.
    var mostDays: Int { self == .fiveMinutes ? 31 : 400 }
}
