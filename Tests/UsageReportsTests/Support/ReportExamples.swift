import Exposition
import ExporterMetrics
import Synchronization
import Testing
import Usage
import UsageLedger

@testable import UsageReports

extension Provider {
    static let tencent = Provider(rawValue: "tencent")
    static let huawei = Provider(rawValue: "huawei")
}

extension UsageSource {
    /// Without rooms, by five minutes: a primary.
    static let totals = example("trtc_usage", tiers: [.audio, .sd, .hd])
    static let rooms = example("room_usage", tiers: [.audio, .sd, .hd], knowsRooms: true)
    /// With other tiers than the two.
    static let old = example("interactive_time", tiers: [.audio, .mixed])
    /// Of days that begin at another midnight.
    static let elsewhere = example("elsewhere", tiers: [.audio], zone: .utc)
    static let huawei = example("history_usage", provider: .huawei, tiers: [.audio, .hd], zone: .utc)

    static func example(
        _ name: String,
        provider: Provider = .tencent,
        tiers: [Tier],
        knowsRooms: Bool = false,
        zone: ZoneOffset = .beijing
    ) -> UsageSource {
        UsageSource(
            provider: provider,
            name: name,
            tiers: tiers,
            knowsRooms: knowsRooms,
            grain: .minutes,
            reach: 90,
            zone: zone,
            settledAfter: .seconds(36_000),
            lag: .zero,
            spacing: .seconds(1)
        )
    }
}

extension PolledApp {
    static func example(_ sources: [UsageSource], id: String = "1400000001") -> PolledApp {
        let provider = sources.first?.provider ?? .tencent
        return PolledApp(key: AppKey(provider: provider, app: id), account: "main", name: "", sources: sources)
    }
}

extension UsageDay {
    /// Saturday, 21 November 2026, or another day of that month by its number.
    static func november(_ day: Int, _ zone: ZoneOffset = .beijing) -> UsageDay {
        UsageDay(number: 20_757 + day, zone: zone)
    }
}

extension UnixTime {
    /// Noon of 21 November 2026 in Beijing.
    static let noon = UsageDay.november(21).start + .seconds(12 * 3600)
}

extension DayHistory {
    static func example(
        _ source: UsageSource,
        _ day: UsageDay,
        _ seconds: [Tier: Int] = [:],
        isSettled: Bool = true,
        intervals: [(minute: Int, seconds: [Tier: Int])] = [],
        named: KeyValuePairs<String, [Tier: Int]>? = nil,
        roomCount: Int? = nil
    ) -> DayHistory {
        let total = TierSeconds(seconds)
        let rooms = named?.map { RoomUsage(room: RoomID($0.key), seconds: TierSeconds($0.value)) }
        return DayHistory(
            source: source,
            day: day,
            seconds: total,
            isSettled: isSettled,
            through: day.end,
            intervals: intervals.map { interval in
                IntervalUsage(start: day.start + .seconds(interval.minute * 60), seconds: TierSeconds(interval.seconds))
            },
            rooms: rooms.map { rooms in
                FoldedRooms(
                    named: rooms,
                    other: total.combined(with: rooms.total, -),
                    roomCount: roomCount ?? rooms.count
                )
            }
        )
    }
}

/// History in memory, which counts what it is asked for.
final class FakeHistory: UsageHistory {
    /// Says more than anybody outside should read.
    private struct Broken: Error, CustomStringConvertible {
        let description = "/secret/path is broken"
    }

    private struct Place: Hashable {
        let app: AppKey
        let source: String
    }

    struct Counts {
        var calls = 0
        /// The most days that one call gave.
        var largestBatch = 0
        /// The most days that one call was about; that of finding the first one aside.
        var widestRange = 0
    }

    private let held: [Place: [DayHistory]]
    private let broken: Bool
    private let counted = Mutex(Counts())

    init(_ days: [(app: PolledApp, day: DayHistory)], isBroken broken: Bool = false) {
        let byPlace = Dictionary(grouping: days) { Place(app: $0.app.key, source: $0.day.source.name) }
        held = byPlace.mapValues { $0.map(\.day).sorted { $0.day.number < $1.day.number } }
        self.broken = broken
    }

    convenience init(_ app: PolledApp, _ days: [DayHistory]) {
        self.init(days.map { (app, $0) })
    }

    var counts: Counts { counted.withLock { $0 } }

    func history(of app: AppKey, from source: UsageSource, days: ClosedRange<Int>, most: Int) throws -> [DayHistory] {
        if broken { throw Broken() }
        let found = (held[Place(app: app, source: source.name)] ?? []).filter { days.contains($0.day.number) }
        let given = Array(found.prefix(most))
        counted.withLock { counts in
            counts.calls += 1
            counts.largestBatch = max(counts.largestBatch, given.count)
            if most > 1 { counts.widestRange = max(counts.widestRange, days.count) }
        }
        return given
    }

    func room(_ room: RoomID, of app: AppKey, from source: UsageSource, on day: UsageDay) throws -> TierSeconds? {
        counted.withLock { $0.calls += 1 }
        return held[Place(app: app, source: source.name)]?.first { $0.day == day }?.rooms?.named
            .first { $0.room == room }?.seconds
    }
}

/// What is written, as text.
final class Written: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func write(_ piece: [UInt8]) {
        bytes.withLock { $0 += piece }
    }

    var all: [UInt8] { bytes.withLock { $0 } }
    var text: String { String(decoding: all, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
}

extension ReportScan {
    /// All rows of a report.
    static func rows(
        _ selection: ReportSelection,
        of apps: [PolledApp],
        in history: FakeHistory,
        now: UnixTime = .noon
    ) async throws -> [UsageRow] {
        let chosen = try selection.apps(among: ReportedApps(apps: apps))
        var scan = ReportScan(selection, of: chosen, history: history, now: now)
        var rows: [UsageRow] = []
        while let more = try await scan.next() { rows += more }
        return rows
    }
}

extension UsageRow {
    /// What a row tells, short enough for a table in a test.
    var short: String {
        let part = coverage.map { " \($0.days)/\($0.daysInMonth)" } ?? ""
        return
            "\(app.app) \(from.minuteText(in: zone)) \(tier.rawValue) \(source) \(seconds)\(isSettled ? "" : "?")\(part)"
    }
}

/// What an export as OpenMetrics writes.
func openMetrics(
    _ apps: [PolledApp],
    _ history: FakeHistory,
    range: ReportRange = ReportRange(),
    labels: [String] = [],
    now: UnixTime = .noon
) async throws -> Written {
    let written = Written()
    try await OpenMetricsExport(
        apps: apps,
        range: range,
        added: AddedLabels(labels),
        history: history,
        now: now,
        write: written.write
    ).run()
    return written
}

/// A moment that is surely one.
func moment(_ text: String) throws -> ReportMoment {
    let moment = ReportMoment(text)
    return try #require(moment)
}
