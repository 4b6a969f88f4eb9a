import ExporterHTTP
import Usage
import UsageCosts
import UsageLedger

/// What an app's figures in memory tell of its days.
struct AppDays {
    /// A day before the newest one that is not settled.
    struct PastDay {
        let seconds: Int
        /// Whether it was read after its end: else its evening may be missing.
        let isWhole: Bool
    }

    /// The newest day of which a source tells, by the first source that does.
    let newest: DayTotal
    /// The instant up to which it is known.
    let through: UnixTime
    /// Who told it.
    let source: UsageSource
    /// The month of that day.
    let month: MonthTotal?
    /// The totals of settled days by their numbers.
    let settled: [Int: Int]
    /// Closed days of the month that are not settled, of which the month's sum tells what they had; by their numbers.
    let provisional: [Int: PastDay]

    /// `nil` before any day is known.
    init?(_ figures: AppFigures) {
        let zone = figures.sources.first?.source.zone
        let told = figures.sources.filter { $0.source.zone == zone && $0.current != nil }
        let day = told.compactMap(\.current?.total.day).max()
        guard let source = told.first(where: { $0.current?.total.day == day }), let current = source.current else {
            return nil
        }
        newest = current.total
        through = current.through
        self.source = source.source
        month = figures.month
        settled = Dictionary(figures.settled.map { ($0.day.number, $0.seconds.total) }) { first, _ in first }
        provisional = Self.provisional(of: figures.month, newest: current.total, settled)
    }

    /// When one day alone is not settled, it has what the other days of the month leave of its sum; of a month that is not
    /// complete it is the one that is not.
    private static func provisional(of month: MonthTotal?, newest: DayTotal, _ settled: [Int: Int]) -> [Int: PastDay] {
        guard let month, newest.day.month == month.month else { return [:] }
        let closed = month.month.firstDay.number..<newest.day.number
        let unsettled = closed.filter { settled[$0] == nil }
        guard unsettled.count == 1, let only = unsettled.first else { return [:] }
        let others = closed.reduce(newest.seconds.total) { $0 + (settled[$1] ?? 0) }
        let rest = month.seconds.total - others
        return month.isComplete || rest > 0 ? [only: PastDay(seconds: rest, isWhole: month.isComplete)] : [:]
    }

    /// Closed days of the month that memory does not tell of.
    var untold: [Int] {
        (newest.day.month.firstDay.number..<newest.day.number).filter { settled[$0] == nil && provisional[$0] == nil }
    }

    /// The total of a day that was read after its end; `nil` when memory has none.
    func whole(_ number: Int) -> Int? {
        settled[number] ?? provisional[number].flatMap { $0.isWhole ? $0.seconds : nil }
    }

    /// What history makes likely for the whole of the newest day.
    var expected: DayProgress.Expected? {
        let history = settled.map { (day: UsageDay(number: $0.key, zone: newest.day.zone), seconds: $0.value) }
        return ExpectedUsage(of: newest.day, history: history).map(DayProgress.Expected.init)
    }

    /// The month so far.
    ///
    /// - Parameter read: What the ledger tells of days that memory does not tell of.
    /// - Returns: `nil` when the month is not known.
    func monthProgress(read: [Int: PastDay] = [:]) -> MonthProgress? {
        guard let month, month.month == newest.day.month else { return nil }
        let bars = (month.month.firstDay.number...newest.day.number).map { number in
            bar(number, read[number])
        }
        return MonthProgress(
            month: month.month,
            seconds: month.seconds.total,
            isComplete: month.isComplete,
            days: bars,
            sameDays: .init(of: bars)
        )
    }

    /// A day by its number, with what the ledger tells of it where memory does not.
    func bar(_ number: Int, _ read: PastDay? = nil) -> DayBar {
        let day = UsageDay(number: number, zone: newest.day.zone)
        let before = before(day)
        if let seconds = settled[number] {
            return DayBar(day: day, seconds: seconds, state: .settled, before: before)
        }
        if day == newest.day {
            let state = through >= day.end ? DayBar.State.provisional : .running
            return DayBar(day: day, seconds: newest.seconds.total, state: state, before: before)
        }
        let past = read ?? provisional[number]
        return DayBar(
            day: day,
            seconds: past?.seconds,
            state: past?.isWhole == true ? .provisional : .missing,
            before: before
        )
    }

    /// What the same day of the month before had, where that month has such a day.
    private func before(_ day: UsageDay) -> Int? {
        let (month, former) = (day.month, day.month.previous)
        let number = former.firstDay.number + day.number - month.firstDay.number
        return number < former.end.number ? settled[number] : nil
    }
}

extension AppDays.PastDay {
    init(_ told: DayHistory) {
        self.init(seconds: told.seconds.total, isWhole: told.through >= told.day.end)
    }
}

extension DayProgress.Expected {
    init(_ expected: ExpectedUsage) {
        self.init(low: expected.low, middle: expected.middle, high: expected.high)
    }
}

extension MonthProgress.SameDays {
    /// Of the days that are over, as many as the month before has; `nil` unless all of them are known of both months.
    init?(of bars: [DayBar]) {
        guard let month = bars.first?.day.month else { return nil }
        let length = month.firstDay.number - month.previous.firstDay.number
        let over = bars.prefix(length).filter { $0.state != .running }
        let known = over.filter { $0.state != .missing && $0.seconds != nil && $0.before != nil }
        guard !over.isEmpty, known.count == over.count else { return nil }
        self.init(
            now: over.reduce(0) { $0 + ($1.seconds ?? 0) },
            before: over.reduce(0) { $0 + ($1.before ?? 0) },
            days: over.count
        )
    }
}
