import Foundation
import GRDB
public import Usage

/// A look into a ledger that changes nothing: it takes no lock, so that an exporter may be using the ledger or start to, and
/// brings no tables up to date. All that it tells is of the moment at which it was opened, whatever is recorded meanwhile.
public final class LedgerLook: Sendable {
    private let path: String
    private let queue: DatabaseQueue

    /// Opens a ledger that exists.
    ///
    /// - Throws: ``LedgerError`` when there is none, when it cannot be read, and when another version wrote it.
    public init(path: String) throws(LedgerError) {
        self.path = path
        // SQLite would create it.
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        do {
            var configuration = Configuration()
            configuration.label = "ledger look"
            configuration.busyMode = .timeout(5)
            // SQLite needs its log beside the ledger. Where there is none, who may only read leaves one behind, which may then
            // not be the exporter's to write; who may write takes it away again. What is read below cannot write either way.
            configuration.readonly = FileManager.default.fileExists(atPath: "\(path)-wal")
            // The transaction that holds the moment ends with the file.
            configuration.allowsUnsafeTransactions = true
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { try $0.beginTransaction(.deferred) }
            let migrator = LedgerSchema.migrator
            let (isNewer, isComplete) = try queue.read { db in
                (try migrator.hasBeenSuperseded(db), try migrator.hasCompletedMigrations(db))
            }
            guard !isNewer else { throw LedgerError.newer(path) }
            guard isComplete else { throw LedgerError.older(path) }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw .cannotOpen(path, error)
        }
    }

    /// The apps that a provider's list had within a day of its newest edition, by id.
    public func listedApps(of provider: Provider, account: String) throws(LedgerError) -> [ListedApp] {
        try read { try $0.listedApps(of: provider, account: account) }
    }

    /// What is known of an app's days.
    public func recordedDays(of app: AppKey, from source: UsageSource) throws(LedgerError) -> [RecordedDay] {
        try read { try $0.recordedDays(of: app, from: source) }
    }

    func read<T>(_ body: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try queue.read(body)
        } catch {
            throw .cannotRead(path, error)
        }
    }

    /// Closes the file, after which nothing can be read.
    public func close() throws {
        try queue.close()
    }
}

extension LedgerError {
    fileprivate static func missing(_ path: String) -> LedgerError {
        LedgerError(description: "There is no ledger \(path) yet.")
    }

    fileprivate static func older(_ path: String) -> LedgerError {
        LedgerError(description: "The ledger \(path) is empty or was written by an older version of rtc-exporter.")
    }
}
