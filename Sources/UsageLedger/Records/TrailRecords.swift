import GRDB
import Usage

/// What readings told of one day, beside the figures in force: the trail of totals, and the day by five minutes.
struct TrailRecords {
    let place: DayPlace
    let db: Database

    /// The trail; `nil` when there is none, or none any more.
    func trail() throws -> DayTrail? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT readings FROM trail WHERE app_source = ? AND day = ?"),
            arguments: place.arguments
        )
        .map { try DayTrail(blob: $0[0]) }
    }

    func set(_ trail: DayTrail) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO trail (app_source, day, readings) VALUES (?, ?, ?)")
            .execute(arguments: place.arguments + [trail.blob.blob])
    }

    /// The day by five minutes.
    func intervals(of day: UsageDay) throws -> [IntervalUsage] {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT intervals FROM day_intervals WHERE app_source = ? AND day = ?"),
            arguments: place.arguments
        )
        .map { try [IntervalUsage](blob: $0[0], of: day) } ?? []
    }

    /// Takes in the five minutes that a reading told, unless one that was asked later did.
    func note(_ intervals: [IntervalUsage], of day: UsageDay, askedAt: UnixTime) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO day_intervals (app_source, day, asked_at, intervals) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, intervals = excluded.intervals
                WHERE excluded.asked_at > asked_at
                """
        )
        .execute(arguments: place.arguments + [askedAt.milliseconds, intervals.blob(of: day).blob])
    }
}
