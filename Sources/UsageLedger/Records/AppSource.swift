import GRDB
import Usage

/// The short number under which an app of a source stands in all other tables.
enum AppSource {
    static func id(of app: AppKey, from source: UsageSource, in db: Database) throws -> Int? {
        try id(of: app, named: source.name, zoneSeconds: source.zone.seconds, in: db)
    }

    private static func id(of app: AppKey, named name: String, zoneSeconds: Int, in db: Database) throws -> Int? {
        try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT id FROM app_source WHERE provider = ? AND app = ? AND source = ? AND zone_seconds = ?"
            ),
            arguments: [app.provider.rawValue, app.app, name, zoneSeconds]
        )
    }

    static func findOrMakeID(of app: AppKey, from source: UsageSource, in db: Database) throws -> Int {
        try findOrMakeID(of: app, named: source.name, zoneSeconds: source.zone.seconds, in: db)
    }

    static func findOrMakeID(of app: AppKey, named name: String, zoneSeconds: Int, in db: Database) throws -> Int {
        if let known = try id(of: app, named: name, zoneSeconds: zoneSeconds, in: db) { return known }
        try db.execute(
            sql: "INSERT INTO app_source (provider, app, source, zone_seconds) VALUES (?, ?, ?, ?)",
            arguments: [app.provider.rawValue, app.app, name, zoneSeconds]
        )
        return Int(db.lastInsertedRowID)
    }

    /// Stands for a source of which it is not known any more which one it was: the one that is told next takes its place.
    static func unknown(of app: AppKey, in db: Database) throws -> Int {
        try findOrMakeID(of: app, named: "", zoneSeconds: 0, in: db)
    }

    /// All of an app.
    static func all(of app: AppKey, in db: Database) throws -> [Int] {
        try Int.fetchAll(
            db,
            sql: "SELECT id FROM app_source WHERE provider = ? AND app = ? ORDER BY id",
            arguments: [app.provider.rawValue, app.app]
        )
    }

    /// The app's first source; where no order was told, the one that is asked first.
    static func primary(of app: AppKey, _ order: [UsageSource]?, orElse id: Int, in db: Database) throws -> Int {
        try order?.first.map { try findOrMakeID(of: app, from: $0, in: db) } ?? id
    }

    /// The sources that go before one, whose days are theirs to count; `nil` when the one feeds nothing: because it is not
    /// among the app's sources, or has days of its own, or no order was told and another one is the primary.
    static func before(_ id: Int, primary: Int, of app: AppKey, _ order: [UsageSource]?, in db: Database) throws
        -> [Int]?
    {
        guard let order else { return id == primary ? [] : nil }
        let ids = try order.inOneZone.map { try self.id(of: app, from: $0, in: db) }
        return ids.firstIndex(of: id).map { ids[..<$0].compactMap(\.self) }
    }
}

extension [UsageSource] {
    /// Those whose days begin when the first one's do.
    var inOneZone: [UsageSource] { filter { $0.zone == first?.zone } }
}
