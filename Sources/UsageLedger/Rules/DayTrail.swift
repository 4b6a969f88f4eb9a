import Usage

/// The totals that readings told of one day of one app from one source, by the moment they were asked: the newest of every
/// five minutes, and the first of all. Of empty ones the newest two, since it takes two to believe them.
///
/// It does not depend on the order in which the readings arrived.
struct DayTrail: Hashable {
    /// What one reading told.
    struct Entry: Hashable {
        let askedAt: UnixTime
        /// The instant up to which the figures reach.
        let through: UnixTime
        let seconds: TierSeconds
    }

    /// Readings asked within one stretch of this length, counted from the epoch, leave the newest ones.
    static let grain = 300_000

    /// In the order in which they were asked.
    private(set) var entries: [Entry] = []

    init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// Notes a reading; noting it again changes nothing.
    mutating func note(_ entry: Entry) {
        let place = entries.firstIndex { $0.askedAt >= entry.askedAt } ?? entries.count
        guard place == entries.count || entries[place].askedAt != entry.askedAt else { return }
        entries.insert(entry, at: place)
        removeSuperseded()
    }

    /// Whether an entry stays depends on those that were asked later only, so that the order of arrival does not matter.
    private mutating func removeSuperseded() {
        var (stretch, empty) = (Int?.none, 0)
        for index in entries.indices.dropFirst().reversed() {
            let own = entries[index].askedAt.milliseconds / Self.grain
            let isNewest = own != stretch
            if isNewest { (stretch, empty) = (own, 0) }
            if entries[index].seconds.isZero { empty += 1 }
            let isKept = isNewest || entries[index].seconds.isZero && empty <= 2
            if !isKept { entries.remove(at: index) }
        }
    }

    /// Forgets what is said to have been asked later than it is now.
    mutating func forget(askedAfter now: UnixTime) {
        entries.removeAll { $0.askedAt > now }
    }

    /// By how much the day changed after it was first settled, up and down. Less than a minute in a tier is rounding.
    func revisions(of day: UsageDay, by source: UsageSource) -> Revisions {
        var (state, settled, revisions) = (DayState(), TierSeconds?.none, Revisions())
        // While a day runs it has hundreds of entries, and none of them settles it.
        guard let newest = entries.last, newest.askedAt >= source.settleTime(of: day) else { return revisions }
        for entry in entries {
            _ = state.take(entry)
            guard state.recorded(on: day).isSettled(by: source) else { continue }
            if let settled { revisions.note(from: settled, to: state.seconds) }
            settled = state.seconds
        }
        return revisions
    }
}

/// By how many seconds settled days changed.
struct Revisions: Hashable {
    var up = 0
    var down = 0

    fileprivate mutating func note(from old: TierSeconds, to new: TierSeconds) {
        for tier in Tier.allCases where abs(new[tier] - old[tier]) >= 60 {
            let difference = new[tier] - old[tier]
            if difference > 0 { up += difference } else { down -= difference }
        }
    }
}
