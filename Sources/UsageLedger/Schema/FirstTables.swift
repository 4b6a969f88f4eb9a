/// Tables of the first version that later ones replace; a ledger of that time is brought up to date by way of them.
enum FirstTables {
    /// What is known of a day: the figures in force, the highest ever read, and which readings they rest on.
    static let day = """
        CREATE TABLE day (
            app_source INTEGER NOT NULL REFERENCES app_source (id),
            day INTEGER NOT NULL,
            used_at INTEGER NOT NULL CHECK (used_at >= 0),
            empty_at INTEGER NOT NULL CHECK (empty_at >= 0),
            empty_before_at INTEGER NOT NULL CHECK (empty_before_at BETWEEN 0 AND empty_at),
            through INTEGER NOT NULL,
            rooms INTEGER NOT NULL CHECK (rooms >= 0),
            \(LedgerSchema.tiers(prefix: "")),
            \(LedgerSchema.tiers(prefix: "highest_")),
            PRIMARY KEY (app_source, day),
            CHECK (used_at > 0 OR empty_at > 0)
        ) STRICT, WITHOUT ROWID
        """

    /// The rooms of a day's figures in force. `named` marks those that have series of their own.
    static let room = """
        CREATE TABLE room (
            app_source INTEGER NOT NULL,
            day INTEGER NOT NULL,
            room TEXT NOT NULL,
            named INTEGER NOT NULL CHECK (named IN (0, 1)),
            \(LedgerSchema.tiers(prefix: "")),
            PRIMARY KEY (app_source, day, room),
            FOREIGN KEY (app_source, day) REFERENCES day (app_source, day) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID
        """

    /// What only grows: metered seconds since the first polled day, and revisions of settled days. Days before
    /// `pruned_before` were deleted for their age: were they read again, nobody would know what of them is counted.
    static let counter = """
        CREATE TABLE counter (
            app_source INTEGER NOT NULL PRIMARY KEY REFERENCES app_source (id),
            first_day INTEGER NOT NULL,
            pruned_before INTEGER NOT NULL,
            revised_up INTEGER NOT NULL CHECK (revised_up >= 0),
            revised_down INTEGER NOT NULL CHECK (revised_down >= 0),
            \(LedgerSchema.tiers(prefix: ""))
        ) STRICT
        """
}
