import Dispatch
import Foundation
import GRDB
import Synchronization
public import Usage

/// What we were told, durably. One file, one writer; everything that a reading changes, it changes in one transaction.
///
/// When the disk takes nothing, readings are held in memory and shown, until it does; a file that is found to be damaged is
/// set aside, and another one begun.
public final class UsageLedger: UsageStore {
    /// Whether the file held a ledger before it was opened.
    public let existedBefore: Bool
    /// Where the file is.
    public let path: String
    /// Tells when the file turns out to be damaged in use and another one is begun: what is known is less from then on. For
    /// one listener.
    public let recoveries: AsyncStream<LedgerRecovery>

    let state: Mutex<State>
    /// What writes does so here, one after the other.
    let writer = DispatchQueue(label: "ledger writer")
    let roomNaming: String?
    let refilled: Int
    let now: @Sendable () -> UnixTime
    let recovered: AsyncStream<LedgerRecovery>.Continuation

    struct State {
        var file: LedgerFile
        var folding: RoomFolding
        var orders: [AppKey: [UsageSource]] = [:]
        /// What kept the newest attempt to write from succeeding, as a sentence.
        var problem: String?
        var held: HeldReadings?
        var shown = ShownCounters()
        var recoveries = 0
        var lastRecovery: LedgerRecovery?
        /// Whether another file takes the place of the damaged one.
        var isReplacing = false
    }

    /// Opens a ledger and brings its tables up to date; creates it when it is missing.
    ///
    /// - Parameters:
    ///   - path: The file. Its folder has to exist.
    ///   - folding: How many rooms of a day are named.
    ///   - roomNaming: What room ids go through before they are recorded, as some text. When it is another one than the
    ///     ledger was written with, the rooms that are held are deleted: they would be shown by names that are not wanted.
    ///     `nil` leaves it at what it is, for those who record no rooms.
    ///   - refilled: How many days back the providers are asked again for what is missing.
    ///   - now: Tells the time, for the name of a file that is set aside.
    /// - Throws: ``LedgerError``.
    public init(
        path: String,
        folding: RoomFolding,
        roomNaming: String? = "plain",
        refilled: Int = 30,
        now: @escaping @Sendable () -> UnixTime
    ) throws(LedgerError) {
        let path = Self.resolved(path)
        (self.path, self.roomNaming, self.refilled, self.now) = (path, roomNaming, refilled, now)
        (recoveries, recovered) = AsyncStream.makeStream()
        existedBefore = FileManager.default.fileExists(atPath: path)
        do {
            let (file, recoveries, recovery) = try Self.open(path, roomNaming, refilled: refilled, now: now)
            state = Mutex(State(file: file, folding: folding, recoveries: recoveries, lastRecovery: recovery))
        } catch {
            throw error as? LedgerError ?? .cannotOpen(path, error)
        }
    }

    /// The file itself where the path is a link: what is set aside and begun anew has to be beside it.
    private static func resolved(_ path: String) -> String {
        guard (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil else { return path }
        return URL(filePath: path).resolvingSymlinksInPath().path
    }

    private static func open(_ path: String, _ naming: String?, refilled: Int, now: () -> UnixTime) throws
        -> (LedgerFile, recoveries: Int, LedgerRecovery?)
    {
        DamagedLedger.finish(path)
        do {
            let file = try LedgerFile(path: path)
            do {
                return (file, try begin(file, naming), nil)
            } catch {
                try? file.close()
                throw error
            }
        } catch {
            guard let damage = LedgerDamage(error) else { throw error }
            let damaged = DamagedLedger(path: path, damage: damage, time: now(), refilled: refilled, recoveries: 0) {
                db in
                try RoomNaming(text: naming).apply(to: db)
            }
            let (file, recovery) = try damaged.replace()
            return (file, try begin(file, nil), recovery)
        }
    }

    /// What is done first with a file.
    ///
    /// - Returns: How often a damaged one was set aside.
    static func begin(_ file: LedgerFile, _ naming: String?) throws -> Int {
        try file.pool.write { db in
            try RoomNaming(text: naming).apply(to: db)
            return try Recoveries(db: db).known()
        }
    }

    /// How many rooms of a day are named: of readings that are recorded from now on, and at most of those that are held.
    public var folding: RoomFolding {
        get { state.withLock { $0.folding } }
        set { state.withLock { $0.folding = newValue } }
    }

    /// How the ledger stands.
    public var condition: StoreCondition {
        let size = ["", "-wal", "-shm"].reduce(0) { $0 + FileHeader.size(of: path + $1) }
        return state.withLock { state in
            StoreCondition(
                size: size,
                problem: state.problem,
                heldApps: state.held?.days.count ?? 0,
                recoveries: state.recoveries,
                lastRecovery: state.lastRecovery
            )
        }
    }

    /// Closes the file, after which nothing can be read or written.
    public func close() throws {
        try writer.sync {
            try? carryBack()
            try file.close()
        }
        recovered.finish()
    }

    var file: LedgerFile { state.withLock { $0.file } }

    // MARK: Readings

    /// Records a reading; recording the same one again changes nothing. When the disk does not take it, it is held in memory,
    /// to be recorded with the next one that the disk takes.
    ///
    /// - Returns: What is known afterwards of the days that the reading tells of.
    /// - Throws: ``LedgerError``, or a `CancellationError`; the ledger is then as it was before.
    public func record(_ reading: Reading, from source: UsageSource) async throws -> [RecordedDay] {
        try await writing { ledger in
            let (folding, order) = ledger.state.withLock { ($0.folding, $0.orders[reading.app]) }
            do {
                return try ledger.writeToDisk { db in
                    try ReadingRecorder(db: db, source: source, folding: folding, order: order).record(reading)
                }
            } catch let trouble as DiskTrouble {
                let (held, disk) = (try ledger.heldReadings(), ledger.file.pool)
                do {
                    return try held.record(reading, from: source, folding: folding, order: order, reading: disk)
                } catch {
                    throw LedgerError.cannotWrite(ledger.path, trouble.cause)
                }
            }
        }
    }

    /// Takes the authority from readings that are said to have been asked later than it is now.
    ///
    /// The days keep up to where they are counted, so that nothing is metered twice when they are read again.
    public func distrustReadings(of app: AppKey, from source: UsageSource, askedAfter now: UnixTime) async throws {
        try await write { db in try Distrust(app: app, source: source, now: now).apply(to: db) }
    }

    /// What is known of an app's days, from `first` on.
    public func recordedDays(of app: AppKey, from source: UsageSource, since first: UsageDay) async throws
        -> [RecordedDay]
    {
        try await read(as: app) { try $0.recordedDays(of: app, from: source, since: first.number) }
    }

    /// Tells which sources apps have from now on, the primary first. When that is another one than before, what it tells next
    /// is where metering goes on.
    public func setSources(_ sources: [AppKey: [UsageSource]]) {
        state.withLock { $0.orders = sources }
    }

    /// What `/metrics` shows of an app with these sources, the primary first.
    public func figures(of app: AppKey, from sources: [UsageSource]) async throws -> AppFigures {
        let figures = try await read(as: app) { [folding] db in
            try AppFiguresQuery(db: db, folding: folding).figures(of: app, from: sources)
        }
        state.withLock { $0.shown.note(figures, of: app) }
        return figures
    }
}
