import GRDB
import Synchronization
import Usage

/// What becomes of readings when the disk takes nothing, and of the ledger when it is damaged.
extension UsageLedger {
    /// Writes what is held in memory first, as far as there is something.
    ///
    /// - Throws: ``DiskTrouble`` when the disk takes nothing, and ``LedgerError``.
    func writeToDisk<T>(_ body: (Database) throws -> T, isSecondTry: Bool = false) throws -> T {
        do {
            guard file.isInPlace else { throw LedgerError.replaced(path) }
            try carryBack()
            let result = try file.pool.write(body)
            state.withLock { $0.problem = nil }
            return result
        } catch {
            guard !isSecondTry, try isMended(noting: error) else { throw noted(error) }
            return try writeToDisk(body, isSecondTry: true)
        }
    }

    /// Remembers what kept a write from succeeding.
    private func noted(_ error: any Error) -> any Error {
        let told = error as? LedgerError ?? LedgerError.cannotWrite(path, error)
        state.withLock { $0.problem = told.description }
        return DiskTrouble(error) ?? told
    }

    private func isMended(noting error: any Error) throws -> Bool {
        do {
            return try isMended(error)
        } catch {
            throw noted(error)
        }
    }

    /// Does what may help against an error.
    ///
    /// - Returns: Whether there was something to do.
    private func isMended(_ error: any Error) throws -> Bool {
        if let damage = LedgerDamage(error) {
            try recover(from: damage)
            return true
        }
        // What is in the log may have its place in the file, where nothing has to grow for it.
        guard (error as? DatabaseError)?.resultCode == .SQLITE_FULL else { return false }
        return file.makeRoom()
    }

    func heldReadings() throws -> HeldReadings {
        if let held = state.withLock({ $0.held }) { return held }
        let held = try HeldReadings()
        state.withLock { $0.held = held }
        return held
    }

    func carryBack() throws {
        guard let held = state.withLock({ $0.held }) else { return }
        // There may be much to carry: a disk that takes nothing says so sooner.
        try file.touch()
        try held.carryBack(to: file.pool)
        state.withLock { $0.held = nil }
    }

    /// Sets the file aside and goes on with another one. Not twice within an hour: then the disk itself is what is wrong.
    func recover(from damage: LedgerDamage) throws {
        let (old, last) = state.withLock { ($0.file, $0.lastRecovery) }
        let time = now()
        if let last, time - last.time < .seconds(3600) { throw LedgerError.damagedAgain(path) }
        let (known, shown) = state.withLock { state in
            state.isReplacing = true
            return (state.recoveries, state.shown)
        }
        defer { state.withLock { $0.isReplacing = false } }
        let naming = roomNaming
        let damaged = DamagedLedger(path: path, damage: damage, time: time, refilled: refilled, recoveries: known) {
            db in
            try RoomNaming(text: naming).apply(to: db)
            try shown.carry(to: db)
        }
        let (file, recovery) = try damaged.replace()
        let recoveries = (try? file.pool.read { try Recoveries(db: $0).known() }) ?? known + 1
        // What is held in memory is carried to the new file like to the old one, but for the details of its other days.
        try? state.withLock { $0.held }?.ask(againFrom: time, refilled)
        state.withLock { ($0.file, $0.recoveries, $0.lastRecovery) = (file, recoveries, recovery) }
        try? old.close()
        recovered.yield(recovery)
    }
}

/// The disk takes nothing at the moment: it is full, read-only or broken, or somebody holds the file.
struct DiskTrouble: Error {
    let cause: DatabaseError

    /// `nil` when it is something else that went wrong.
    init?(_ error: any Error) {
        let codes: [ResultCode] = [
            .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_BUSY, .SQLITE_LOCKED,
        ]
        guard let error = error as? DatabaseError, codes.contains(error.resultCode) else { return nil }
        cause = error
    }
}
