import GRDB
import Usage

/// The rooms of one day in the ledger.
struct RoomRecords {
    let place: DayPlace
    let db: Database

    /// The rooms in the order of their bytes.
    func all() throws -> [RoomUsage] {
        var rooms: [RoomUsage] = []
        let runs = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT rooms FROM room_block WHERE app_source = ? AND day = ? ORDER BY first_room"
            ),
            arguments: place.arguments
        )
        while let row = try runs.next() { try RoomBlock.append(row[0], to: &rooms) }
        return rooms
    }

    /// One room; `nil` when it is not held.
    func room(_ room: RoomID) throws -> RoomUsage? {
        let run = try Row.fetchOne(
            db,
            sql: """
                SELECT rooms FROM room_block WHERE app_source = ? AND day = ? AND first_room <= ?
                ORDER BY first_room DESC LIMIT 1
                """,
            arguments: place.arguments + [Array(room.text.utf8).blob]
        )
        return try run.flatMap { row in try RoomBlock.rooms(in: row[0]).first { $0.room == room } }
    }

    /// The rooms that have series of their own, in the order of their bytes; `nil` when the day's rooms are not held.
    func named() throws -> [RoomUsage]? {
        let run = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT rooms FROM named_rooms WHERE app_source = ? AND day = ?"),
            arguments: place.arguments
        )
        return try run.map { try RoomBlock.rooms(in: $0[0]) }
    }

    /// The day's rooms with no more of them named than that; `nil` when they are no longer kept.
    func folded(of record: DayRecord, limit: Int = .max) throws -> FoldedRooms? {
        guard let held = try named() ?? (record.rooms == 0 ? [] : nil) else { return nil }
        let named = Array(held.sorted(by: RoomUsage.largestFirst).prefix(limit))
        return FoldedRooms(
            named: named,
            other: record.state.seconds.combined(with: named.total, -),
            roomCount: record.rooms
        )
    }

    /// Makes the rooms those of a reading, which come in the order of their bytes, all with usage; `named` are those of them
    /// that have series of their own. Runs that are the same as before are left alone.
    func replace(by rooms: [RoomUsage], named: [RoomUsage]) throws {
        try replaceRuns(by: RoomBlock.blocks(of: rooms))
        let run = RoomBlock.run(of: named.sorted { $0.room < $1.room })
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO named_rooms (app_source, day, rooms) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET rooms = excluded.rooms WHERE rooms IS NOT excluded.rooms
                """
        )
        try statement.execute(arguments: place.arguments + [run.blob])
    }

    private func replaceRuns(by new: [RoomBlock]) throws {
        var rest = new[...]
        let old = try Row.fetchCursor(
            db,
            sql: "SELECT id, first_room, rooms FROM room_block WHERE app_source = ? AND day = ? ORDER BY first_room",
            arguments: place.arguments
        )
        var (written, changed, removed) = ([RoomBlock](), [(id: Int, RoomBlock)](), [Int]())
        while let row = try old.next() {
            let (id, key): (Int, [UInt8]) = (row[0], try row[1])
            while let block = rest.first, block.key.lexicographicallyPrecedes(key) {
                written.append(rest.removeFirst())
            }
            guard let block = rest.first, block.key == key else {
                removed.append(id)
                continue
            }
            rest.removeFirst()
            if try row[2] != block.bytes { changed.append((id, block)) }
        }
        try write(written + rest, changed, removed)
    }

    private func write(_ new: [RoomBlock], _ changed: [(id: Int, RoomBlock)], _ removed: [Int]) throws {
        let deletion = try db.cachedStatement(sql: "DELETE FROM room_block WHERE id = ?")
        for id in removed { try deletion.execute(arguments: [id]) }
        let update = try db.cachedStatement(sql: "UPDATE room_block SET rooms = ? WHERE id = ?")
        for (id, block) in changed { try update.execute(arguments: [block.bytes.blob, id]) }
        let insertion = try db.cachedStatement(
            sql: "INSERT INTO room_block (app_source, day, first_room, rooms) VALUES (?, ?, ?, ?)"
        )
        for block in new {
            try insertion.execute(arguments: place.arguments + [block.key.blob, block.bytes.blob])
        }
    }
}
