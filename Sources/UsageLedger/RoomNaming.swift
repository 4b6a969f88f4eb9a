import GRDB

/// What room ids went through before they were recorded; `nil` leaves it at what it is.
struct RoomNaming {
    let text: String?

    /// Deletes all rooms when they were recorded under another naming, and notes the one in force. The totals of their days
    /// stay.
    func apply(to db: Database) throws {
        guard let text else { return }
        let known = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'room_naming'")
        guard known != text else { return }
        if known != nil {
            for table in LedgerSchema.roomTables { try db.execute(sql: "DELETE FROM \(table)") }
        }
        try db.execute(
            sql: "INSERT INTO setting VALUES ('room_naming', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            arguments: [text]
        )
    }
}
