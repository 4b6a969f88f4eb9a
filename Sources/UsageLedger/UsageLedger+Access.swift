import Dispatch
import GRDB
import Synchronization
import Usage

/// How the ledger is read and written: by the file that is in force, and what writes one after the other.
extension UsageLedger {
    /// Reads what is on the disk.
    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        let file = file
        do {
            let result = try await file.pool.read(body)
            if isInForce(file) { return result }
        } catch let error as CancellationError {
            throw error
        } catch  where isInForce(file) {
            guard let damage = LedgerDamage(error) else { throw LedgerError.cannotRead(path, error) }
            try await writing { if $0.isInForce(file) { try $0.recover(from: damage) } }
        } catch {
            // Another file takes its place.
        }
        return try await writing { ledger in
            do { return try ledger.file.pool.read(body) } catch { throw LedgerError.cannotRead(ledger.path, error) }
        }
    }

    /// Whether a file is the ledger's still. While another one takes its place, the path leads to one that is not filled yet,
    /// and what is read there is not so.
    func isInForce(_ file: LedgerFile) -> Bool {
        state.withLock { !$0.isReplacing && $0.file === file }
    }

    /// Reads an app as it would stand on the disk.
    func read<T: Sendable>(as app: AppKey, _ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        guard state.withLock({ $0.held?.days[app] != nil }) else { return try await read(body) }
        return try await writing { ledger in
            guard let held = ledger.state.withLock({ $0.held }) else { return try ledger.file.pool.read(body) }
            return try held.read(body)
        }
    }

    /// Writes to the disk.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        try await writing { ledger in
            do {
                return try ledger.writeToDisk(body)
            } catch let trouble as DiskTrouble {
                throw LedgerError.cannotWrite(ledger.path, trouble.cause)
            }
        }
    }

    /// Brings the log into the file.
    func checkpoint() async throws {
        try await writing { ledger in
            do { try ledger.file.checkpoint() } catch { throw LedgerError.cannotWrite(ledger.path, error) }
        }
    }

    /// Does what writes, when all that was asked for before is done; not at all when the task is cancelled before.
    func writing<T: Sendable>(_ body: @escaping @Sendable (UsageLedger) throws -> T) async throws -> T {
        let isCancelled = Flag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                writer.async {
                    continuation.resume(
                        with: Result {
                            guard !isCancelled.isSet else { throw CancellationError() }
                            return try body(self)
                        }
                    )
                }
            }
        } onCancel: {
            isCancelled.set()
        }
    }
}

/// Is set once, by any thread.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}
