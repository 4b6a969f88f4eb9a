import GRDB

/// How often a damaged ledger was set aside, as the ledger itself remembers.
struct Recoveries {
    let db: Database

    func known() throws -> Int {
        let text = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'recoveries'")
        return max(0, text.flatMap { Int($0) } ?? 0)
    }

    /// Counts one more.
    func count(atLeast others: Int) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO setting (name, value) VALUES ('recoveries', ?)",
            arguments: ["\(max(try known(), others) &+ 1)"]
        )
    }
}
