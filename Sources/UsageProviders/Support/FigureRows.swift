import Usage

/// One row of an answer that lists usage by time.
struct FigureRow {
    /// By tier, in the provider's unit.
    let figures: [(tier: Tier, amount: Double)]
    /// How many figures of tiers that are not known hold usage.
    var unknownTiers = 0
}

/// The rows of an answer, each time once: `Time` is a day, or a step of one.
///
/// A row that says again what another one said is passed over: adding it up would count its usage twice. Two rows that tell
/// different figures of one time cannot both be right, and nobody knows which one is.
struct FigureRows<Time: Hashable> {
    private let unit: MeteredFigure.Unit
    private(set) var seconds: [Time: TierSeconds] = [:]
    private(set) var anomalies: [ReadingAnomaly: Int]

    init(_ unit: MeteredFigure.Unit, anomalies: [ReadingAnomaly: Int] = [:]) {
        self.unit = unit
        self.anomalies = anomalies
    }

    /// Takes a row in.
    ///
    /// - Parameters:
    ///   - row: The figures.
    ///   - time: What they are about; `nil` when that was not asked for.
    ///   - number: The row's place in the answer, from 1 on.
    /// - Returns: The row's figures in seconds.
    /// - Throws: ``ReadingFailure`` with reason `malformed`.
    @discardableResult
    mutating func append(_ row: FigureRow, at time: Time?, number: Int) throws(ReadingFailure) -> TierSeconds {
        let (figures, fractions) = try whole(row, number: number)
        guard let time else {
            count(.outsideWindow, 1)
            return figures
        }
        count(.fraction, fractions)
        count(.unknownTier, row.unknownTiers)
        if let known = seconds[time] {
            guard known == figures else {
                throw ReadingFailure(
                    .malformed,
                    "Row \(number) of the answer contradicts another row about the same time."
                )
            }
            count(.duplicateDay, 1)
        }
        seconds[time] = figures
        return figures
    }

    /// Notes something odd.
    mutating func count(_ anomaly: ReadingAnomaly, _ times: Int) {
        if times > 0 { anomalies[anomaly, default: 0] += times }
    }

    /// The rows added up by day.
    ///
    /// - Throws: ``ReadingFailure`` with reason `malformed` when the sum cannot be.
    func days(_ day: (Time) -> UsageDay) throws(ReadingFailure) -> [DayUsage] {
        var totals: [UsageDay: TierSeconds] = [:]
        for (time, figures) in seconds {
            let total = totals[day(time), default: .zero] + figures
            guard total.total <= MeteredFigure.largestTotal else {
                throw ReadingFailure(.malformed, "The figures of the answer add up to more than is possible.")
            }
            totals[day(time)] = total
        }
        return totals.map { DayUsage(day: $0, total: $1) }
    }

    private func whole(_ row: FigureRow, number: Int) throws(ReadingFailure) -> (TierSeconds, fractions: Int) {
        var (seconds, fractions) = (TierSeconds.zero, 0)
        for (tier, amount) in row.figures {
            guard let figure = MeteredFigure(amount, unit) else {
                throw ReadingFailure(
                    .malformed,
                    "Row \(number) of the answer has no usable number for \(tier.rawValue)."
                )
            }
            seconds[tier] = figure.seconds
            if !figure.isWhole { fractions += 1 }
        }
        return (seconds, fractions)
    }
}
