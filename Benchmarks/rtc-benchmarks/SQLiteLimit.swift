import CSQLiteLimit
import Usage

/// The ledger's peer: a loop in C around SQLite that does nothing else than to write and read the rows.
///
/// Safe to use: the pointer that C hands out stays inside, and is forgotten when C frees what it points to.
@safe final class SQLiteLimit {
    /// Rooms of a day in the form that C takes.
    struct Rows {
        fileprivate let names: [CChar]
        fileprivate let nameLength: Int
        fileprivate let seconds: [Int64]
        /// How many.
        let count: Int
        /// What reading them back has to add up to: all figures and the lengths of all names.
        let sum: Int

        init(_ rooms: SampleRooms) {
            count = rooms.count
            nameLength = rooms.idLength
            names = (0..<count).flatMap { rooms.id($0).utf8.map { CChar($0) } }
            seconds = (0..<count).flatMap { index in
                SampleRooms.tiers.indices.map { Int64(rooms.seconds(index, tier: $0)) }
            }
            sum = names.count + seconds.reduce(0) { $0 + Int($1) }
        }
    }

    private static let app: Int64 = 1

    /// `nil` once it is closed, so that nobody uses what C has freed.
    private var table: OpaquePointer?

    /// Opens or makes a database.
    init(path: String) throws {
        unsafe table = unsafe limit_open(path)
        guard unsafe table != nil else { throw BenchmarkError.peerFailed }
    }

    deinit {
        if let table = unsafe table { _ = unsafe limit_close(table) }
    }

    /// Inserts the rooms of a day.
    func insert(_ rows: Rows, on day: Int) throws {
        let table = unsafe table
        try check(unsafe with(rows) { unsafe limit_insert(table, Self.app, Int64(day), $0) })
    }

    /// Writes the rooms of a day again, which changes nothing.
    func upsert(_ rows: Rows, on day: Int) throws {
        let table = unsafe table
        try check(unsafe with(rows) { unsafe limit_upsert(table, Self.app, Int64(day), $0) })
    }

    /// Reads the rooms of a day in order: all figures and the lengths of all names added up.
    func sum(on day: Int) throws -> Int {
        var sum: Int64 = 0
        try check(unsafe limit_read(table, Self.app, Int64(day), &sum))
        return Int(sum)
    }

    /// Closes the file, after which nothing can be written or read.
    func close() throws {
        let table = unsafe table
        unsafe self.table = nil
        try check(unsafe limit_close(table))
    }

    /// The arrays stay where they are while C looks at them.
    private func with(_ rows: Rows, _ body: (limit_rows) -> Int32) -> Int32 {
        unsafe rows.names.withUnsafeBufferPointer { names in
            unsafe rows.seconds.withUnsafeBufferPointer { seconds in
                unsafe body(
                    limit_rows(
                        names: names.baseAddress,
                        name_length: Int32(rows.nameLength),
                        seconds: seconds.baseAddress,
                        count: Int64(rows.count)
                    )
                )
            }
        }
    }

    private func check(_ code: Int32) throws {
        guard code == 0 else { throw BenchmarkError.peerFailed }
    }
}
