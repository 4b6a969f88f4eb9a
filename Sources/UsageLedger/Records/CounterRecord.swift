import GRDB
import Usage

/// A row of `app_counter`.
struct CounterRecord: Hashable {
    /// `nil` before it is in the ledger.
    private(set) var id: Int?
    let app: AppKey
    /// The source that feeds the counter, as far as it has the day.
    var primarySource: Int
    var counter: AppCounter

    init(app: AppKey, primarySource: Int, counter: AppCounter) {
        self.app = app
        self.primarySource = primarySource
        self.counter = counter
    }

    static func fetchOne(_ db: Database, of app: AppKey) throws -> CounterRecord? {
        try fetchOne(
            db.cachedStatement(sql: "SELECT * FROM app_counter WHERE provider = ? AND app = ?"),
            arguments: [app.provider.rawValue, app.app]
        )
    }
}

extension CounterRecord: FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "app_counter"

    init(row: Row) throws {
        id = try row.number("id")
        let provider = Provider(rawValue: try row.decode(forColumn: "provider"))
        app = AppKey(provider: provider, app: try row.decode(forColumn: "app"))
        primarySource = try row.number("primary_source")
        // A counter that was resumed begins at the end of time.
        counter = AppCounter(
            firstAskedAt: UnixTime(milliseconds: try row.decode(forColumn: "first_asked_at")),
            firstDay: try row.decode(forColumn: "first_day")
        )
        counter.baselineAt = try row.decode(Int?.self, forColumn: "baseline_at").map { UnixTime(milliseconds: $0) }
        counter.prunedBefore = try row.decode(forColumn: "pruned_before")
        counter.revisions = Revisions(up: try row.number("revised_up"), down: try row.number("revised_down"))
        counter.baseline = try TierSeconds(row: row, prefix: "baseline_")
        counter.counted = try TierSeconds(row: row, prefix: "counted_")
        counter.metered = try TierSeconds(row: row)
    }

    func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["provider"] = app.provider.rawValue
        container["app"] = app.app
        container["primary_source"] = primarySource
        container["first_asked_at"] = counter.firstAskedAt.milliseconds
        container["first_day"] = counter.firstDay
        container["baseline_at"] = counter.baselineAt?.milliseconds
        container["pruned_before"] = counter.prunedBefore
        container["revised_up"] = counter.revisions.up
        container["revised_down"] = counter.revisions.down
        counter.baseline.encode(to: &container, prefix: "baseline_")
        counter.counted.encode(to: &container, prefix: "counted_")
        counter.metered.encode(to: &container)
    }

    mutating func didInsert(_ inserted: InsertionSuccess) {
        id = Int(inserted.rowID)
    }
}
