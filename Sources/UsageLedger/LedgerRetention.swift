import GRDB
import Usage

extension UsageLedger {
    /// Deletes what is older than it has to be kept, a day of an app at a time, so that no reading waits long.
    ///
    /// Age is counted back from the newest reading, not from the machine's clock: a reading was signed by a clock that the
    /// provider agreed with, and a clock that is wrong by years must not empty the ledger.
    ///
    /// - Parameters:
    ///   - days: How long totals are kept. What was metered stays metered.
    ///   - rooms: How long the rooms of a day are kept.
    /// - Throws: When the ledger cannot be written; what was deleted until then stays deleted.
    public func prune(keepingDays days: Duration, rooms: Duration) async throws {
        let newest = try await read { db in
            try Int.fetchOne(db, sql: "SELECT MAX(MAX(used_at, empty_at)) FROM day")
        }
        guard let newest else { return }
        let now = UnixTime(milliseconds: newest)
        try await prune(.rooms, before: now - rooms)
        try await prune(.days, before: now - days)
    }

    /// What is deleted: the rooms of a day, or the day with all that belongs to it.
    private enum Part {
        case rooms
        case days

        var oldDays: String {
            switch self {
            case .days: "SELECT app_source, day FROM day WHERE day < ?"
            // By way of the days, since there may be millions of rooms.
            case .rooms:
                """
                SELECT app_source, day FROM day WHERE day < ? AND EXISTS
                (SELECT 1 FROM room WHERE room.app_source = day.app_source AND room.day = day.day)
                """
            }
        }

        func delete(appSource: Int, day: Int, from db: Database) throws {
            switch self {
            case .rooms:
                try db.execute(sql: "DELETE FROM room WHERE app_source = ? AND day = ?", arguments: [appSource, day])
            case .days:
                try db.execute(sql: "DELETE FROM day WHERE app_source = ? AND day = ?", arguments: [appSource, day])
                try db.execute(
                    sql: "UPDATE counter SET pruned_before = MAX(pruned_before, ?) WHERE app_source = ?",
                    arguments: [day + 1, appSource]
                )
            }
        }
    }

    private func prune(_ part: Part, before limit: UnixTime) async throws {
        // Zones differ by less than a day: one more day is kept rather than one too few.
        let first = UsageDay(containing: limit, zone: .utc).number - 1
        let old = try await read { db in
            try Row.fetchAll(db, sql: part.oldDays, arguments: [first]).map { row -> [Int] in [row[0], row[1]] }
        }
        for key in old {
            try await write { db in try part.delete(appSource: key[0], day: key[1], from: db) }
        }
    }
}
