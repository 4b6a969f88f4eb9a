public import Exposition
import Usage
import UsageCosts
import UsageLedger

/// What apps used. Encoded per app when a reading changes the app's figures.
public enum UsageFamilies {
    /// The current day by room; in an export of history, each day.
    public static let usage = MetricFamily(
        "rtc_usage_seconds",
        .gauge,
        help:
            "Participant-seconds of the app's current usage day so far, as the provider last told (polled, not live). "
            + "Rooms beyond the limit are summed up as _other. A sum over providers may mix days.",
        unit: "seconds",
        labels: ["provider", "app", "tier", "room"]
    )
    static let dayStart = MetricFamily(
        "rtc_usage_day_start_timestamp_seconds",
        .gauge,
        help: "Start of the current usage day, midnight in the source's zone.",
        unit: "seconds",
        labels: ["provider", "app"]
    )
    static let dataThrough = MetricFamily(
        "rtc_usage_data_through_timestamp_seconds",
        .gauge,
        help: "Instant up to which the current day's figures reach, by the provider's documented lag.",
        unit: "seconds",
        labels: ["provider", "app", "source"]
    )
    static let settled = MetricFamily(
        "rtc_settled_usage_seconds",
        .gauge,
        help: "Participant-seconds of the newest day whose figures are final.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let settledDayStart = MetricFamily(
        "rtc_settled_day_start_timestamp_seconds",
        .gauge,
        help: "Start of the newest day whose figures are final.",
        unit: "seconds",
        labels: ["provider", "app"]
    )
    static let month = MetricFamily(
        "rtc_month_usage_seconds",
        .gauge,
        help: "Participant-seconds of the calendar month of the app's newest day so far, in the source's zone.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let monthStart = MetricFamily(
        "rtc_month_start_timestamp_seconds",
        .gauge,
        help: "Start of the month that rtc_month_usage_seconds is about.",
        unit: "seconds",
        labels: ["provider", "app"]
    )
    static let monthComplete = MetricFamily(
        "rtc_month_complete",
        .gauge,
        help: "0 while a day of the month so far is missing, else 1.",
        labels: ["provider", "app"]
    )
    static let previousMonth = MetricFamily(
        "rtc_previous_month_usage_seconds",
        .gauge,
        help: "Participant-seconds of the month before, revisions included; absent while one of its days is missing.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let metered = MetricFamily(
        "rtc_metered_seconds_total",
        .counter,
        help:
            "Participant-seconds metered since the app was first polled; never falls, whatever the provider restates.",
        unit: "seconds",
        labels: ["provider", "app", "tier"]
    )
    static let revised = MetricFamily(
        "rtc_usage_revised_seconds_total",
        .counter,
        help: "By how much the provider changed days after they were settled.",
        unit: "seconds",
        labels: ["provider", "app", "direction"]
    )
    /// The current day as each source tells it; in an export of history, each day.
    public static let sourceUsage = MetricFamily(
        "rtc_source_usage_seconds",
        .gauge,
        help: "The current day's total as each source tells it, for comparing sources; not to be summed over sources.",
        unit: "seconds",
        labels: ["provider", "app", "tier", "source"]
    )
    static let sourceInfo = MetricFamily(
        "rtc_source_info",
        .info,
        help: "The sources of an app: what each is for, how fine it is and the zone of its days.",
        labels: ["provider", "account", "app", "source", "role", "grain", "zone"]
    )
    static let rooms = MetricFamily(
        "rtc_rooms",
        .gauge,
        help: "Rooms with usage in the current usage day.",
        labels: ["provider", "app"]
    )
    static let roomsFolded = MetricFamily(
        "rtc_rooms_folded",
        .gauge,
        help: "Rooms of the current usage day that are summed up as _other.",
        labels: ["provider", "app"]
    )
    static let expected = MetricFamily(
        "rtc_expected_usage_seconds",
        .gauge,
        help: "Estimate from the app's own history for the whole of the newest settled day; bounds are alternatives.",
        unit: "seconds",
        labels: ["provider", "app", "bound"]
    )
    static let appInfo = MetricFamily(
        "rtc_app_info",
        .info,
        help: "The apps that are polled, with their account and name.",
        labels: ["provider", "account", "app", "name"]
    )

    static let all = [
        usage, dayStart, dataThrough, settled, settledDayStart, month, monthStart, monthComplete, previousMonth,
        metered,
        revised, sourceUsage, sourceInfo, rooms, roomsFolded, expected, appInfo,
    ]
}

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
        return [
            FamilySamples(UsageFamilies.usage, usage(current, of: source.source)),
            FamilySamples(UsageFamilies.dayStart, [Sample(labels, current.total.day.start.seconds)]),
        ] + sources + roomCounts(current, of: source.source)
    }

    private func usage(_ current: SourceFigures.CurrentDay, of source: UsageSource) -> [Sample] {
        guard source.knowsRooms else { return tiers(current.total.seconds, of: source, adding: ("room", "")) }
        let shown = rooms ?? current.rooms
        let named = shown.named.flatMap { room in
            source.tiers.filter { room.seconds[$0] > 0 }.map { tier in
                Sample(labels.adding("tier", tier.rawValue).adding("room", room.room.text), room.seconds[tier])
            }
        }
        return named + tiers(shown.other, of: source, adding: ("room", RoomID.other.text))
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
