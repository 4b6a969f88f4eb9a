import GRDB
import Usage

/// Reads what is known of an app from one source. Only rows of about two months are looked at, whatever the ledger's age.
struct SourceFiguresQuery {
    /// Eight weeks of the same weekday, and the two months at most that the newest day's month and the one before take.
    private static let daysBack = 63

    let db: Database
    let source: UsageSource
    /// Names no more rooms than this, also of a reading that was folded by a higher limit.
    let folding: RoomFolding

    func figures(of app: AppKey) throws -> SourceFigures {
        let id = try AppSource.id(of: app, from: source, in: db)
        let days = try id.map(recentDays) ?? []
        let counter = try CounterRecord.fetchOne(db, sql: "SELECT * FROM counter WHERE app_source = ?", arguments: [id])
        return SourceFigures(
            source: source,
            current: try days.last.map(current),
            settled: days.reversed().filter { $0.recorded(in: source.zone).isSettled(by: source) }.map(total),
            month: days.last.map { month(day($0).month, of: days) },
            previousMonth: days.last.map { month(day($0).month.previous, of: days) }.flatMap {
                $0.isComplete ? $0 : nil
            },
            metered: counter?.metered ?? .zero,
            revisedUp: counter?.revisedUp ?? 0,
            revisedDown: counter?.revisedDown ?? 0
        )
    }

    private func recentDays(of id: Int) throws -> [DayRecord] {
        try DayRecord.fetchAll(
            db,
            sql: """
                SELECT * FROM day WHERE app_source = ?1
                AND day >= (SELECT MAX(day) FROM day WHERE app_source = ?1) - ?2 ORDER BY day
                """,
            arguments: [id, Self.daysBack]
        )
    }

    private func current(_ record: DayRecord) throws -> SourceFigures.CurrentDay {
        let named = try RoomRecord.filter(
            sql: "app_source = ? AND day = ? AND named",
            arguments: [record.appSource, record.day]
        )
        .fetchAll(db).map(\.usage)
        .sorted(by: RoomUsage.largestFirst)
        .prefix(folding.limit)
        let rooms = FoldedRooms(
            named: Array(named),
            other: record.seconds.combined(with: named.total, -),
            roomCount: record.rooms
        )
        return SourceFigures.CurrentDay(
            total: total(record),
            rooms: rooms,
            through: UnixTime(milliseconds: record.through)
        )
    }

    private func month(_ month: UsageMonth, of days: [DayRecord]) -> SourceFigures.MonthTotal {
        let inside = days.filter { day($0).month == month }
        let newest = min(days.last?.day ?? 0, month.end.number - 1)
        // A day that nobody asked about after its end may lack its evening.
        let known = inside.filter {
            $0.day == days.last?.day || $0.recorded(in: source.zone).confirmedAt >= day($0).end
        }
        return SourceFigures.MonthTotal(
            month: month,
            seconds: inside.reduce(into: .zero) { $0 += $1.seconds },
            isComplete: known.count == newest - month.firstDay.number + 1
        )
    }

    private func day(_ record: DayRecord) -> UsageDay {
        UsageDay(number: record.day, zone: source.zone)
    }

    private func total(_ record: DayRecord) -> SourceFigures.DayTotal {
        SourceFigures.DayTotal(day: day(record), seconds: record.seconds)
    }
}
