import GRDB
import Usage

/// Takes out of a damaged ledger what can still be read of days and counters, and what keeps us from calling too often.
///
/// Days that are read again are not relied on: they are shown as they were until a reading takes their place. What cannot be
/// read, and what makes no sense, is left behind.
struct Salvage {
    private let damaged: Database
    private let target: Database
    private let refilled: Int
    private let time: UnixTime
    /// No day is newer than this: of what damage may say of days, nothing is believed that cannot be.
    private let today: Int

    /// - Parameters:
    ///   - damaged: Where it is taken from.
    ///   - target: Where it goes, in one transaction.
    ///   - refilled: How many days back the providers are asked again.
    ///   - time: The time.
    init(of damaged: Database, to target: Database, refilled: Int, at time: UnixTime) {
        (self.damaged, self.target, self.refilled, self.time) = (damaged, target, refilled, time)
        // Zones differ by less than a day.
        today = UsageDay(containing: time, zone: .utc).number + 1
    }

    /// - Throws: When the target cannot be written.
    func run() throws {
        for table in ["setting", "signature_refusal", "throttled_budget", "listed_app", "app_source"] {
            try carry(table) { _ in true }
        }
        try carry("day") { try DayRecord(row: $0).place.day <= today }
        try DayRecord.distrust(refilled, before: time, in: target)
        try carryCounters()
    }

    /// Where it is known up to where the days are counted, counting goes on; else it does from the next reading on, as if that
    /// were the first.
    private func carryCounters() throws {
        var counters: [CounterRecord] = []
        _ = try eachRow(of: "app_counter") { counters.append(try CounterRecord(row: $0)) }
        for var record in counters {
            try keepPrimary(of: &record)
            guard try insert(record) else { continue }
            guard try !carryCountedDays(of: record) else { continue }
            try target.execute(sql: "DELETE FROM counted_day WHERE app_counter = ?", arguments: [record.id])
            record.counter.resume()
            try record.update(target)
        }
    }

    /// - Returns: Whether all of them could be read, and are what was counted: a day that is missing would be counted twice.
    private func carryCountedDays(of record: CounterRecord) throws -> Bool {
        guard let id = record.id, record.counter.firstDay <= today else { return false }
        let counted = CountedDays(db: target, counter: id)
        let isWhole = try carry(counted)
        let counter = record.counter
        let levels = try counted.sum(counter.firstDay..<Int.max)
        return isWhole && levels == counter.counted + counter.baseline
    }

    private func carry(_ counted: CountedDays) throws -> Bool {
        try eachRow(of: "counted_day", where: "app_counter = \(counted.counter)") { row in
            let day = try row.dayNumber("day")
            guard day <= today else { throw BlobDamage() }
            try counted.set(
                day,
                CountedDay(level: try TierSeconds(row: row), baselineDue: try row.decode(forColumn: "baseline_due"))
            )
        }
    }

    /// Where it is not known any more which source was the primary, it is none.
    private func keepPrimary(of record: inout CounterRecord) throws {
        let sql = "SELECT COUNT(*) FROM app_source WHERE id = ? AND provider = ? AND app = ?"
        let app = (record.app.provider.rawValue, record.app.app)
        guard try Int.fetchOne(target, sql: sql, arguments: [record.primarySource, app.0, app.1]) == 0 else { return }
        record.primarySource = try AppSource.unknown(of: record.app, in: target)
    }

    private func insert(_ record: CounterRecord) throws -> Bool {
        try isTaken {
            var record = record
            try record.insert(target)
        }
    }

    /// Carries the rows of a table that make sense.
    private func carry(_ table: String, where makesSense: (Row) throws -> Bool) throws {
        _ = try eachRow(of: table) { row in
            guard try makesSense(row) else { return }
            let columns = Array(row.columnNames)
            let statement = try target.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO \(table) (\(columns.joined(separator: ", ")))
                    VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                    """
            )
            _ = try isTaken { try statement.execute(arguments: StatementArguments(row.databaseValues)) }
        }
    }

    /// Looks at the rows up to the first one that SQLite cannot read.
    ///
    /// - Returns: Whether all could be read and made sense.
    /// - Throws: When the target cannot be written.
    private func eachRow(of table: String, where condition: String = "TRUE", _ body: (Row) throws -> Void) throws
        -> Bool
    {
        var isWhole = true
        guard let rows = try? Row.fetchCursor(damaged, sql: "SELECT * FROM \(table) WHERE \(condition)") else {
            return false
        }
        while true {
            do {
                guard let row = try rows.next() else { return isWhole }
                do {
                    try body(row)
                } catch let error as DatabaseError {
                    throw Unwritable(cause: error)
                } catch {
                    isWhole = false
                }
            } catch let error as Unwritable {
                throw error.cause
            } catch {
                return false
            }
        }
    }

    /// Whether the target takes a row: what its checks keep out is nonsense.
    private func isTaken(_ write: () throws -> Void) throws -> Bool {
        do {
            try write()
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            return false
        }
    }

    /// It was the target that failed, not what was read.
    private struct Unwritable: Error {
        let cause: DatabaseError
    }
}
