import GRDB
import Usage

/// Makes another source the one that feeds an app's counter: what it tells next of the days so far is where counting goes on.
struct ChangeOfPrimary {
    /// In their order, the new primary first.
    let sources: [UsageSource]
    let db: Database

    /// Changes a counter that is in the ledger, if its primary is another one than the first source.
    func apply(to record: inout CounterRecord) throws {
        guard let primary = sources.first, let counter = record.id else { return }
        let new = try AppSource.findOrMakeID(of: record.app, from: primary, in: db)
        guard new != record.primarySource else { return }
        try noteReached(by: record.primarySource, in: primary.zone, CountedDays(db: db, counter: counter))
        try setBaselines(counter, fedBy: record)
        record.primarySource = new
    }

    /// Days by another midnight may have begun within one that is counted.
    private func noteReached(by id: Int, in zone: ZoneOffset, _ counted: CountedDays) throws {
        let sql = "SELECT MAX(MAX(used_through, empty_through)) FROM day WHERE app_source = ?"
        guard let newest = try counted.newest, let through = try Int.fetchOne(db, sql: sql, arguments: [id]) else {
            return
        }
        let reached = UsageDay(containing: UnixTime(milliseconds: through - 1), zone: zone).number
        guard newest < reached else { return }
        for day in newest + 1...reached { try counted.set(day, CountedDay(level: .zero)) }
    }

    private func setBaselines(_ counter: Int, fedBy record: CounterRecord) throws {
        let order = try sources.inOneZone.map { try AppSource.findOrMakeID(of: record.app, from: $0, in: db) }
        let counted = CountedDays(db: db, counter: counter)
        for day in try counted.all() {
            guard var new = try counted[day] else { continue }
            try setBaseline(of: &new, on: day, order, fedBy: record.primarySource)
            try counted.set(day, new)
        }
    }

    private func setBaseline(of counted: inout CountedDay, on day: Int, _ order: [Int], fedBy former: Int) throws {
        let before = try DayRecord.fetchOne(db, at: DayPlace(appSource: former, day: day))
        let feeder = try order.firstNonNil { try DayRecord.fetchOne(db, at: DayPlace(appSource: $0, day: day)) }
        guard let feeder, let before else {
            counted.baselineDue = .anyone
            return
        }
        if feeder.place == before.place {
            // No source before it has the day: the former primary goes on with it until one tells it.
            counted.baselineDue = counted.baselineDue == .none ? .primary : counted.baselineDue
        } else if feeder.state.askedAt >= before.state.askedAt - Self.freshness {
            // It was read all along, and what it knows is as new as what was counted.
            counted = CountedDay(level: feeder.state.seconds)
        } else {
            counted.baselineDue = .anyone
        }
    }

    /// In milliseconds.
    private static let freshness = 3_600_000
}

extension [Int] {
    fileprivate func firstNonNil<T>(_ transform: (Int) throws -> T?) rethrows -> T? {
        for element in self {
            if let result = try transform(element) { return result }
        }
        return nil
    }
}
