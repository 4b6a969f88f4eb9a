public import Usage

/// What an app's own history makes likely for a day: for telling an unusual day from a usual one.
///
/// The centre is the median of the same weekday in the eight weeks before, the spread their scaled median deviation: a
/// single wild day moves neither. All in participant-seconds of the whole app and day.
public struct ExpectedUsage: Hashable, Sendable {
    /// Fewer days of the same weekday than this say nothing.
    public static let fewestDays = 3
    /// How far back history teaches.
    public static let weeks = 8

    /// Below this a day is unusually quiet.
    public let low: Int
    /// What is likeliest.
    public let middle: Int
    /// Above this a day is unusually busy.
    public let high: Int

    /// Three spreads to each side hold nearly all days of a steady app.
    private static let spreads = 3.0
    /// Makes the median deviation of normally distributed figures their standard deviation.
    private static let normalScale = 1.4826
    /// History that happens to be even does not make the next day certain: the spread is at least this part of the middle.
    private static let leastSpread = 0.05

    /// Learns from history; `nil` when there are fewer than ``fewestDays`` days to learn from.
    ///
    /// - Parameters:
    ///   - day: The day to tell about. Its own figure, if it is in the history, does not count.
    ///   - history: Settled days with their totals, in any order, each once.
    public init?(of day: UsageDay, history: [(day: UsageDay, seconds: Int)]) {
        let oldest = day.advanced(by: -7 * Self.weeks)
        let teachers = history.filter { $0.day < day && $0.day >= oldest && $0.day.weekday == day.weekday }
            .map { Double($0.seconds) }
        guard teachers.count >= Self.fewestDays else { return nil }
        let centre = Self.median(teachers)
        let deviation = Self.median(teachers.map { abs($0 - centre) }) * Self.normalScale
        let reach = max(deviation, centre * Self.leastSpread) * Self.spreads
        low = Int(max(0, centre - reach).rounded())
        middle = Int(centre.rounded())
        high = Int((centre + reach).rounded())
    }

    /// The middle one, or the mean of the middle two.
    private static func median(_ figures: [Double]) -> Double {
        let sorted = figures.sorted()
        let half = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
    }
}
