import GRDB
import Usage

/// The tables and how they came to be. Migrations are appended to and never changed once released.
///
/// The schema is trusted more than the code: keys make recording twice harmless, checks keep nonsense out.
enum LedgerSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("readings of days and rooms") { db in
            for statement in [appSource, day, room, counter, setting] { try db.execute(sql: statement) }
        }
        migrator.registerMigration("refused signatures and listed apps") { db in
            for statement in [signatureRefusal, listedApp] { try db.execute(sql: statement) }
        }
        migrator.registerMigration("throttled budgets") { db in try db.execute(sql: throttledBudget) }
        return migrator
    }

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

    /// What is known of a day: the figures in force, the highest ever read, and which readings they rest on.
    private static let day = """
        CREATE TABLE day (
            app_source INTEGER NOT NULL REFERENCES app_source (id),
            day INTEGER NOT NULL,
            used_at INTEGER NOT NULL CHECK (used_at >= 0),
            empty_at INTEGER NOT NULL CHECK (empty_at >= 0),
            empty_before_at INTEGER NOT NULL CHECK (empty_before_at BETWEEN 0 AND empty_at),
            through INTEGER NOT NULL,
            rooms INTEGER NOT NULL CHECK (rooms >= 0),
            \(tiers(prefix: "")),
            \(tiers(prefix: "highest_")),
            PRIMARY KEY (app_source, day),
            CHECK (used_at > 0 OR empty_at > 0)
        ) STRICT, WITHOUT ROWID
        """

    /// The rooms of a day's figures in force. `named` marks those that have series of their own.
    private static let room = """
        CREATE TABLE room (
            app_source INTEGER NOT NULL,
            day INTEGER NOT NULL,
            room TEXT NOT NULL,
            named INTEGER NOT NULL CHECK (named IN (0, 1)),
            \(tiers(prefix: "")),
            PRIMARY KEY (app_source, day, room),
            FOREIGN KEY (app_source, day) REFERENCES day (app_source, day) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID
        """

    /// What only grows: metered seconds since the first polled day, and revisions of settled days. Days before
    /// `pruned_before` were deleted for their age: were they read again, nobody would know what of them is counted.
    private static let counter = """
        CREATE TABLE counter (
            app_source INTEGER NOT NULL PRIMARY KEY REFERENCES app_source (id),
            first_day INTEGER NOT NULL,
            pruned_before INTEGER NOT NULL,
            revised_up INTEGER NOT NULL CHECK (revised_up >= 0),
            revised_down INTEGER NOT NULL CHECK (revised_down >= 0),
            \(tiers(prefix: ""))
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

    private static func tiers(prefix: String) -> String {
        tierColumns.map { "\(prefix)\($0.column) INTEGER NOT NULL CHECK (\(prefix)\($0.column) >= 0)" }
            .joined(separator: ",\n    ")
    }
}
