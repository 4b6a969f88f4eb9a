import GRDB
import Usage

/// Up to where a day of an app is counted.
struct CountedDay: Hashable {
    /// The highest figures that were in force.
    var level: TierSeconds
    /// Whose next word of the day is where counting goes on after a change of the primary, without counting itself.
    var baselineDue = BaselineDue.none
}

/// Whose next word of a day is a baseline.
enum BaselineDue: Int, DatabaseValueConvertible {
    /// Nobody's: it is counted.
    case none
    /// That of whichever source feeds the day.
    case anyone
    /// That of the primary; until it tells the day, the source goes on that has fed it before.
    case primary
}

/// The rows of `counted_day` of one app: up to which figures its days are counted.
struct CountedDays {
    let db: Database
    let counter: Int

    subscript(day: Int) -> CountedDay? {
        get throws {
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM counted_day WHERE app_counter = ? AND day = ?"),
                arguments: [counter, day]
            )
            .map { CountedDay(level: try TierSeconds(row: $0), baselineDue: try $0.decode(forColumn: "baseline_due")) }
        }
    }

    /// The sum of a range of days.
    func sum(_ days: Range<Int>) throws -> TierSeconds {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM counted_day WHERE app_counter = ? AND day >= ? AND day < ?",
            arguments: [counter, days.lowerBound, days.upperBound]
        )
        .reduce(into: .zero) { $0 += try TierSeconds(row: $1) }
    }

    /// Their numbers.
    func all() throws -> [Int] {
        try Int.fetchAll(db, sql: "SELECT day FROM counted_day WHERE app_counter = ?", arguments: [counter])
    }

    /// The newest of them.
    var newest: Int? {
        get throws {
            try Int.fetchOne(db, sql: "SELECT MAX(day) FROM counted_day WHERE app_counter = ?", arguments: [counter])
        }
    }

    func set(_ day: Int, _ counted: CountedDay) throws {
        let columns = LedgerSchema.tierColumns.map(\.column)
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO counted_day (app_counter, day, baseline_due, \(columns.joined(separator: ", ")))
                VALUES (?, ?, ?, \(columns.map { _ in "?" }.joined(separator: ", ")))
                """
        )
        let figures = LedgerSchema.tierColumns.map { counted.level[$0.tier] }
        try statement.execute(arguments: [counter, day, counted.baselineDue] + StatementArguments(figures))
    }

    /// Forgets a day that is deleted for its age, unless another source of its app still has it. What of it is counted stays
    /// counted.
    static func forget(_ place: DayPlace, in db: Database) throws {
        let app = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT provider, app FROM app_source WHERE id = ?"),
            arguments: [place.appSource]
        )
        guard let app,
            let id = try CounterRecord.fetchOne(db, of: AppKey(provider: Provider(rawValue: app[0]), app: app[1]))?.id
        else { return }
        try db.execute(
            sql: """
                DELETE FROM counted_day WHERE app_counter = ?1 AND day = ?2 AND NOT EXISTS
                (SELECT 1 FROM day JOIN app_source ON id = app_source WHERE day.day = ?2 AND provider = ?3 AND app = ?4)
                """,
            arguments: [id, place.day, app[0] as String, app[1] as String]
        )
        try db.execute(
            sql: "UPDATE app_counter SET pruned_before = MAX(pruned_before, ?) WHERE id = ?",
            arguments: [place.day + 1, id]
        )
    }
}
