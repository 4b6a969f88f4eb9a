import GRDB
import Usage

/// The tables and how they came to be. Migrations are appended to and never changed once released.
///
/// The schema is trusted more than the code: keys make recording twice harmless, checks keep nonsense out.
enum LedgerSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("readings of days and rooms") { db in
            for statement in [appSource, FirstTables.day, FirstTables.room, FirstTables.counter, setting] {
                try db.execute(sql: statement)
            }
        }
        migrator.registerMigration("refused signatures and listed apps") { db in
            for statement in [signatureRefusal, listedApp] { try db.execute(sql: statement) }
        }
        migrator.registerMigration("throttled budgets") { db in try db.execute(sql: throttledBudget) }
        migrator.registerMigration("runs of rooms, trails and counters of apps", migrate: RunsOfRoomsMigration.migrate)
        return migrator
    }

    /// The tables with rows of a day beside its figures: its rooms, and what its readings told.
    static let roomTables = ["room_block", "named_rooms"]
    static let readingTables = ["trail", "day_intervals"]

    /// The column of each tier.
    static let tierColumns: [(tier: Tier, column: String)] = [
        (.audio, "audio"), (.sd, "sd"), (.hd, "hd"), (.fhd, "fhd"), (.twoK, "two_k"), (.fourK, "four_k"),
        (.mixed, "mixed"),
    ]

    /// An app as one source sees it. The zone belongs to the key: days by another midnight are other days.
    private static let appSource = """
        CREATE TABLE app_source (
            id INTEGER PRIMARY KEY,
            provider TEXT NOT NULL,
            app TEXT NOT NULL,
            source TEXT NOT NULL,
            zone_seconds INTEGER NOT NULL,
            UNIQUE (provider, app, source, zone_seconds)
        ) STRICT
        """

    /// What the rows were written with and has to be known when it changes.
    private static let setting = """
        CREATE TABLE setting (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT
        """

    /// How often in a row a provider refused what was signed with a key, which is named by a hash.
    private static let signatureRefusal = """
        CREATE TABLE signature_refusal (
            key TEXT NOT NULL PRIMARY KEY,
            count INTEGER NOT NULL CHECK (count >= 0),
            last_at INTEGER NOT NULL
        ) STRICT
        """

    /// What a provider left of a budget's rate, and until when it asked to be left alone; the budget is named by a hash.
    private static let throttledBudget = """
        CREATE TABLE throttled_budget (
            budget TEXT NOT NULL PRIMARY KEY,
            fraction REAL NOT NULL CHECK (fraction > 0 AND fraction <= 1),
            paused_until INTEGER,
            noted_at INTEGER NOT NULL
        ) STRICT
        """

    /// The apps that a provider's list had, and when it had them last.
    private static let listedApp = """
        CREATE TABLE listed_app (
            provider TEXT NOT NULL,
            account TEXT NOT NULL,
            app TEXT NOT NULL,
            name TEXT NOT NULL,
            listed_at INTEGER NOT NULL,
            PRIMARY KEY (provider, account, app)
        ) STRICT, WITHOUT ROWID
        """

    /// The columns of all tiers, none of which is ever below zero.
    static func tiers(prefix: String) -> String {
        tierColumns.map { "\(prefix)\($0.column) INTEGER NOT NULL CHECK (\(prefix)\($0.column) >= 0)" }
            .joined(separator: ",\n    ")
    }
}
