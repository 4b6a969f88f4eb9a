import Usage
import UsageLedger

/// Makes rows of what is held of an app's days.
struct UsageRows {
    let app: AppKey
    let selection: ReportSelection
    let bounds: ReportBounds

    /// The rows of days, oldest first; of a month, all of its days have to be given.
    func rows(of days: [DayHistory]) -> [UsageRow] {
        switch selection.step {
        case .day: days.filter { bounds.contains($0.day.start) }.flatMap(rows)
        case .month: rows(ofMonth: days.filter { bounds.contains($0.day.start) })
        case .fiveMinutes: days.flatMap(rowsByFiveMinutes)
        }
    }

    private func rows(of day: DayHistory) -> [UsageRow] {
        selection.tiers(of: [day.source]).map { tier in
            row(tier, day.seconds[tier], day, from: day.day.start, to: day.day.end, isSettled: day.isSettled)
        }
    }

    /// Five minutes without usage are not told, and have no row. They are final when they account for all of a final day.
    private func rowsByFiveMinutes(of day: DayHistory) -> [UsageRow] {
        let told = day.intervals.reduce(into: TierSeconds.zero) { $0 += $1.seconds }
        let isSettled = day.isSettled && told == day.seconds
        return day.intervals.filter { bounds.contains($0.start) }.flatMap { interval in
            selection.tiers(of: [day.source]).map { tier in
                row(tier, interval.seconds[tier], day, from: interval.start, to: interval.end, isSettled: isSettled)
            }
        }
    }

    private func row(
        _ tier: Tier,
        _ seconds: Int,
        _ day: DayHistory,
        from: UnixTime,
        to: UnixTime,
        isSettled: Bool
    ) -> UsageRow {
        UsageRow(
            app: app,
            tier: tier,
            room: selection.room,
            source: day.source.name,
            isSettled: isSettled,
            from: from,
            to: to,
            zone: day.day.zone,
            seconds: seconds,
            coverage: nil
        )
    }

    private func rows(ofMonth days: [DayHistory]) -> [UsageRow] {
        guard let month = days.first?.day.month else { return [] }
        let total = days.reduce(into: TierSeconds.zero) { $0 += $1.seconds }
        var sources: [UsageSource] = []
        for day in days where !sources.contains(day.source) { sources.append(day.source) }
        let coverage = UsageRow.Coverage(days: days.count, daysInMonth: month.end.number - month.firstDay.number)
        return selection.tiers(of: sources).map { tier in
            UsageRow(
                app: app,
                tier: tier,
                room: selection.room,
                source: sources.map(\.name).joined(separator: "+"),
                isSettled: days.allSatisfy(\.isSettled),
                from: month.firstDay.start,
                to: month.end.start,
                zone: month.zone,
                seconds: total[tier],
                coverage: coverage
            )
        }
    }
}
