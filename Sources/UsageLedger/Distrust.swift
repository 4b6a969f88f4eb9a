import GRDB
import Usage

/// Takes the authority from an app's readings that were asked by a clock that was ahead.
struct Distrust {
    let app: AppKey
    let source: UsageSource
    let now: UnixTime

    func apply(to db: Database) throws {
        guard let id = try AppSource.id(of: app, from: source, in: db) else { return }
        let today = source.day(containing: now).number
        for table in ["day"] + LedgerSchema.roomTables + LedgerSchema.readingTables {
            try db.execute(sql: "DELETE FROM \(table) WHERE app_source = ? AND day > ?", arguments: [id, today])
        }
        try forgetDetails(id, db)
        let concerned = "app_source = ? AND MAX(used_at, empty_at) > ?"
        try DayRecord.distrust(where: concerned, [id, now.milliseconds], in: db)
        guard var record = try CounterRecord.fetchOne(db, of: app) else { return }
        record.counter.distrust(askedAfter: now, on: today)
        try record.update(db)
    }

    private func forgetDetails(_ id: Int, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE day_intervals SET asked_at = 1 WHERE app_source = ? AND asked_at > ?",
            arguments: [id, now.milliseconds]
        )
        let days = try Int.fetchAll(
            db,
            sql: "SELECT day FROM day WHERE app_source = ? AND MAX(used_at, empty_at) > ?",
            arguments: [id, now.milliseconds]
        )
        for day in days {
            let records = TrailRecords(place: DayPlace(appSource: id, day: day), db: db)
            guard var trail = try records.trail() else { continue }
            trail.forget(askedAfter: now)
            try records.set(trail)
        }
    }
}
