import ExporterHTTP
import ExporterMetrics
import Usage
import UsageLedger

/// What the ledger adds to what is in memory of an app that is shown.
struct AppLook {
    let day: DayProgress
    let month: MonthProgress?
}

/// Asks the ledger about one app. What cannot be read is not known: the page is there all the same.
struct LedgerGlance {
    let ledger: any UsageStore
    let app: PolledApp
    let days: AppDays

    private var today: UsageDay { days.newest.day }

    func look() async -> AppLook {
        let untold = days.untold
        let first = min(untold.first ?? today.number, today.number - 1)
        let known = await history(from: days.source, first...today.number)
        return AppLook(day: await progress(known), month: days.monthProgress(read: await read(untold, known)))
    }

    private func history(from source: UsageSource, _ numbers: ClosedRange<Int>) async -> [Int: DayHistory] {
        let days = try? await ledger.history(of: app.key, from: source, days: numbers, most: numbers.count)
        return Dictionary((days ?? []).map { ($0.day.number, $0) }) { $1 }
    }

    /// The totals of days, each by the first source that has it.
    private func read(_ numbers: [Int], _ known: [Int: DayHistory]) async -> [Int: AppDays.PastDay] {
        var totals: [Int: AppDays.PastDay] = [:]
        for source in app.sources where source.zone == today.zone {
            let missing = numbers.filter { totals[$0] == nil }
            guard let first = missing.first, let last = missing.last else { break }
            let told = source == days.source ? known : await history(from: source, first...last)
            for number in missing { totals[number] = told[number].map(AppDays.PastDay.init) }
        }
        return totals
    }

    private func progress(_ known: [Int: DayHistory]) async -> DayProgress {
        let before = known[today.number - 1]
        let curve = await curve(of: today, known[today.number])
        let curveBefore = await self.curve(of: today.previous, before)
        let isWhole = before.map { $0.through >= today.start } ?? false
        let part = today.part(at: days.through)
        return DayProgress(
            day: today,
            seconds: days.newest.seconds.total,
            through: days.through,
            curve: curve,
            curveBefore: curveBefore,
            secondsBefore: isWhole ? before?.seconds.total : days.settled[today.number - 1],
            sameHours: curveBefore.seconds(at: part).map {
                DayProgress.SameHours(now: days.newest.seconds.total, before: $0)
            },
            expected: days.expected
        )
    }

    /// By five minutes where the source told them, else by what its readings told one after the other.
    private func curve(of day: UsageDay, _ known: DayHistory?) async -> UsageCurve {
        guard let known else { return .none }
        let end = UsageCurve.Point(time: day.part(at: known.through), seconds: known.seconds.total)
        if known.seconds.isZero { return .flat(until: end.time) }
        let points = known.intervals.isEmpty ? await readings(of: day) : Self.points(known.intervals, of: day)
        // The newest figure counts: what was told of the same moment before is superseded, and five minutes may not be over.
        return UsageCurve(points.filter { $0.time < end.time } + [end])
    }

    private func readings(of day: UsageDay) async -> [UsageCurve.Point] {
        let totals = (try? await ledger.readTotals(of: app.key, from: days.source, on: day)) ?? []
        return totals.map { UsageCurve.Point(time: day.part(at: $0.through), seconds: $0.seconds.total) }
    }

    /// What was used until the beginning and the end of each interval; those without usage are left out by the source.
    private static func points(_ intervals: [IntervalUsage], of day: UsageDay) -> [UsageCurve.Point] {
        var (sum, points) = (0, [UsageCurve.Point(time: 0, seconds: 0)])
        for interval in intervals {
            points.append(UsageCurve.Point(time: day.part(at: interval.start), seconds: sum))
            sum += interval.seconds.total
            points.append(UsageCurve.Point(time: day.part(at: interval.end), seconds: sum))
        }
        return points
    }
}
