import Usage

/// The rows of an answer, by the provider's labels of their times.
///
/// A window of one day is answered in steps of five minutes, which the reading then has, a longer one in days. The rows may
/// come in any order.
struct TencentUsageRows {
    private let window: UsageWindow
    private var rows: FigureRows<TencentTimeKey>

    init(_ unit: MeteredFigure.Unit, window: UsageWindow, anomalies: [ReadingAnomaly: Int] = [:]) {
        self.window = window
        rows = FigureRows(unit, anomalies: anomalies)
    }

    /// Adds the next row.
    ///
    /// - Throws: ``ReadingFailure`` with reason `malformed` when the row's time is none or the figures cannot be.
    mutating func append(_ row: FigureRow, labelled label: String, number: Int) throws(ReadingFailure) {
        guard let key = TencentTimeKey(label, zone: window.first.zone) else {
            throw ReadingFailure(.malformed, "Row \(number) of the answer has no usable time.")
        }
        // Of several days each row is one, however its label is written.
        try rows.append(row, at: day(of: key).map { window.count == 1 ? key : .day($0) }, number: number)
    }

    /// The reading that the rows make; days without a row had no usage.
    ///
    /// - Throws: ``ReadingFailure`` with reason `malformed` when the sum cannot be, or would count a day beside its parts.
    func reading(of app: String, by source: UsageSource, askedAt now: UnixTime) throws(ReadingFailure) -> Reading {
        if window.count == 1, rows.seconds.count > 1, rows.seconds[.day(window.first)] != nil {
            throw ReadingFailure(.malformed, "The answer has a row of the whole day beside rows of parts of it.")
        }
        return Reading(
            app: AppKey(provider: .tencent, app: app),
            window: window,
            askedAt: now,
            listed: try rows.days { day(of: $0) ?? window.first }.map(divided),
            by: source,
            anomalies: rows.anomalies
        )
    }

    /// The day with its five minutes, where the answer divides it.
    private func divided(_ usage: DayUsage) -> DayUsage {
        guard window.count == 1 else { return usage }
        let intervals = TencentFiveMinutes(day: usage.day).intervals(rows.seconds)
        return DayUsage(day: usage.day, rooms: usage.rooms, intervals: intervals)
    }

    /// The day that a row counts for; `nil` when it was not asked about.
    private func day(of key: TencentTimeKey) -> UsageDay? {
        switch key {
        case .day(let day):
            return window.contains(day) ? day : nil
        case .moment(let time) where window.count == 1:
            // The label of five minutes may be their start or their end: with either, both midnights are of this day. The
            // request has no time of day, so the bound is the day's end though the window may end before.
            return (window.first.start...window.first.end).contains(time) ? window.first : nil
        case .moment(let time):
            let day = UsageDay(containing: time, zone: window.first.zone)
            return window.contains(day) ? day : nil
        }
    }
}
