import Usage

/// What a report reaches over, as a person writes it.
///
/// Usage that begins at or after `from` and before `to` is part of it; a `to` that is a day is included as a whole. So two
/// ranges of instants, of which one begins where the other ends, have nothing in common and leave nothing out.
public struct ReportRange: Hashable, Sendable {
    /// Where it begins; `nil` where nothing is said.
    public var from: ReportMoment?
    /// Where it ends; `nil` where nothing is said.
    public var to: ReportMoment?

    /// A range; by default nothing is said of either end.
    public init(from: ReportMoment? = nil, to: ReportMoment? = nil) {
        (self.from, self.to) = (from, to)
    }

    /// From the west of all days to the east of them.
    static let zones = [-14, 0, 14].map { ZoneOffset(seconds: $0 * 3600) }

    /// Whether it ends before it begins, wherever on earth its days are.
    public var isReversed: Bool {
        switch (from, to) {
        case (.day(let first), .day(let last)): first > last
        case (let from?, let to?): Self.zones.allSatisfy { from.start(in: $0) > to.end(in: $0) }
        default: false
        }
    }

    /// The same with both ends said: it has so many days when its beginning is not said, and ends with the day that runs now
    /// in the zone when its end is not.
    func completed(days: Int, zone: ZoneOffset, now: UnixTime) -> ReportRange {
        let end = to ?? .day(UsageDay(containing: now, zone: zone).number)
        if let from { return ReportRange(from: from, to: end) }
        switch end {
        case .day: return ReportRange(from: end.earlier(byDays: days - 1), to: end)
        case .instant: return ReportRange(from: end.earlier(byDays: days), to: end)
        }
    }

    /// How many days it has when completed, begun ones included; of days in different zones, those of Greenwich.
    func length(days: Int, now: UnixTime) -> Int {
        let whole = completed(days: days, zone: .utc, now: now)
        guard let from = whole.from, let to = whole.to else { return 0 }
        return Int((max(0, (to.end(in: .utc) - from.start(in: .utc)).inSeconds) / 86_400).rounded(.up))
    }

    /// What begins within it. Nothing is held of what begins later than a day from now: two clocks may differ.
    func bounds(in zone: ZoneOffset, now: UnixTime) -> ReportBounds {
        let latest = UsageDay(containing: now, zone: zone).next.end
        let lower = from?.start(in: zone) ?? UsageDay(number: 0, zone: zone).start
        return ReportBounds(lower: lower, upper: max(lower, min(latest, to?.end(in: zone) ?? latest)), zone: zone)
    }
}

/// A range in a zone: from `lower` on and before `upper`.
struct ReportBounds: Hashable {
    let lower: UnixTime
    let upper: UnixTime
    let zone: ZoneOffset

    /// The numbers of the days of which some part lies within; `nil` when it is empty.
    var days: ClosedRange<Int>? {
        guard lower < upper else { return nil }
        let last = UsageDay(containing: upper - .milliseconds(1), zone: zone).number
        return UsageDay(containing: lower, zone: zone).number...last
    }

    /// Whether what begins then belongs to it.
    func contains(_ start: UnixTime) -> Bool { lower <= start && start < upper }
}
