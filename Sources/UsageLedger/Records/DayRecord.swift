import GRDB
import Usage

/// A row of `day`: what is known of one day of one app from one source.
struct DayRecord: Hashable {
    let place: DayPlace
    var state: DayState
    /// How many rooms had usage.
    var rooms: Int

    init(place: DayPlace) {
        self.place = place
        (state, rooms) = (DayState(), 0)
    }

    func day(in zone: ZoneOffset) -> UsageDay { UsageDay(number: place.day, zone: zone) }

    func recorded(in zone: ZoneOffset) -> RecordedDay { state.recorded(on: day(in: zone)) }
}

extension DayRecord: FetchableRecord, PersistableRecord {
    static let databaseTableName = "day"

    init(row: Row) throws {
        place = DayPlace(appSource: try row.number("app_source"), day: try row.dayNumber("day"))
        rooms = try row.number("rooms")
        state = DayState(
            usedAt: try row.number("used_at"),
            usedThrough: try row.number("used_through"),
            emptyAt: try row.number("empty_at"),
            emptyThrough: try row.number("empty_through"),
            emptyBeforeAt: try row.number("empty_before_at"),
            seconds: try TierSeconds(row: row)
        )
    }

    func encode(to container: inout PersistenceContainer) {
        container["app_source"] = place.appSource
        container["day"] = place.day
        container["used_at"] = state.usedAt
        container["used_through"] = state.usedThrough
        container["empty_at"] = state.emptyAt
        container["empty_through"] = state.emptyThrough
        container["empty_before_at"] = state.emptyBeforeAt
        container["rooms"] = rooms
        state.seconds.encode(to: &container)
    }

    static func fetchOne(_ db: Database, at place: DayPlace) throws -> DayRecord? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM day WHERE app_source = ? AND day = ?")
        return try fetchOne(statement, arguments: place.arguments)
    }
}

extension DayRecord {
    /// Takes the authority from days: their readings count as asked long ago, earlier than whatever is asked from now on.
    static func distrust(where condition: String, _ arguments: StatementArguments, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE day SET used_at = MIN(used_at, 1), empty_at = MIN(empty_at, 1),
                empty_before_at = MIN(empty_before_at, 1) WHERE \(condition)
                """,
            arguments: arguments
        )
    }

    /// Takes it from the days that are read again because the ledger is begun anew, from that many days before a moment on.
    static func distrust(_ days: Int, before time: UnixTime, in db: Database) throws {
        try distrust(where: "day >= ?", [UsageDay(containing: time, zone: .utc).number - days], in: db)
    }
}

extension Database {
    /// What is known of an app's days, the oldest first; from a day of that number on, or of all of them.
    func recordedDays(of app: AppKey, from source: UsageSource, since first: Int? = nil) throws -> [RecordedDay] {
        guard let id = try AppSource.id(of: app, from: source, in: self) else { return [] }
        return try DayRecord.filter(sql: "app_source = ? AND day >= ?", arguments: [id, first ?? .min])
            .order(sql: "day").fetchAll(self).map { $0.recorded(in: source.zone) }
    }
}
