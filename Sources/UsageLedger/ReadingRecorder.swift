import GRDB
import Usage

/// Records one reading inside one transaction: its days, their rooms and the app's counter.
struct ReadingRecorder {
    let db: Database
    let source: UsageSource
    let folding: RoomFolding
    /// The app's sources in their order, the primary first, as far as that was told.
    let order: [UsageSource]?

    func record(_ reading: Reading) throws -> [RecordedDay] {
        let id = try AppSource.findOrMakeID(of: reading.app, from: source, in: db)
        var counting = try Counting(of: reading, from: source, under: id, order: order, in: db)
        let recorded = try reading.days.map { usage in
            let place = DayPlace(appSource: id, day: usage.day.number)
            let old = try DayRecord.fetchOne(db, at: place)
            let told = try entry(of: usage, in: reading)
            let new = try record(usage, told, at: place, old)
            let revisions = try noteTrail(usage, told, at: place, old)
            try counting?.take(usage.day.number, told.seconds, isFirst: old == nil, revisions)
            return new.recorded(in: source.zone)
        }
        try counting?.save()
        return recorded
    }

    /// What the reading tells of a day as a whole. There may be a million rooms: they are added up once.
    private func entry(of usage: DayUsage, in reading: Reading) throws -> DayTrail.Entry {
        guard usage.hasPossibleParts else { throw ImpossibleFigures() }
        let total = usage.total
        guard total.isPossible else { throw ImpossibleFigures() }
        let through = reading.through(usage.day, lag: source.lag)
        return DayTrail.Entry(askedAt: reading.askedAt, through: through, seconds: total)
    }

    private func record(_ usage: DayUsage, _ told: DayTrail.Entry, at place: DayPlace, _ old: DayRecord?) throws
        -> DayRecord
    {
        var new = old ?? DayRecord(place: place)
        let effect = new.state.take(told)
        guard effect != .none else {
            if new != old { try new.save(db) }
            return new
        }
        let rooms = effect == .emptied || !source.knowsRooms ? [] : usage.rooms.filter { !$0.seconds.isZero }
        new.rooms = rooms.count
        try new.save(db)
        if source.knowsRooms { try replaceRooms(at: place, by: rooms) }
        return new
    }

    private func replaceRooms(at place: DayPlace, by rooms: [RoomUsage]) throws {
        let records = RoomRecords(place: place, db: db)
        let folded = folding.fold(rooms, previous: Set(try records.named()?.map(\.room) ?? []))
        try records.replace(by: rooms, named: folded.named)
    }

    /// - Returns: How the settled day had been revised by what was known before, and is by what is known now.
    private func noteTrail(_ usage: DayUsage, _ told: DayTrail.Entry, at place: DayPlace, _ known: DayRecord?) throws
        -> (old: Revisions, new: Revisions)
    {
        let records = TrailRecords(place: place, db: db)
        // Of a day whose trail is no longer kept it is known how it ended.
        let old = try records.trail() ?? DayTrail(known.map { [DayTrail.Entry($0.state)] } ?? [])
        var new = old
        new.note(told)
        if new != old || known == nil { try records.set(new) }
        if !usage.intervals.isEmpty {
            try records.note(usage.intervals, of: usage.day, askedAt: told.askedAt)
        }
        return (old.revisions(of: usage.day, by: source), new.revisions(of: usage.day, by: source))
    }
}

/// A reading tells figures that no app can have.
private struct ImpossibleFigures: Error, CustomStringConvertible {
    var description: String { "a reading has figures that cannot be" }
}

extension DayUsage {
    fileprivate var hasPossibleParts: Bool {
        rooms.allSatisfy(\.seconds.isPossible) && intervals.allSatisfy(\.seconds.isPossible)
    }
}

extension DayTrail.Entry {
    fileprivate init(_ state: DayState) {
        self.init(
            askedAt: UnixTime(milliseconds: state.confirmedAt),
            through: UnixTime(milliseconds: state.through),
            seconds: state.seconds
        )
    }
}
