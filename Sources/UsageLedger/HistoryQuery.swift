import GRDB
public import Usage

extension LedgerLook {
    /// What is held of an app's days from one source, the oldest first: those of a range, and no more than asked for.
    public func history(of app: AppKey, from source: UsageSource, days: ClosedRange<Int>, most: Int) throws(LedgerError)
        -> [DayHistory]
    {
        try read { try $0.history(of: app, from: source, days: days, most: most) }
    }

    /// What one room used on a day; `nil` when it is not held: it had no usage, or the day's rooms are no longer kept.
    public func room(_ room: RoomID, of app: AppKey, from source: UsageSource, on day: UsageDay) throws(LedgerError)
        -> TierSeconds?
    {
        try read { try $0.room(room, of: app, from: source, on: day) }
    }
}

extension UsageLedger {
    /// What is held of an app's days from one source, the oldest first: those of a range of day numbers, and no more than
    /// asked for.
    public func history(of app: AppKey, from source: UsageSource, days: ClosedRange<Int>, most: Int) async throws
        -> [DayHistory]
    {
        try await read { try $0.history(of: app, from: source, days: days, most: most) }
    }

    /// The rooms of a day as they stand, in the order of their bytes.
    public func rooms(of app: AppKey, from source: UsageSource, on day: UsageDay) async throws -> [RoomUsage] {
        try await read { try $0.rooms(of: app, from: source, on: day) }
    }

    /// What one room used on a day; `nil` when it is not held: it had no usage, or the day's rooms are no longer kept.
    public func room(_ room: RoomID, of app: AppKey, from source: UsageSource, on day: UsageDay) async throws
        -> TierSeconds?
    {
        try await read { try $0.room(room, of: app, from: source, on: day) }
    }
}

extension UsageLedger {
    /// What readings told of a day one after the other: the newest of each five minutes, for 35 days.
    public func readTotals(of app: AppKey, from source: UsageSource, on day: UsageDay) async throws -> [ReadTotal] {
        try await read { db in
            guard let id = try AppSource.id(of: app, from: source, in: db) else { return [] }
            let trail = try TrailRecords(place: DayPlace(appSource: id, day: day.number), db: db).trail()
            return (trail?.entries ?? []).map { entry in
                ReadTotal(askedAt: entry.askedAt, through: entry.through, seconds: entry.seconds)
            }
        }
    }
}

extension Database {
    fileprivate func history(of app: AppKey, from source: UsageSource, days: ClosedRange<Int>, most: Int) throws
        -> [DayHistory]
    {
        guard let id = try AppSource.id(of: app, from: source, in: self) else { return [] }
        let records = try DayRecord.filter(
            sql: "app_source = ? AND day BETWEEN ? AND ?",
            arguments: [id, days.lowerBound, days.upperBound]
        )
        .order(sql: "day").limit(most).fetchAll(self)
        return try records.map { record in
            let day = record.day(in: source.zone)
            return DayHistory(
                source: source,
                day: day,
                seconds: record.state.seconds,
                isSettled: record.recorded(in: source.zone).isSettled(by: source),
                through: UnixTime(milliseconds: record.state.through),
                intervals: try intervals(of: record, day),
                rooms: source.knowsRooms ? try RoomRecords(place: record.place, db: self).folded(of: record) : nil
            )
        }
    }

    /// None when they tell more than the day has: it was lowered since they were told.
    private func intervals(of record: DayRecord, _ day: UsageDay) throws -> [IntervalUsage] {
        let intervals = try TrailRecords(place: record.place, db: self).intervals(of: day)
        let told = intervals.reduce(into: TierSeconds.zero) { $0 += $1.seconds }
        return Tier.allCases.allSatisfy { told[$0] <= record.state.seconds[$0] } ? intervals : []
    }

    fileprivate func rooms(of app: AppKey, from source: UsageSource, on day: UsageDay) throws -> [RoomUsage] {
        guard let id = try AppSource.id(of: app, from: source, in: self) else { return [] }
        return try RoomRecords(place: DayPlace(appSource: id, day: day.number), db: self).all()
    }

    fileprivate func room(_ room: RoomID, of app: AppKey, from source: UsageSource, on day: UsageDay) throws
        -> TierSeconds?
    {
        guard let id = try AppSource.id(of: app, from: source, in: self) else { return nil }
        return try RoomRecords(place: DayPlace(appSource: id, day: day.number), db: self).room(room)?.seconds
    }
}
