import Usage

/// A place in the order of a report's rows: by app, then by time, then by tier. It holds whatever figures change meanwhile.
struct ReportPosition: Hashable, Comparable {
    let app: AppKey
    /// The beginning of the rows' stretch of time.
    let start: UnixTime
    let tier: Tier

    init(app: AppKey, start: UnixTime, tier: Tier = .audio) {
        (self.app, self.start, self.tier) = (app, start, tier)
    }

    init(of row: UsageRow) {
        self.init(app: row.app, start: row.from, tier: row.tier)
    }

    static func < (left: ReportPosition, right: ReportPosition) -> Bool {
        guard left.app == right.app else { return left.app < right.app }
        return (left.start, left.tierIndex) < (right.start, right.tierIndex)
    }

    private var tierIndex: Int { Tier.allCases.firstIndex(of: tier) ?? 0 }
}
