import GRDB
import Usage

/// One room of one day: a row of `room`.
struct RoomRecord: Hashable {
    let appSource: Int
    let day: Int
    let usage: RoomUsage
    let named: Bool
}

extension RoomRecord: FetchableRecord, TableRecord {
    static let databaseTableName = "room"

    init(row: Row) {
        appSource = row["app_source"]
        day = row["day"]
        usage = RoomUsage(room: RoomID(row["room"] as String), seconds: TierSeconds(row: row))
        named = row["named"]
    }

    /// The values of the columns, in the order of ``columns``.
    var values: StatementArguments {
        StatementArguments([appSource, day, usage.room.text, named] as [any DatabaseValueConvertible])
            + StatementArguments(LedgerSchema.tierColumns.map { usage.seconds[$0.tier] })
    }

    static let columns = ["app_source", "day", "room", "named"] + LedgerSchema.tierColumns.map(\.column)
}

/// What has to be written so that the rooms of a day become those of a new reading: nothing for a room that did not change.
struct RoomChanges {
    private(set) var written: [RoomRecord] = []
    private(set) var removed: [RoomRecord] = []

    /// Compares two lists, each ordered by the bytes of the room.
    init(from old: [RoomRecord], to new: [RoomRecord]) {
        var rest = old[...]
        for record in new {
            while let first = rest.first, first.usage.room < record.usage.room {
                removed.append(first)
                rest.removeFirst()
            }
            if let first = rest.first, first.usage.room == record.usage.room {
                rest.removeFirst()
                if first != record { written.append(record) }
            } else {
                written.append(record)
            }
        }
        removed += rest
    }

    /// Writes with statements of its own: there may be a million rooms, and what a record type offers for tables without
    /// row ids looks for each room before it writes it.
    func write(to db: Database) throws {
        let deletion = try db.cachedStatement(sql: "DELETE FROM room WHERE app_source = ? AND day = ? AND room = ?")
        for record in removed {
            try deletion.execute(arguments: [record.appSource, record.day, record.usage.room.text])
        }
        let upsert = try db.cachedStatement(sql: Self.upsert)
        for record in written { try upsert.execute(arguments: record.values) }
    }

    private static let upsert = """
        INSERT INTO room (\(RoomRecord.columns.joined(separator: ", ")))
        VALUES (\(RoomRecord.columns.map { _ in "?" }.joined(separator: ", ")))
        ON CONFLICT DO UPDATE SET \(RoomRecord.columns.dropFirst(3).map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """
}
