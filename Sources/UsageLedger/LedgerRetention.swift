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
        for (part, limit) in [(Part.rooms, now - rooms), (.details, now - Self.details), (.days, now - days)] {
            for place in try await read({ try part.old(before: limit, in: $0) }) {
                try await write { try part.delete(at: place, from: $0) }
            }
        }
        try await checkpoint()
    }

    /// How long it is kept what each reading told of a day, and the day by five minutes.
    private static let details = Duration.seconds(35 * 86_400)

    /// What is deleted.
    private enum Part {
        /// The rooms of a day.
        case rooms
        /// What its readings told, and its five minutes.
        case details
        /// The day with all that belongs to it.
        case days

        /// The tables with a row for a day, or several.
        private var tables: [String] {
            switch self {
            case .rooms: LedgerSchema.roomTables
            case .details: LedgerSchema.readingTables
            case .days: Part.rooms.tables + Part.details.tables + ["day"]
            }
        }

        /// The days of which there is something to delete.
        func old(before limit: UnixTime, in db: Database) throws -> [DayPlace] {
            // Zones differ by less than a day: one more day is kept rather than one too few.
            let first = UsageDay(containing: limit, zone: .utc).number - 1
            // There may be many runs of rooms: the named ones have a row a day.
            let tables = tables.filter { $0 != "room_block" }.map { "SELECT app_source, day FROM \($0) WHERE day < ?1" }
            return try Row.fetchAll(db, sql: tables.joined(separator: " UNION "), arguments: [first])
                .map { DayPlace(appSource: $0[0], day: $0[1]) }
        }

        func delete(at place: DayPlace, from db: Database) throws {
            for table in tables {
                try db.cachedStatement(sql: "DELETE FROM \(table) WHERE app_source = ? AND day = ?")
                    .execute(arguments: place.arguments)
            }
            guard self == .days else { return }
            try CountedDays.forget(place, in: db)
        }
    }
}
