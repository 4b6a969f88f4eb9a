import Exposition
import Usage
import UsageCosts
import UsageLedger

/// All samples of one app.
struct AppSamples {
    let app: PolledApp
    /// What is known of it.
    let figures: AppFigures
    /// The rooms that are shown of the source that knows rooms.
    let rooms: FoldedRooms?

    private var primary: UsageSource? { figures.sources.first?.source }
    private var roomSource: SourceFigures? { figures.sources.rooms }
    private var labels: LabelSet { ["provider": app.key.provider.rawValue, "app": app.key.app] }

    /// Everything, as it comes onto the page.
    func encoded() -> [EncodedFamily] {
        let usage = roomSource.flatMap { source in
            source.current.map { UsageTable(app.key, of: source.source).encoded(rooms ?? $0.rooms) }
        }
        return [usage].compactMap(\.self) + families().map(EncodedFamily.init)
    }

    /// Everything but the usage by room, which may be a million samples: those go the way of ``UsageTable``.
    func families() -> [FamilySamples] {
        infos() + currentDay() + settledDay() + months() + counters()
    }

    private func infos() -> [FamilySamples] {
        let provider = Label("provider", app.key.provider.rawValue)
        let place = [provider, Label("account", app.account), Label("app", app.key.app)]
        let sources = app.sources.map { source in
            let more = [
                Label("source", source.name), Label("role", app.role(of: source)),
                Label("grain", source.grain.rawValue),
                Label("zone", "\(source.zone)"),
            ]
            return Sample(LabelSet(place + more), 1)
        }
        return [
            FamilySamples(UsageFamilies.appInfo, [Sample(LabelSet(place + [Label("name", app.name)]), 1)]),
            FamilySamples(UsageFamilies.sourceInfo, sources),
        ]
    }

    private func currentDay() -> [FamilySamples] {
        let through = figures.sources.compactMap { figures in
            figures.current.map { Sample(labels.adding("source", figures.source.name), $0.through.seconds) }
        }
        let bySource = figures.sources.flatMap { figures in
            figures.current.map { tiers($0.total.seconds, of: figures.source, adding: ("source", figures.source.name)) }
                ?? []
        }
        let sources = [
            FamilySamples(UsageFamilies.dataThrough, through), FamilySamples(UsageFamilies.sourceUsage, bySource),
        ]
        // Another source may be read already: what it told is known.
        guard let source = roomSource, let current = source.current else { return sources }
        let start = Sample(labels, current.total.day.start.seconds)
        return [FamilySamples(UsageFamilies.dayStart, [start])] + sources + roomCounts(current, of: source.source)
    }

    private func roomCounts(_ current: SourceFigures.CurrentDay, of source: UsageSource) -> [FamilySamples] {
        guard source.knowsRooms else { return [] }
        let shown = rooms ?? current.rooms
        return [
            FamilySamples(UsageFamilies.rooms, [Sample(labels, current.rooms.roomCount)]),
            FamilySamples(UsageFamilies.roomsFolded, [Sample(labels, current.rooms.roomCount - shown.named.count)]),
        ]
    }

    private func settledDay() -> [FamilySamples] {
        guard let primary, let newest = figures.settled.first else { return [] }
        let history = figures.settled.map { (day: $0.day, seconds: $0.seconds.total) }
        let bounds = ExpectedUsage(of: newest.day, history: history).map { expected in
            [("low", expected.low), ("middle", expected.middle), ("high", expected.high)]
                .map { Sample(labels.adding("bound", $0.0), $0.1) }
        }
        return [
            FamilySamples(UsageFamilies.settled, tiers(newest.seconds, of: primary)),
            FamilySamples(UsageFamilies.settledDayStart, [Sample(labels, newest.day.start.seconds)]),
            FamilySamples(UsageFamilies.expected, bounds ?? []),
        ]
    }

    private func months() -> [FamilySamples] {
        guard let primary, let month = figures.month else { return [] }
        return [
            FamilySamples(UsageFamilies.month, tiers(month.seconds, of: primary)),
            FamilySamples(UsageFamilies.monthStart, [Sample(labels, month.month.firstDay.start.seconds)]),
            FamilySamples(UsageFamilies.monthComplete, [Sample(labels, month.isComplete ? 1 : 0)]),
            FamilySamples(
                UsageFamilies.previousMonth,
                figures.previousMonth.map { tiers($0.seconds, of: primary) } ?? []
            ),
        ]
    }

    /// There from the start, so that the first increase is seen.
    private func counters() -> [FamilySamples] {
        guard let primary else { return [] }
        let revised = [
            Sample(labels.adding("direction", "up"), figures.revisedUp),
            Sample(labels.adding("direction", "down"), figures.revisedDown),
        ]
        return [
            FamilySamples(UsageFamilies.metered, tiers(figures.metered, of: primary)),
            FamilySamples(UsageFamilies.revised, revised),
        ]
    }

    /// A sample for every tier that the source tells apart, also for those without usage, and for others that have some: a day
    /// that another source stood in for may know tiers that this one does not.
    private func tiers(
        _ seconds: TierSeconds,
        of source: UsageSource,
        adding label: (name: String, value: String)? = nil
    ) -> [Sample] {
        Tier.allCases.filter { source.tiers.contains($0) || seconds[$0] > 0 }.map { tier in
            let tiered = labels.adding("tier", tier.rawValue)
            return Sample(label.map { tiered.adding($0.name, $0.value) } ?? tiered, seconds[tier])
        }
    }
}

extension [SourceFigures] {
    /// The source whose current day is shown: the first one that knows rooms, else the primary.
    var rooms: SourceFigures? { first { $0.source.knowsRooms } ?? first }
}
