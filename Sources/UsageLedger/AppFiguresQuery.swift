import GRDB
import Usage

/// Reads what is known of an app. Only rows of about two months are looked at, whatever the ledger's age.
struct AppFiguresQuery {
    /// Eight weeks of the same weekday, and the two months at most that the newest day's month and the one before take.
    private static let daysBack = 63

    /// A day with whose word it is.
    private struct ToldDay {
        let source: UsageSource
        let record: DayRecord

        var day: UsageDay { record.day(in: source.zone) }
        var recorded: RecordedDay { record.recorded(in: source.zone) }
        var isSettled: Bool { recorded.isSettled(by: source) }
        var total: DayTotal { DayTotal(day: day, seconds: record.state.seconds) }
    }

    let db: Database
    /// Names no more rooms than this, also of a reading that was folded by a higher limit.
    let folding: RoomFolding

    /// What is known of an app from its sources, of which the primary comes first.
    func figures(of app: AppKey, from sources: [UsageSource]) throws -> AppFigures {
        let told = try sources.map { try recentDays(of: app, from: $0) }
        let days = Self.merged(zip(sources, told).filter { $0.0.zone == sources.first?.zone }.map(\.1))
        let counter = try CounterRecord.fetchOne(db, of: app)?.counter
        return AppFigures(
            sources: try zip(sources, told).map { source, days in
                SourceFigures(source: source, current: try days.last.map(current), settled: Self.settled(days))
            },
            settled: Self.settled(days),
            month: days.last.map { Self.month($0.day.month, of: days) },
            previousMonth: days.last.map { Self.month($0.day.month.previous, of: days) }.flatMap {
                $0.isComplete ? $0 : nil
            },
            metered: counter?.metered ?? .zero,
            revisedUp: counter?.revisions.up ?? 0,
            revisedDown: counter?.revisions.down ?? 0
        )
    }

    private func recentDays(of app: AppKey, from source: UsageSource) throws -> [ToldDay] {
        guard let id = try AppSource.id(of: app, from: source, in: db) else { return [] }
        return try DayRecord.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT * FROM day WHERE app_source = ?1
                    AND day >= (SELECT MAX(day) FROM day WHERE app_source = ?1) - ?2 ORDER BY day
                    """
            ),
            arguments: [id, Self.daysBack]
        )
        .map { ToldDay(source: source, record: $0) }
    }

    /// Of each day what the first source says that has it, the oldest first.
    private static func merged(_ told: [[ToldDay]]) -> [ToldDay] {
        let first = Dictionary(told.joined().map { ($0.day, $0) }) { first, _ in first }
        return first.values.sorted { $0.day < $1.day }
    }

    private static func settled(_ days: [ToldDay]) -> [DayTotal] {
        days.reversed().filter(\.isSettled).map(\.total)
    }

    private func current(_ told: ToldDay) throws -> SourceFigures.CurrentDay {
        let record = told.record
        let rooms = try RoomRecords(place: record.place, db: db).folded(of: record, limit: folding.limit)
        return SourceFigures.CurrentDay(
            total: told.total,
            rooms: rooms ?? FoldedRooms(named: [], other: record.state.seconds, roomCount: record.rooms),
            through: UnixTime(milliseconds: record.state.through)
        )
    }

    private static func month(_ month: UsageMonth, of days: [ToldDay]) -> MonthTotal {
        let inside = days.filter { $0.day.month == month }
        let newest = min(days.last?.day.number ?? 0, month.end.number - 1)
        // A day that nobody asked about after its end may lack its evening.
        let known = inside.filter { $0.day == days.last?.day || $0.recorded.confirmedAt >= $0.day.end }
        return MonthTotal(
            month: month,
            seconds: inside.reduce(into: .zero) { $0 += $1.record.state.seconds },
            isComplete: known.count == newest - month.firstDay.number + 1
        )
    }
}
