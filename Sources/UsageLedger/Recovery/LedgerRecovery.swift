import Foundation
import GRDB
public import Usage

/// That a damaged ledger was set aside and another one begun.
public struct LedgerRecovery: Sendable, Hashable {
    /// Where the damaged file is now.
    public let setAside: String
    /// What was wrong with it, as a part of a sentence.
    public let cause: String
    /// When that was.
    public let time: UnixTime
}

/// Sets a damaged file aside, with its log, and begins a new one with what nobody could tell again.
struct DamagedLedger {
    let path: String
    let damage: LedgerDamage
    let time: UnixTime
    /// How many days back the providers are asked again.
    let refilled: Int
    /// How often a ledger was set aside before, as far as that is known.
    let recoveries: Int
    /// What else is done with the new one before it takes the place of the damaged one.
    let prepare: (Database) throws -> Void

    /// The new file is filled under another name first: should the disk be full, or the process end, the damaged one is still
    /// there to take from.
    ///
    /// - Throws: ``LedgerError`` when the folder takes no other file.
    func replace() throws -> (LedgerFile, LedgerRecovery) {
        let begun = Self.begun(path)
        removeFiles(begun)
        defer { removeFiles(begun) }
        do {
            try fill(begun)
            let name = try setAside()
            try FileManager.default.moveItem(atPath: begun, toPath: path)
            return (try LedgerFile(path: path), LedgerRecovery(setAside: name, cause: damage.description, time: time))
        } catch {
            throw error as? LedgerError ?? LedgerError.cannotOpen(path, error)
        }
    }

    /// What is under this name while nothing is under the ledger's own was filled, and only not moved yet when the process
    /// ended.
    static func finish(_ path: String) {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try? FileManager.default.moveItem(atPath: begun(path), toPath: path)
    }

    private static func begun(_ path: String) -> String { "\(path).begun" }

    private func fill(_ name: String) throws {
        let file = try LedgerFile(path: name)
        do {
            var configuration = Configuration()
            configuration.readonly = true
            // A list of tables that is damaged in part still leads to some of them.
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
            let damaged = try? DatabaseQueue(path: path, configuration: configuration)
            try file.pool.write { db in
                try damaged?.unsafeRead { try Salvage(of: $0, to: db, refilled: refilled, at: time).run() }
                try Recoveries(db: db).count(atLeast: recoveries)
                try prepare(db)
            }
            try? damaged?.close()
        } catch {
            try? file.close()
            throw error
        }
        try file.close()
    }

    private func removeFiles(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    private func setAside() throws(LedgerError) -> String {
        let name = freeName()
        do {
            for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.moveItem(atPath: path + suffix, toPath: name + suffix)
            }
        } catch {
            throw .cannotSetAside(path)
        }
        return name
    }

    /// `rtc-exporter.sqlite.damaged-2026-11-21T18-35Z`.
    private func freeName() -> String {
        let minute = time.minuteText(in: .utc).replacing(" ", with: "T").replacing(":", with: "-")
        let names = (1...).lazy.map { "\(path).damaged-\(minute)Z" + ($0 == 1 ? "" : "-\($0)") }
        return names.first { !FileManager.default.fileExists(atPath: $0) } ?? path
    }
}
