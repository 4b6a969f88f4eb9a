import GRDB
import Synchronization
import Usage

/// What could not be written to the disk: the apps concerned, as they would stand in the ledger, in memory.
///
/// The same tables and rules as on the disk, so that nothing is decided twice. When the disk can be written again, the apps
/// are carried back as they are.
final class HeldReadings: Sendable {
    private let held = Mutex<[AppKey: Set<Int>]>([:])
    private let queue: DatabaseQueue

    init() throws {
        var configuration = Configuration()
        configuration.label = "ledger in memory"
        queue = try DatabaseQueue(configuration: configuration)
        try LedgerSchema.migrator.migrate(queue)
    }

    /// The apps that are held here and not as they are on the disk, and of which days all details are.
    var days: [AppKey: Set<Int>] { held.withLock { $0 } }

    /// Records a reading here, after what the disk has of its app was carried over.
    func record(
        _ reading: Reading,
        from source: UsageSource,
        folding: RoomFolding,
        order: [UsageSource]?,
        reading disk: DatabasePool
    ) throws -> [RecordedDay] {
        try disk.read { disk in try queue.write { try fetch(reading, from: disk, to: $0) } }
        return try queue.write { db in
            try ReadingRecorder(db: db, source: source, folding: folding, order: order).record(reading)
        }
    }

    private func fetch(_ reading: Reading, from disk: Database, to memory: Database) throws {
        let rows = AppRows(app: reading.app, from: disk, to: memory)
        var concerned = Set(reading.days.map(\.day.number))
        let known = days[reading.app]
        if known == nil {
            try rows.carry()
            // The page shows the rooms of the newest day.
            for id in try AppSource.all(of: reading.app, in: disk) {
                let newest = try Int.fetchOne(
                    disk,
                    sql: "SELECT MAX(day) FROM day WHERE app_source = ?",
                    arguments: [id]
                )
                newest.map { _ = concerned.insert($0) }
            }
        }
        try rows.carryDetails(of: concerned.subtracting(known ?? []))
        held.withLock { [concerned] in $0[reading.app, default: []].formUnion(concerned) }
    }

    /// Carries everything to the disk, all or nothing.
    func carryBack(to disk: DatabasePool) throws {
        try queue.read { memory in
            try disk.write { disk in
                for (app, days) in days {
                    let rows = AppRows(app: app, from: memory, to: disk)
                    try rows.carry()
                    try rows.carryDetails(of: days)
                }
            }
        }
    }

    /// Takes the authority from days that are read again, as a ledger that is begun anew does: what their readings told beside
    /// the totals is lost.
    func ask(againFrom time: UnixTime, _ refilled: Int) throws {
        try queue.write { try DayRecord.distrust(refilled, before: time, in: $0) }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try queue.read(body)
    }
}
