/// How a room's usage of a day is spread over the seconds of that day.
///
/// Whole numbers only, so that a cumulative figure can never fall by a rounding error.
enum DayCurve: Hashable {
    /// People come, stay and leave between two seconds of the day (0 to 86 400).
    case session(start: Int, end: Int)
    /// A room that is always open: quiet at night, busy in business hours.
    case wholeDay

    /// The second of the day after which there is usage.
    var start: Int {
        switch self {
        case .session(let start, _): start
        case .wholeDay: 0
        }
    }

    /// The second of the day before which all usage has happened.
    var end: Int {
        switch self {
        case .session(_, let end): end
        case .wholeDay: 86_400
        }
    }

    /// The part of `total` that has been used up when `second` seconds of the day have passed, rounded down.
    ///
    /// 0 at the start, `total` at the end, never falling in between.
    func part(of total: TierSeconds, at second: Int) -> TierSeconds {
        let share = share(at: second)
        if share.elapsed == 0 { return .zero }
        if share.elapsed == share.whole { return total }
        return total.map { Self.scale($0, by: share) }
    }

    private func share(at second: Int) -> (elapsed: UInt64, whole: UInt64) {
        switch self {
        case .session(let start, let end): Self.sessionShare(at: second, start: start, end: end)
        case .wholeDay: Self.wholeDayShare(at: second)
        }
    }

    /// 3u² - 2u³ of the way u through the session: it fills up, stays full, empties.
    private static func sessionShare(at second: Int, start: Int, end: Int) -> (elapsed: UInt64, whole: UInt64) {
        guard second > start else { return (0, 1) }
        guard second < end else { return (1, 1) }
        let gone = UInt64(second - start)
        let length = UInt64(end - start)
        return (gone * gone * (3 * length - 2 * gone), length * length * length)
    }

    private static func wholeDayShare(at second: Int) -> (elapsed: UInt64, whole: UInt64) {
        guard second > 0 else { return (0, 1) }
        guard second < 86_400 else { return (1, 1) }
        let hour = second / 3_600
        let before = startedByHour[hour] * 3_600
        let within = hourWeights[hour] * (second % 3_600)
        return (UInt64(before + within), UInt64(startedByHour[24] * 3_600))
    }

    /// `amount * elapsed / whole` without overflow.
    private static func scale(_ amount: Int, by share: (elapsed: UInt64, whole: UInt64)) -> Int {
        guard amount > 0 else { return 0 }
        let product = UInt64(amount).multipliedFullWidth(by: share.elapsed)
        return Int(share.whole.dividingFullWidth(product).quotient)
    }

    /// How much begins in each hour of the day: two humps with a lunch break, an evening, a quiet night.
    static let hourWeights = [2, 1, 1, 1, 1, 2, 4, 9, 24, 36, 42, 38, 24, 31, 42, 44, 39, 28, 20, 18, 16, 11, 7, 4]

    /// Sums of ``hourWeights`` before each hour; the 25th entry is the sum of all.
    static let startedByHour = hourWeights.reduce(into: [0]) { sums, weight in sums.append((sums.last ?? 0) + weight) }
}
