import GRDB
import Usage

/// What only grows, of one app from one source: a row of `counter`.
struct CounterRecord: Hashable {
    let appSource: Int
    /// The day on which the app was first asked about: older history does not count.
    let firstDay: Int
    /// Days before this one were deleted for their age and no longer count.
    let prunedBefore: Int
    var metered: TierSeconds
    var revisedUp: Int
    var revisedDown: Int

    init(appSource: Int, firstDay: Int) {
        self.appSource = appSource
        self.firstDay = firstDay
        prunedBefore = firstDay
        (metered, revisedUp, revisedDown) = (.zero, 0, 0)
    }

    /// Adds what a reading raised the highest figures of its day by.
    ///
    /// What the app's first reading of its first day says was used before anybody looked: it is where counting begins.
    mutating func meter(from old: DayRecord?, to new: DayRecord, isBaseline: Bool) {
        guard new.day > firstDay || (new.day == firstDay && !isBaseline) else { return }
        guard new.day >= prunedBefore || old != nil else { return }
        metered += new.highest.combined(with: old?.highest ?? .zero, -)
    }

    /// Notes what changed of a day after it was settled. Less than a minute in a tier is rounding.
    mutating func revise(from old: TierSeconds, to new: TierSeconds) {
        for tier in Tier.allCases where abs(new[tier] - old[tier]) >= 60 {
            let difference = new[tier] - old[tier]
            if difference > 0 { revisedUp += difference } else { revisedDown -= difference }
        }
    }
}

extension CounterRecord: FetchableRecord, PersistableRecord {
    static let databaseTableName = "counter"

    init(row: Row) {
        appSource = row["app_source"]
        firstDay = row["first_day"]
        prunedBefore = row["pruned_before"]
        metered = TierSeconds(row: row)
        revisedUp = row["revised_up"]
        revisedDown = row["revised_down"]
    }

    func encode(to container: inout PersistenceContainer) {
        container["app_source"] = appSource
        container["first_day"] = firstDay
        container["pruned_before"] = prunedBefore
        container["revised_up"] = revisedUp
        container["revised_down"] = revisedDown
        metered.encode(to: &container)
    }
}
