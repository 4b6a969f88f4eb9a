import GRDB
public import Usage

extension UsageLedger {
    /// Deletes what is older than it has to be kept, a day of an app at a time, so that no reading waits long.
    ///
    /// Counters are not touched: what was metered stays metered.
    ///
    /// - Parameters:
    ///   - now: The wall clock.
    ///   - days: How long totals are kept.
    ///   - rooms: How long the rooms of a day are kept.
    /// - Throws: When the ledger cannot be written; what was deleted until then stays deleted.
    public func prune(now: UnixTime, keepingDays days: Duration, rooms: Duration) async throws {
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

        var deletion: String {
            switch self {
            case .days: "DELETE FROM day WHERE app_source = ? AND day = ?"
            case .rooms: "DELETE FROM room WHERE app_source = ? AND day = ?"
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
            try await write { db in try db.execute(sql: part.deletion, arguments: StatementArguments(key)) }
        }
    }
}
