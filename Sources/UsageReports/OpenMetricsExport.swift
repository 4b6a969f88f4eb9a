public import ExporterMetrics
import Exposition
public import Usage
import UsageLedger

/// Writes recorded usage as OpenMetrics with times, for `promtool tsdb create-blocks-from openmetrics`.
///
/// The families and labels are those of the page. A series is written as a whole before the next one begins, as OpenMetrics
/// has it; so the days of an app are gone through once for each series or group of them, a few at a time. That way the memory
/// it takes does not depend on how long the history is.
public struct OpenMetricsExport {
    /// How many days of one source are held at once.
    static let batch = 14
    /// Prometheus keeps the newest hours in memory and not in blocks: what is younger is left out.
    static let age = Duration.seconds(3 * 3600)

    private let apps: [PolledApp]
    private let range: ReportRange
    private let added: AddedLabels
    private let history: any UsageHistory
    private let now: UnixTime
    private let write: ([UInt8]) throws -> Void

    /// - Parameters:
    ///   - apps: Of which apps.
    ///   - range: Of which days; all that are held where it says nothing.
    ///   - added: Labels for all samples.
    ///   - history: What was recorded.
    ///   - now: The wall clock.
    ///   - write: Takes the text, piece by piece.
    public init(
        apps: [PolledApp],
        range: ReportRange,
        added: AddedLabels = .none,
        history: any UsageHistory,
        now: UnixTime,
        write: @escaping ([UInt8]) throws -> Void
    ) {
        self.apps = apps
        self.range = range
        self.added = added
        self.history = history
        self.now = now
        self.write = write
    }

    /// Writes everything.
    ///
    /// - Throws: When the history cannot be read or the text not be written.
    public func run() async throws {
        try write(UsageFamilies.usage.openMetricsMetadata)
        for app in apps { try await writeUsage(of: app) }
        try write(UsageFamilies.sourceUsage.openMetricsMetadata)
        for app in apps {
            for source in app.sources { try await writeUsage(of: app, from: source) }
        }
        try write(openMetricsEnding)
    }

    // MARK: By room

    private func writeUsage(of app: PolledApp) async throws {
        guard let main = app.roomSource else { return }
        // What the room source lacks others may have, whose figures belong to no room.
        let sources = [main] + app.sources.filter { $0 != main }
        let room = main.knowsRooms ? RoomID.other : RoomID.empty
        try await write(
            UsageFamilies.usage,
            of: app,
            from: sources,
            label: ("room", room.text),
            SeriesDay.init(unnamed:)
        )
        if main.knowsRooms { try await writeNamedRooms(of: app, from: main) }
    }

    private func writeNamedRooms(of app: PolledApp, from source: UsageSource) async throws {
        let days = try await days(of: app, from: [source])
        var previous: RoomID?
        while true {
            var taken = NamedRooms(after: previous)
            try await days.forEach { day in
                if SeriesDay.time(of: day.day) <= latest.seconds { taken.take(day) }
            }
            for (room, figures) in taken.rooms {
                for tier in source.tiers { try writeSamples(of: room, tier, figures, app) }
            }
            previous = taken.rooms.last?.room
            guard taken.isFull else { return }
        }
    }

    /// A room that is named has samples for tiers above 0 only, as on the page.
    private func writeSamples(of room: RoomID, _ tier: Tier, _ figures: NamedRooms.Figures, _ app: PolledApp) throws {
        let samples = figures.filter { $0.seconds[tier] > 0 }
            .map { TimedSeries.Sample(time: SeriesDay.time(of: $0.day), value: $0.seconds[tier]) }
        guard !samples.isEmpty else { return }
        try write(TimedSeries(UsageFamilies.usage, labels(app, tier, "room", room.text), samples).openMetrics())
    }

    // MARK: Whole apps

    private func writeUsage(of app: PolledApp, from source: UsageSource) async throws {
        try await write(UsageFamilies.sourceUsage, of: app, from: [source], label: ("source", source.name)) {
            SeriesDay($0)
        }
    }

    /// The series of each tier.
    private func write(
        _ family: MetricFamily,
        of app: PolledApp,
        from sources: [UsageSource],
        label: (name: String, value: String),
        _ seriesDay: (DayHistory) -> SeriesDay
    ) async throws {
        let days = try await days(of: app, from: sources)
        for tier in days.tiers {
            let labels = labels(app, tier, label.name, label.value)
            try await days.forEach { day in
                let samples = seriesDay(day).samples(of: tier, upTo: latest)
                if !samples.isEmpty { try write(TimedSeries(family, labels, samples).openMetrics()) }
            }
        }
    }

    private func days(of app: PolledApp, from sources: [UsageSource]) async throws -> HistoryDays {
        let merge = DayMerge(of: app.key, from: sources, history: history)
        return try await HistoryDays(merge, range: range, now: now, batch: Self.batch)
    }

    /// The time of the newest sample.
    private var latest: UnixTime { now - Self.age }

    private func labels(_ app: PolledApp, _ tier: Tier, _ name: String, _ value: String) -> LabelSet {
        let own: LabelSet = [
            "provider": app.key.provider.rawValue, "app": app.key.app, "tier": tier.rawValue, name: value,
        ]
        return LabelSet(own.pairs + added.pairs)
    }
}
