import GRDB
import Usage

/// What was shown of apps' counters: they must not fall when the ledger turns out to be damaged in use, though they may be what
/// cannot be read any more.
struct ShownCounters {
    private var counters: [AppKey: (metered: TierSeconds, revisions: Revisions)] = [:]

    /// Notes what is shown of an app from now on.
    mutating func note(_ figures: AppFigures, of app: AppKey) {
        let revisions = Revisions(up: figures.revisedUp, down: figures.revisedDown)
        guard !figures.metered.isZero || revisions != Revisions() else { return }
        counters[app] = (figures.metered, revisions)
    }

    /// Raises the counters of a ledger that was begun anew to what was shown.
    func carry(to db: Database) throws {
        for (app, shown) in counters {
            var record =
                try CounterRecord.fetchOne(db, of: app)
                ?? CounterRecord(app: app, primarySource: try AppSource.unknown(of: app, in: db), counter: .resumed)
            record.counter.raise(to: shown.metered, shown.revisions)
            try record.save(db)
        }
    }
}
