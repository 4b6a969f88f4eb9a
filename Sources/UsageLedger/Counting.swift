import GRDB
import Usage

/// Takes one reading into its app's counter, inside the transaction that records the reading.
struct Counting {
    private let db: Database
    private let reading: Reading
    private let id: Int
    /// The ids of the sources that go before this one: a day that one of them has is theirs to count.
    private let before: [Int]
    /// The counter as it was; `nil` when this reading is the app's first.
    private let known: CounterRecord?
    private var record: CounterRecord

    /// - Returns: `nil` when the source feeds nothing.
    init?(of reading: Reading, from source: UsageSource, under id: Int, order: [UsageSource]?, in db: Database) throws {
        let known = try CounterRecord.fetchOne(db, of: reading.app)
        let primary = try known?.primarySource ?? AppSource.primary(of: reading.app, order, orElse: id, in: db)
        guard let before = try AppSource.before(id, primary: primary, of: reading.app, order, in: db) else {
            return nil
        }
        let today = source.day(containing: reading.askedAt).number
        let begun = AppCounter(firstAskedAt: reading.askedAt, firstDay: today)
        var old = known ?? CounterRecord(app: reading.app, primarySource: primary, counter: begun)
        if let order { try ChangeOfPrimary(sources: order, db: db).apply(to: &old) }
        (self.db, self.reading, self.id, self.before, self.known, record) = (db, reading, id, before, known, old)
        let begins = old
        // A source of whole days that was asked about the running one and does not list it has nothing to show of it yet.
        let isAsked = (reading.window.first.number...reading.window.last.number).contains(today)
        let isSilent = source.grain == .days && isAsked && !reading.days.contains { $0.day.number == today }
        try record.counter.noteAsked(
            at: reading.askedAt,
            on: today,
            isSilent: isSilent,
            before: try Self.before(today, begins, id, in: db)
        )
    }

    private static func before(_ day: Int, _ record: CounterRecord, _ id: Int, in db: Database) throws
        -> AppCounter.Before
    {
        guard let counter = record.id else { return AppCounter.Before() }
        let trail = try TrailRecords(place: DayPlace(appSource: id, day: day), db: db).trail()
        return AppCounter.Before(
            levels: try CountedDays(db: db, counter: counter).sum(day..<record.counter.firstDay),
            baseline: trail?.entries.first
        )
    }

    /// Takes in what the reading says of a day: whether its source tells the day for the first time, and how the settled day
    /// had been revised before, and is now.
    mutating func take(
        _ day: Int,
        _ seconds: TierSeconds,
        isFirst: Bool,
        _ revisions: (old: Revisions, new: Revisions)
    ) throws {
        guard try !isTold(day, by: before) else { return }
        if record.id == nil { try record.insert(db) }
        guard let counter = record.id else { return }
        let counted = CountedDays(db: db, counter: counter)
        let old = try counted[day]
        let isBaseline = old.map { isDue($0.baselineDue) } ?? false
        let news = AppCounter.News(
            day: day,
            askedAt: reading.askedAt,
            seconds: seconds,
            level: old?.level,
            isFirst: isFirst,
            isBaseline: isBaseline
        )
        var new = old ?? CountedDay(level: .zero)
        new.level = record.counter.take(news)
        if isBaseline { new.baselineDue = .none }
        if new != old { try counted.set(day, new) }
        record.counter.revise(from: revisions.old, to: revisions.new)
    }

    private func isDue(_ due: BaselineDue) -> Bool {
        due == .anyone || due == .primary && id == record.primarySource
    }

    private func isTold(_ day: Int, by sources: [Int]) throws -> Bool {
        for source in sources
        where try DayRecord.fetchOne(db, at: DayPlace(appSource: source, day: day)) != nil { return true }
        return false
    }

    /// Keeps the counter. Also of a reading without days: it is the moment from which the app is polled.
    mutating func save() throws {
        record.counter.show()
        if record != known { try record.save(db) }
    }
}
