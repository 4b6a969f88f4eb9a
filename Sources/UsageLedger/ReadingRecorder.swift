import GRDB
import Usage

/// Records one reading inside one transaction: the day, its rooms and the counters.
struct ReadingRecorder {
    let db: Database
    let source: UsageSource
    let folding: RoomFolding

    func record(_ reading: Reading) throws -> RecordedDay {
        let id = try AppSource.findOrMakeID(of: reading.app, from: source, in: db)
        let day = reading.window.day
        let old = try DayRecord.fetchOne(
            db,
            sql: "SELECT * FROM day WHERE app_source = ? AND day = ?",
            arguments: [id, day.number]
        )
        var new = old ?? DayRecord(appSource: id, day: day.number)
        let effect = new.take(reading, lag: source.lag)
        switch effect {
        case .replaced: new.seconds = reading.total
        case .emptied: new.seconds = .zero
        case .none: break
        }
        let rooms = reading.rooms.filter { !$0.seconds.isZero }
        if effect != .none { new.rooms = rooms.count }
        if new != old {
            try new.save(db)
            if effect != .none { try replaceRooms(of: new, by: rooms) }
            try count(reading, from: old, to: new)
        }
        return new.recorded(in: source.zone)
    }

    private func replaceRooms(of day: DayRecord, by rooms: [RoomUsage]) throws {
        let old = try RoomRecord.filter(sql: "app_source = ? AND day = ?", arguments: [day.appSource, day.day])
            .order(sql: "room").fetchAll(db)
        let folded = folding.fold(rooms, previous: Set(old.filter(\.named).map(\.usage.room)))
        let named = Set(folded.named.map(\.room))
        let new = rooms.map { usage in
            RoomRecord(appSource: day.appSource, day: day.day, usage: usage, named: named.contains(usage.room))
        }
        let changes = RoomChanges(from: old, to: new)
        try changes.write(to: db)
    }

    private func count(_ reading: Reading, from old: DayRecord?, to new: DayRecord) throws {
        let known = try CounterRecord.fetchOne(
            db,
            sql: "SELECT * FROM counter WHERE app_source = ?",
            arguments: [new.appSource]
        )
        let firstDay = source.day(containing: reading.askedAt).number
        var counter = known ?? CounterRecord(appSource: new.appSource, firstDay: firstDay)
        counter.meter(from: old, to: new)
        if let old, old.recorded(in: source.zone).isSettled(by: source) {
            counter.revise(from: old.seconds, to: new.seconds)
        }
        if counter != known { try counter.save(db) }
    }
}
