import Foundation
import GRDB

/// The file of a ledger, open and locked.
final class LedgerFile: Sendable {
    let path: String
    let pool: DatabasePool
    private let lock: LedgerLock

    /// By this a ledger is told from other SQLite files: `RTCL`.
    private static let applicationID: Int32 = 0x5254_434C
    /// The log is cut back to this many bytes when what it holds is in the file: one large reading must not leave it large.
    private static let longestLog = 16 << 20

    /// Opens the file and brings its tables up to date; creates it when it is missing.
    ///
    /// - Throws: ``LedgerError``; ``LedgerDamage`` when it is a ledger, or was one, that cannot be relied on.
    init(path: String) throws {
        self.path = path
        let header = FileHeader(path: path)
        guard header != .other, header != .database || Self.isOurs(path) else { throw LedgerError.foreign(path) }
        lock = try LedgerLock(path: path)
        do {
            guard header != .wiped else { throw LedgerDamage(description: "its beginning is wiped out") }
            let wasUnclean = FileHeader.size(of: "\(path)-wal") > 0
            var configuration = Configuration()
            configuration.label = "ledger"
            configuration.busyMode = .timeout(5)
            pool = try DatabasePool(path: path, configuration: configuration)
            if wasUnclean { try check() }
            try prepare()
        } catch {
            lock.release()
            throw LedgerDamage(error) ?? error
        }
    }

    private func prepare() throws {
        let migrator = LedgerSchema.migrator
        guard try !pool.read(migrator.hasBeenSuperseded) else { throw LedgerError.newer(path) }
        try migrator.migrate(pool)
        // SQLite also opens what it may not write: without a first write, that would be told at the first reading only.
        try touch()
        try pool.writeWithoutTransaction { db in
            // What Prometheus has seen of a counter must not be lost with the power.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA journal_size_limit = \(Self.longestLog)")
        }
    }

    /// A database without our mark is ours when it is empty or has our list of migrations. Looks without changing it, as
    /// opening a pool would; what cannot be looked at is for those to tell who open it.
    private static func isOurs(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else { return true }
        defer { try? queue.close() }
        let isOurs = try? queue.read { db in
            let id = try Int32.fetchOne(db, sql: "PRAGMA application_id")
            let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            return id == applicationID || id == 0 && (tables.isEmpty || tables.contains("grdb_migrations"))
        }
        return isOurs ?? true
    }

    /// Looks through the whole file.
    private func check() throws {
        let complaint = try pool.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
        guard complaint == "ok" else { throw LedgerDamage(description: complaint ?? "it cannot be checked") }
    }

    /// Whether the path still leads to this file; not so after it was deleted or replaced.
    var isInPlace: Bool { lock.isHeld(of: path) }

    /// Brings what is in the log into the file, and cuts the log back to nothing unless somebody is reading it: an export may,
    /// for long.
    func checkpoint() throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = 5000") }
            do {
                _ = try db.checkpoint(.truncate)
            } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
                _ = try db.checkpoint(.passive)
            }
        }
    }

    /// What is in the log may have its place in the file, where nothing has to grow for it.
    ///
    /// - Returns: Whether some of it had.
    func makeRoom() -> Bool {
        let result = try? pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
        return (result?.checkpointedFrameCount ?? 0) > 0
    }

    /// Writes as little as can be.
    ///
    /// - Throws: `DatabaseError` when the disk takes nothing.
    func touch() throws {
        try pool.write { try $0.execute(sql: "PRAGMA application_id = \(Self.applicationID)") }
    }

    /// Closes the file, after which nothing can be read or written.
    func close() throws {
        defer { lock.release() }
        // Whoever copies the file then has all of it.
        try? checkpoint()
        try pool.close()
    }
}

/// Why a ledger cannot be relied on any more, as a part of a sentence.
struct LedgerDamage: Error {
    let description: String

    init(description: String) {
        self.description = description
    }

    /// `nil` when it is something else that went wrong.
    init?(_ error: any Error) {
        switch error {
        case let damage as LedgerDamage: self = damage
        case is BlobDamage, is RowDecodingError: description = BlobDamage().description
        case let error as DatabaseError
        where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB:
            description = error.message ?? "SQLite says that it is malformed"
        default: return nil
        }
    }
}

/// What stands at the beginning of a file.
enum FileHeader {
    /// There is no file, or nothing in it.
    case none
    /// A database.
    case database
    /// Nothing but zeros, as a crash of the machine leaves them.
    case wiped
    /// Something else, which is not ours to touch.
    case other

    init(path: String) {
        guard let file = FileHandle(forReadingAtPath: path), let bytes = try? file.read(upToCount: 100), !bytes.isEmpty
        else {
            self = .none
            return
        }
        if bytes.starts(with: Array("SQLite format 3\0".utf8)) {
            self = .database
        } else {
            self = bytes.allSatisfy { $0 == 0 } ? .wiped : .other
        }
    }

    static func size(of path: String) -> Int {
        // Each scrape asks: Foundation would look up the file's owner, too.
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
