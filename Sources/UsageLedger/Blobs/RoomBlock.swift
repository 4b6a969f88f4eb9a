import Usage

/// A run of the rooms of a day, in the order of their bytes, as one value of the ledger.
///
/// A million rooms are some sixteen thousand values instead of a million rows: an eighth of the work to write, a third of
/// the room on disk. A value ends where the hash of a room says so, not after a number of rooms, so that a new room changes
/// its own run alone, and the same rooms always make the same runs.
struct RoomBlock: Hashable {
    /// Its first room; that of the day's first run is empty, whichever room it begins with.
    let key: [UInt8]
    /// The rooms.
    let bytes: [UInt8]

    /// One room in so many begins a run: they fill a third of a page of the database.
    private static let mean: UInt64 = 64

    /// The runs of a day's rooms, which come in the order of their bytes, each once and with usage.
    static func blocks(of rooms: some Sequence<RoomUsage>) -> [RoomBlock] {
        var (blocks, key, run) = ([RoomBlock](), [UInt8](), RoomRun())
        for usage in rooms {
            let id = Array(usage.room.text.utf8)
            if hash(id) % mean == 0, !run.bytes.isEmpty {
                blocks.append(RoomBlock(key: key, bytes: run.bytes))
                (key, run) = (id, RoomRun())
            }
            run.append(id, usage.seconds)
        }
        if !run.bytes.isEmpty { blocks.append(RoomBlock(key: key, bytes: run.bytes)) }
        return blocks
    }

    /// All rooms as one run, for those that are few.
    static func run(of rooms: some Sequence<RoomUsage>) -> [UInt8] {
        var run = RoomRun()
        for usage in rooms { run.append(Array(usage.room.text.utf8), usage.seconds) }
        return run.bytes
    }

    /// The rooms of one run.
    static func rooms(in bytes: [UInt8]) throws(BlobDamage) -> [RoomUsage] {
        var rooms: [RoomUsage] = []
        try append(bytes, to: &rooms)
        return rooms
    }

    /// Adds the rooms of one run to those of others.
    static func append(_ bytes: [UInt8], to rooms: inout [RoomUsage]) throws(BlobDamage) {
        var (reader, id) = (BlobReader(bytes), [UInt8]())
        while !reader.isAtEnd {
            let shared = try reader.number()
            guard shared >= 0, shared <= id.count else { throw BlobDamage() }
            id.removeLast(id.count - shared)
            id.append(contentsOf: try reader.bytes(try reader.number()))
            guard let room = RoomID(kept: id) else { throw BlobDamage() }
            rooms.append(RoomUsage(room: room, seconds: try reader.tierSeconds()))
        }
    }

    /// With its halves mixed: the lowest bits alone depend on too little.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        let hash = bytes.stableHash
        return hash ^ (hash >> 32)
    }
}

/// Rooms one after the other: of each id how much it shares with the one before, the rest of it, and its figures.
private struct RoomRun {
    private var writer = BlobWriter(capacity: 4096)
    private var previous: [UInt8] = []

    var bytes: [UInt8] { writer.bytes }

    mutating func append(_ id: [UInt8], _ seconds: TierSeconds) {
        var shared = 0
        while shared < previous.count, shared < id.count, previous[shared] == id[shared] { shared += 1 }
        writer.append(shared)
        writer.append(id.count - shared)
        writer.append(id[shared...])
        writer.append(seconds)
        previous = id
    }
}
