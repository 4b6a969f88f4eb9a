import GRDB
import Usage

/// Rooms become runs of rooms, counters belong to apps instead of to their sources, and readings leave a trail.
enum RunsOfRoomsMigration {
    static func migrate(_ db: Database) throws {
        for statement in [day, roomBlock, namedRooms, trail, intervals, appCounter, countedDay] {
            try db.execute(sql: statement)
        }
        try moveRooms(db)
        try moveCounters(db)
        for statement in moving { try db.execute(sql: statement) }
    }

    /// A day at a time, as there may be millions of rooms.
    private static func moveRooms(_ db: Database) throws {
        let days = try Row.fetchAll(db, sql: "SELECT DISTINCT app_source, day FROM room")
        for row in days {
            let place = DayPlace(appSource: row[0], day: row[1])
            let rooms = try Row.fetchAll(
                db,
                sql: "SELECT * FROM room WHERE app_source = ? AND day = ? ORDER BY room",
                arguments: [place.appSource, place.day]
            )
            .map {
                (
                    usage: RoomUsage(room: RoomID($0["room"] as String), seconds: try TierSeconds(row: $0)),
                    named: $0["named"] as Bool
                )
            }
            try RoomRecords(place: place, db: db).replace(
                by: rooms.map(\.usage),
                named: rooms.filter(\.named).map(\.usage)
            )
        }
    }

    /// An app that has several counters goes on with the one that was begun first: by the default that was its primary.
    private static func moveCounters(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO app_counter (provider, app, primary_source, first_asked_at, first_day,
                    baseline_at, pruned_before, revised_up, revised_down,
                    \(columns("baseline_")), \(columns("counted_")), \(columns("")))
                SELECT provider, app, id,
                    (SELECT MIN(MAX(used_at, empty_at)) FROM day WHERE day.app_source = id AND day.day >= first_day),
                    first_day, NULL, pruned_before, revised_up, revised_down,
                    \(zeros), \(columns("")), \(columns(""))
                FROM counter JOIN app_source ON id = app_source
                WHERE id = (SELECT MIN(first.id) FROM app_source AS first JOIN counter AS own ON own.app_source = first.id
                    WHERE first.provider = app_source.provider AND first.app = app_source.app)
                """
        )
        try db.execute(sql: "UPDATE app_counter SET first_asked_at = 1 WHERE first_asked_at IS NULL")
        // What was used of the first day before anybody looked is not known any more, and has been left out already.
        try db.execute(sql: "UPDATE app_counter SET baseline_at = first_asked_at")
        try db.execute(
            sql: """
                INSERT INTO counted_day (app_counter, day, baseline_due, \(columns("")))
                SELECT app_counter.id, day.day, 0, \(columns("highest_"))
                FROM app_counter JOIN day ON day.app_source = primary_source
                """
        )
    }

    /// What is left of the old tables takes the places of the new ones.
    private static let moving = [
        "DROP TABLE room",
        """
        INSERT INTO new_day SELECT app_source, day, used_at, CASE used_at WHEN 0 THEN 0 ELSE through END, empty_at,
        CASE empty_at WHEN 0 THEN 0 ELSE through END, empty_before_at, rooms, \(columns("")) FROM day
        """,
        "DROP TABLE day", "ALTER TABLE new_day RENAME TO day", "DROP TABLE counter",
    ]

    private static func columns(_ prefix: String) -> String {
        LedgerSchema.tierColumns.map { prefix + $0.column }.joined(separator: ", ")
    }

    private static let zeros = LedgerSchema.tierColumns.map { _ in "0" }.joined(separator: ", ")

    // MARK: Tables

    /// What is known of a day: the figures in force, and which readings they rest on.
    private static let day = """
        CREATE TABLE new_day (
            app_source INTEGER NOT NULL REFERENCES app_source (id),
            day INTEGER NOT NULL,
            used_at INTEGER NOT NULL CHECK (used_at >= 0),
            used_through INTEGER NOT NULL,
            empty_at INTEGER NOT NULL CHECK (empty_at >= 0),
            empty_through INTEGER NOT NULL,
            empty_before_at INTEGER NOT NULL CHECK (empty_before_at BETWEEN 0 AND empty_at),
            rooms INTEGER NOT NULL CHECK (rooms >= 0),
            \(LedgerSchema.tiers(prefix: "")),
            PRIMARY KEY (app_source, day),
            CHECK (used_at > 0 OR empty_at > 0)
        ) STRICT, WITHOUT ROWID
        """

    /// The rooms of a day's figures in force, some sixty a row, by the first of them.
    private static let roomBlock = """
        CREATE TABLE room_block (
            id INTEGER PRIMARY KEY,
            app_source INTEGER NOT NULL REFERENCES app_source (id),
            day INTEGER NOT NULL,
            first_room BLOB NOT NULL,
            rooms BLOB NOT NULL CHECK (LENGTH(rooms) > 0),
            UNIQUE (app_source, day, first_room)
        ) STRICT
        """

    /// Those rooms of a day that have series of their own.
    private static let namedRooms = """
        CREATE TABLE named_rooms (
            app_source INTEGER NOT NULL REFERENCES app_source (id),
            day INTEGER NOT NULL,
            rooms BLOB NOT NULL,
            PRIMARY KEY (app_source, day)
        ) STRICT
        """

    /// The totals that readings told of a day.
    private static let trail = """
        CREATE TABLE trail (
            app_source INTEGER NOT NULL REFERENCES app_source (id),
            day INTEGER NOT NULL,
            readings BLOB NOT NULL,
            PRIMARY KEY (app_source, day)
        ) STRICT
        """

    /// A day by five minutes, as the newest reading that had them told.
    private static let intervals = """
        CREATE TABLE day_intervals (
            app_source INTEGER NOT NULL REFERENCES app_source (id),
            day INTEGER NOT NULL,
            asked_at INTEGER NOT NULL,
            intervals BLOB NOT NULL,
            PRIMARY KEY (app_source, day)
        ) STRICT
        """

    /// What only grows, of an app. Days before `pruned_before` were deleted for their age.
    private static let appCounter = """
        CREATE TABLE app_counter (
            id INTEGER PRIMARY KEY,
            provider TEXT NOT NULL,
            app TEXT NOT NULL,
            primary_source INTEGER NOT NULL REFERENCES app_source (id),
            first_asked_at INTEGER NOT NULL,
            first_day INTEGER NOT NULL,
            baseline_at INTEGER,
            pruned_before INTEGER NOT NULL,
            revised_up INTEGER NOT NULL CHECK (revised_up >= 0),
            revised_down INTEGER NOT NULL CHECK (revised_down >= 0),
            \(LedgerSchema.tiers(prefix: "baseline_")),
            \(LedgerSchema.tiers(prefix: "counted_")),
            \(LedgerSchema.tiers(prefix: "")),
            UNIQUE (provider, app)
        ) STRICT
        """

    /// The highest figures of a day that were in force: up to here it is counted. After a change of the primary, what is told
    /// next of the day is where counting goes on: by whichever source (1), or by the primary alone (2).
    private static let countedDay = """
        CREATE TABLE counted_day (
            app_counter INTEGER NOT NULL REFERENCES app_counter (id),
            day INTEGER NOT NULL,
            baseline_due INTEGER NOT NULL CHECK (baseline_due IN (0, 1, 2)),
            \(LedgerSchema.tiers(prefix: "")),
            PRIMARY KEY (app_counter, day)
        ) STRICT, WITHOUT ROWID
        """
}
