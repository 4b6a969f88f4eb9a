import GRDB
import Usage

/// The short number under which an app of a source stands in all other tables.
enum AppSource {
    static func id(of app: AppKey, from source: UsageSource, in db: Database) throws -> Int? {
        try Int.fetchOne(
            db,
            sql: "SELECT id FROM app_source WHERE provider = ? AND app = ? AND source = ? AND zone_seconds = ?",
            arguments: arguments(app, source)
        )
    }

    static func findOrMakeID(of app: AppKey, from source: UsageSource, in db: Database) throws -> Int {
        if let id = try id(of: app, from: source, in: db) { return id }
        try db.execute(
            sql: "INSERT INTO app_source (provider, app, source, zone_seconds) VALUES (?, ?, ?, ?)",
            arguments: arguments(app, source)
        )
        return Int(db.lastInsertedRowID)
    }

    private static func arguments(_ app: AppKey, _ source: UsageSource) -> StatementArguments {
        [app.provider.rawValue, app.app, source.name, source.zone.seconds]
    }
}
