import Foundation
import GRDB
import Synchronization
public import Usage

/// What we were told, durably. One file, one writer; everything that a reading changes, it changes in one transaction.
public final class UsageLedger: ReadingStore {
    /// Whether the file held a ledger before it was opened.
    public let existedBefore: Bool
    /// Where the file is.
    public let path: String

    private let pool: DatabasePool
    private let lock: LedgerLock
    private let currentFolding: Mutex<RoomFolding>
    private let writable = Mutex(true)

    /// Opens a ledger and brings its tables up to date; creates it when it is missing.
    ///
    /// - Parameters:
    ///   - path: The file. Its folder has to exist.
    ///   - folding: How many rooms of a day are named.
    ///   - roomNaming: What room ids go through before they are recorded, as some text. When it is another one than the
    ///     ledger was written with, the rooms that are held are deleted: they would be shown by names that are not wanted.
    ///     `nil` leaves it at what it is, for those who record no rooms.
    /// - Throws: ``LedgerError``.
    public init(path: String, folding: RoomFolding, roomNaming: String? = "plain") throws(LedgerError) {
        self.path = path
        currentFolding = Mutex(folding)
        do {
            var configuration = Configuration()
            configuration.label = "ledger"
            configuration.busyMode = .timeout(5)
            existedBefore = FileManager.default.fileExists(atPath: path)
            lock = try LedgerLock(path: path)
            pool = try DatabasePool(path: path, configuration: configuration)
            guard try !pool.read(LedgerSchema.migrator.hasBeenSuperseded) else { throw LedgerError.newer(path) }
            try LedgerSchema.migrator.migrate(pool)
            // SQLite also opens what it may not write: without a first write, that would be told at the first reading only.
            try pool.write { db in
                try db.execute(sql: "PRAGMA user_version = 0")
                try roomNaming.map { try RoomNaming(text: $0).apply(to: db) }
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw .cannotOpen(path, error)
        }
    }

    /// How many rooms of a day are named: of readings that are recorded from now on, and at most of those that are held.
    public var folding: RoomFolding {
        get { currentFolding.withLock { $0 } }
        set { currentFolding.withLock { $0 = newValue } }
    }

    /// Records a reading; recording the same one again changes nothing.
    ///
    /// - Returns: What is known afterwards of the days that the reading tells of.
    /// - Throws: ``LedgerError``, or a `CancellationError`; the ledger is then as it was before.
    public func record(_ reading: Reading, from source: UsageSource) async throws -> [RecordedDay] {
        do {
            guard lock.isHeld(of: path) else { throw LedgerError.replaced(path) }
            let recorded = try await pool.write { [folding] db in
                try ReadingRecorder(db: db, source: source, folding: folding).record(reading)
            }
            writable.withLock { $0 = true }
            return recorded
        } catch let error as CancellationError {
            throw error
        } catch {
            writable.withLock { $0 = false }
            throw error as? LedgerError ?? LedgerError.cannotWrite(path, error)
        }
    }

    /// Takes the authority from readings that are said to have been asked later than it is now.
    ///
    /// The days keep their highest figures, so that nothing is metered twice when they are read again.
    public func distrustReadings(of app: AppKey, from source: UsageSource, askedAfter now: UnixTime) async throws {
        try await write { db in
            guard let id = try AppSource.id(of: app, from: source, in: db) else { return }
            try db.execute(
                sql: "DELETE FROM day WHERE app_source = ? AND day > ?",
                arguments: [id, source.day(containing: now).number]
            )
            // Asked at some time long ago: earlier than whatever is asked from now on.
            try db.execute(
                sql: """
                    UPDATE day SET used_at = MIN(used_at, ?1), empty_at = MIN(empty_at, ?1),
                    empty_before_at = MIN(empty_before_at, ?1)
                    WHERE app_source = ?2 AND MAX(used_at, empty_at) > ?3
                    """,
                arguments: [1, id, now.milliseconds]
            )
        }
    }

    /// What is known of an app's days, from `first` on.
    public func recordedDays(of app: AppKey, from source: UsageSource, since first: UsageDay) async throws
        -> [RecordedDay]
    {
        try await read { try $0.recordedDays(of: app, from: source, since: first.number) }
    }

    /// What `/metrics` shows of an app from one source.
    public func figures(of app: AppKey, from source: UsageSource) async throws -> SourceFigures {
        try await read { [folding] db in
            try SourceFiguresQuery(db: db, source: source, folding: folding).figures(of: app)
        }
    }

    /// The rooms of a day as they stand, in the order of their bytes.
    public func rooms(of app: AppKey, from source: UsageSource, on day: UsageDay) async throws -> [RoomUsage] {
        try await read { db in
            guard let id = try AppSource.id(of: app, from: source, in: db) else { return [] }
            return try RoomRecord.filter(sql: "app_source = ? AND day = ?", arguments: [id, day.number])
                .order(sql: "room").fetchAll(db).map(\.usage)
        }
    }

    /// The size of the ledger on disk in bytes, its write-ahead log included.
    public var size: Int {
        ["", "-wal", "-shm"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + ((attributes?[.size] as? Int) ?? 0)
        }
    }

    /// Whether the newest attempt to write succeeded.
    public var isWritable: Bool { writable.withLock { $0 } }

    func read<T: Sendable>(_ body: @Sendable (Database) throws -> T) async throws -> T {
        do {
            return try await pool.read(body)
        } catch let error as DatabaseError {
            throw LedgerError.cannotRead(path, error)
        }
    }

    func write<T: Sendable>(_ body: @Sendable (Database) throws -> T) async throws -> T {
        do {
            return try await pool.write(body)
        } catch let error as DatabaseError {
            throw LedgerError.cannotWrite(path, error)
        }
    }

    /// Closes the file, after which nothing can be read or written.
    public func close() throws {
        // Whoever copies the file then has all of it.
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try pool.close()
        lock.release()
    }
}
