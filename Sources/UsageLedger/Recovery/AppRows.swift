import GRDB
import Usage

/// Carries all that is kept of an app from one database to another: what is there in its place is replaced.
struct AppRows {
    let app: AppKey
    let from: Database
    let to: Database

    /// Tables with a few rows for each day: they are carried for some days only, since the rooms of a day may be a million.
    private static let detailTables = LedgerSchema.roomTables + LedgerSchema.readingTables

    /// Carries the days and the counter.
    func carry() throws {
        var places: [Int: Int] = [:]
        for id in try AppSource.all(of: app, in: from) {
            let place = try makePlace(for: id)
            places[id] = place
            try replace("day", id, place, and: "", [])
        }
        try carryCounter(places)
    }

    /// Carries what belongs to some days.
    func carryDetails(of days: Set<Int>) throws {
        for id in try AppSource.all(of: app, in: from) {
            let place = try makePlace(for: id)
            for day in days {
                for table in Self.detailTables { try replace(table, id, place, and: "AND day = ?", [day]) }
            }
        }
    }

    /// The number under which a source of the app stands at the other place.
    private func makePlace(for id: Int) throws -> Int {
        let row = try Row.fetchOne(
            from,
            sql: "SELECT source, zone_seconds FROM app_source WHERE id = ?",
            arguments: [id]
        )
        guard let row else { return id }
        return try AppSource.findOrMakeID(of: app, named: row[0], zoneSeconds: row[1], in: to)
    }

    private func replace(_ table: String, _ id: Int, _ place: Int, and more: String, _ arguments: StatementArguments)
        throws
    {
        try to.execute(
            sql: "DELETE FROM \(table) WHERE app_source = ? \(more)",
            arguments: [place] + arguments
        )
        try copy(
            table,
            where: "app_source = ? \(more)",
            [id] + arguments,
            changing: ["app_source": place]
        )
    }

    private func carryCounter(_ places: [Int: Int]) throws {
        let key: StatementArguments = [app.provider.rawValue, app.app]
        let find = "SELECT id FROM app_counter WHERE provider = ? AND app = ?"
        if let id = try Int.fetchOne(to, sql: find, arguments: key) {
            try to.execute(sql: "DELETE FROM counted_day WHERE app_counter = ?", arguments: [id])
            try to.execute(sql: "DELETE FROM app_counter WHERE id = ?", arguments: [id])
        }
        guard let record = try CounterRecord.fetchOne(from, of: app), let id = record.id,
            let primary = places[record.primarySource]
        else { return }
        try copy("app_counter", where: "id = ?", [id], changing: ["primary_source": primary])
        guard let place = try Int.fetchOne(to, sql: find, arguments: key) else { return }
        try copy("counted_day", where: "app_counter = ?", [id], changing: ["app_counter": place])
    }

    /// Copies rows, with other values in some columns and numbers of their own.
    private func copy(
        _ table: String,
        where condition: String,
        _ arguments: StatementArguments,
        changing changed: [String: Int]
    ) throws {
        let columns = try from.columns(in: table).map(\.name).filter { $0 != "id" }
        let insertion = try to.cachedStatement(
            sql: """
                INSERT INTO \(table) (\(columns.joined(separator: ", ")))
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                """
        )
        let rows = try Row.fetchCursor(
            from,
            sql: "SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE \(condition)",
            arguments: arguments
        )
        while let row = try rows.next() {
            let values = columns.map { changed[$0]?.databaseValue ?? row[$0] as DatabaseValue }
            try insertion.execute(arguments: StatementArguments(values))
        }
    }
}
