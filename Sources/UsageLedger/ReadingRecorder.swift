import GRDB
import Usage

/// Records one reading inside one transaction: its days, their rooms and the counters.
struct ReadingRecorder {
    let db: Database
    let source: UsageSource
    let folding: RoomFolding

    func record(_ reading: Reading) throws -> [RecordedDay] {
        let id = try AppSource.findOrMakeID(of: reading.app, from: source, in: db)
        let known = try CounterRecord.fetchOne(db, sql: "SELECT * FROM counter WHERE app_source = ?", arguments: [id])
        let firstDay = source.day(containing: reading.askedAt).number
        var counter = known ?? CounterRecord(appSource: id, firstDay: firstDay)
        let recorded = try reading.days.map { usage in
            try record(usage, of: reading, under: id, isFirst: known == nil, counter: &counter)
        }
        if counter != known { try counter.save(db) }
        return recorded
    }

    private func record(
        _ usage: DayUsage,
        of reading: Reading,
        under id: Int,
        isFirst: Bool,
        counter: inout CounterRecord
    ) throws -> RecordedDay {
        let old = try DayRecord.fetchOne(
            db,
            sql: "SELECT * FROM day WHERE app_source = ? AND day = ?",
            arguments: [id, usage.day.number]
        )
        var new = old ?? DayRecord(appSource: id, day: usage.day.number)
        let through = reading.through(usage.day, lag: source.lag)
        let effect = new.take(usage.total, askedAt: reading.askedAt, through: through)
        switch effect {
        case .replaced: new.seconds = usage.total
        case .emptied: new.seconds = .zero
        case .none: break
        }
        guard new != old else { return new.recorded(in: source.zone) }
        let rooms = usage.rooms.filter { !$0.seconds.isZero }
        if effect != .none { new.rooms = source.knowsRooms ? rooms.count : 0 }
        try new.save(db)
        if effect != .none, source.knowsRooms { try replaceRooms(of: new, by: rooms) }
        // Of the first polled day only what comes after the first look counts. A source of whole days that did not list that
        // day when it was first asked had nothing to show of it yet, so that all of it is still to come.
        counter.meter(from: old, to: new, isBaseline: old == nil && (isFirst || source.grain == .minutes))
        if let old, old.recorded(in: source.zone).isSettled(by: source) {
            counter.revise(from: old.seconds, to: new.seconds)
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
}
