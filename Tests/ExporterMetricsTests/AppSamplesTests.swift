import Exposition
import Testing
import Usage
import UsageLedger
import TestSupport

@testable import ExporterMetrics

@Suite("An app's figures")
struct AppSamplesTests {
    private static let tiers = ["audio", "sd", "hd", "fhd", "2k", "4k"]

    private func families(_ figures: SourceFigures..., app: PolledApp? = nil) -> [FamilySamples] {
        families(.app(figures), app: app)
    }

    private func families(_ figures: AppFigures, app: PolledApp? = nil) -> [FamilySamples] {
        let app = app ?? .example(sources: figures.sources.map(\.source))
        let samples = AppSamples(app: app, figures: figures, rooms: nil)
        let families = samples.families() + [FamilySamples(UsageFamilies.usage, usage(samples))]
        #expect(families.problems == [])
        return families
    }

    /// The samples of usage by room, read back from the page.
    private func usage(_ samples: AppSamples) -> [Sample] {
        var composer = PageComposer<Int>([])
        composer.set(samples.encoded(), of: 0)
        return PageText(composer.page()).samples(UsageFamilies.usage.name).map { line in
            // A quote that ends a value has no backslash before it, once pairs of those are something else.
            let plain = line.replacing("\\\\", with: "\u{1}").replacing("\\\"", with: "\u{2}")
            let parts = plain.split(separator: "\"", omittingEmptySubsequences: false).map { part in
                part.replacing("\\n", with: "\n").replacing("\u{1}", with: "\\").replacing("\u{2}", with: "\"")
            }
            let labels = zip(UsageFamilies.usage.labels, [1, 3, 5, 7]).map { Label($0, String(parts[$1])) }
            return Sample(LabelSet(labels), Int(parts.last?.dropFirst(2) ?? "") ?? -1)
        }
    }

    private func day(_ daysAgo: Int, _ seconds: [Tier: Int]) -> DayTotal {
        DayTotal(day: .today.advanced(by: -daysAgo), seconds: TierSeconds(seconds))
    }

    // MARK: What is not known

    @Test("What is not known is absent: before the first reading there are only infos and counters at 0")
    func unknown() {
        let families = families(.example())
        let known = families.filter { !$0.samples.isEmpty }.map(\.family.name)
        #expect(
            known.sorted() == [
                "rtc_app_info", "rtc_metered_seconds_total", "rtc_source_info", "rtc_usage_revised_seconds_total",
            ]
        )
        let zeroes = Dictionary(uniqueKeysWithValues: Self.tiers.map { ($0, 0) })
        #expect(families.integers("rtc_metered_seconds_total", by: "tier") == zeroes)
        #expect(families.integers("rtc_usage_revised_seconds_total", by: "direction") == ["up": 0, "down": 0])
    }

    @Test("A day that the provider said nothing was used on is 0 in every tier, and has no rooms")
    func nothingUsed() {
        let families = families(.example(current: .example([])))
        let zeroes = Dictionary(uniqueKeysWithValues: Self.tiers.map { ("\($0) _other", 0) })
        #expect(families.integers("rtc_usage_seconds", by: "tier", "room") == zeroes)
        #expect(families.integers("rtc_rooms", by: "app") == ["1400000001": 0])
        #expect(families.integers("rtc_rooms_folded", by: "app") == ["1400000001": 0])
    }

    @Test("Known days without a current one are shown, and nothing of the current day is")
    func settledOnly() {
        let families = families(.example(settled: [day(1, [.audio: 60])]))
        #expect(families.integers("rtc_settled_usage_seconds", by: "tier")["audio"] == 60)
        for name in [
            "rtc_usage_seconds", "rtc_usage_day_start_timestamp_seconds", "rtc_usage_data_through_timestamp_seconds",
            "rtc_source_usage_seconds", "rtc_rooms", "rtc_rooms_folded",
        ] {
            #expect(families.samples(name).isEmpty, "\(name)")
        }
    }

    // MARK: The current day

    @Test("A named room has only its tiers above 0, and _other every tier, also 0")
    func tiersOfRooms() {
        let rooms = [
            RoomUsage("a", [.audio: 100, .hd: 20]), RoomUsage("b", [.audio: 50]),
            RoomUsage("c", [.audio: 3, .fourK: 4]),
        ]
        let families = families(.example(current: .example(rooms, limit: 2)))
        #expect(
            families.integers("rtc_usage_seconds", by: "tier", "room") == [
                "audio a": 100, "hd a": 20, "audio b": 50,
                "audio _other": 3, "sd _other": 0, "hd _other": 0, "fhd _other": 0, "2k _other": 0, "4k _other": 4,
            ]
        )
        #expect(families.integers("rtc_rooms", by: "provider", "app") == ["tencent 1400000001": 3])
        #expect(families.integers("rtc_rooms_folded", by: "provider", "app") == ["tencent 1400000001": 1])
    }

    @Test("Summed over rooms, usage is the day's total in every tier, to the second", arguments: 0..<40)
    func exactSums(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let rooms = (0..<Int.random(in: 0...60, using: &random)).map { _ in RoomUsage.random(using: &random) }
        let limit = Int.random(in: 0...30, using: &random)
        let current = SourceFigures.CurrentDay.example(rooms, limit: limit)
        let samples = families(.example(current: current)).samples("rtc_usage_seconds")
        for tier in UsageSource.roomUsage.tiers {
            let sum = samples.filter { $0.labels["tier"] == tier.rawValue }.reduce(0) { sum, sample in
                if case .integer(let value) = sample.value { sum + value } else { sum }
            }
            #expect(sum == rooms.total[tier])
        }
        #expect(Set(samples.compactMap { $0.labels["room"] }).count <= limit + 1)
    }

    @Test("A source without rooms has one empty room with every tier, and no count of rooms")
    func noRooms() {
        let current = SourceFigures.CurrentDay.example([RoomUsage("", [.audio: 7])])
        let families = families(.example(.totals, current: current))
        #expect(families.integers("rtc_usage_seconds", by: "tier", "room") == ["audio ": 7, "sd ": 0])
        #expect(families.samples("rtc_rooms").isEmpty)
        #expect(families.samples("rtc_rooms_folded").isEmpty)
    }

    @Test("The day's start and the reach of its figures are instants, in the source's zone")
    func instants() {
        let families = families(.example(current: .example([])))
        // 2026-11-21 00:00 +08:00.
        #expect(families.integers("rtc_usage_day_start_timestamp_seconds", by: "app") == ["1400000001": 1_795_190_400])
        let through = families.integers("rtc_usage_data_through_timestamp_seconds", by: "source")
        #expect(through == ["room_usage": 1_795_194_000])
    }

    @Test("Rooms come from the first source that knows any, settled days, months and counters from the primary")
    func twoSources() {
        let totals = SourceFigures.example(
            .totals,
            current: .example([RoomUsage("", [.audio: 900])]),
            settled: [day(1, [.audio: 5])]
        )
        let rooms = SourceFigures.example(
            current: .example([RoomUsage("a", [.audio: 800])]),
            settled: [day(1, [.audio: 50])]
        )
        let families = families(.app([totals, rooms], metered: TierSeconds([.audio: 6])))
        #expect(families.integers("rtc_usage_seconds", by: "tier", "room")["audio a"] == 800)
        #expect(families.integers("rtc_settled_usage_seconds", by: "tier") == ["audio": 5, "sd": 0])
        #expect(families.integers("rtc_metered_seconds_total", by: "tier") == ["audio": 6, "sd": 0])
        let bySource = families.integers("rtc_source_usage_seconds", by: "source", "tier")
        #expect(bySource["totals audio"] == 900)
        #expect(bySource["room_usage audio"] == 800)
        #expect(bySource.count == 2 + 6)
        #expect(families.integers("rtc_usage_data_through_timestamp_seconds", by: "source").count == 2)
    }

    @Test("While the source of rooms is not read yet, what the other one told is there for comparison")
    func roomsNotReadYet() {
        let totals = SourceFigures.example(.totals, current: .example([RoomUsage("", [.audio: 900])]))
        let families = families(totals, .example())
        #expect(families.samples("rtc_usage_seconds").isEmpty)
        #expect(families.samples("rtc_usage_day_start_timestamp_seconds").isEmpty)
        #expect(families.integers("rtc_source_usage_seconds", by: "source", "tier")["totals audio"] == 900)
        #expect(families.integers("rtc_usage_data_through_timestamp_seconds", by: "source").keys.sorted() == ["totals"])
    }

    @Test(
        "A source's role says whether it feeds totals, rooms, both or nothing",
        arguments: [
            ([.roomUsage], ["room_usage": "both"]),
            ([.totals], ["totals": "both"]),
            ([.totals, .roomUsage], ["totals": "primary", "room_usage": "rooms"]),
            ([.roomUsage, .totals], ["room_usage": "both", "totals": "compare"]),
        ] as [([UsageSource], [String: String])]
    )
    func roles(_ sources: [UsageSource], are expected: [String: String]) {
        let app = PolledApp.example(sources: sources)
        let families = AppSamples(app: app, figures: .app(sources.map { .example($0) }), rooms: nil).families()
        let roles = families.samples("rtc_source_info").map { ($0.labels["source"] ?? "", $0.labels["role"] ?? "") }
        #expect(Dictionary(uniqueKeysWithValues: roles) == expected)
    }

    @Test("The infos carry account, name, grain and zone")
    func infos() {
        let families = families(.example(.totals), app: .example("007", name: "Live", sources: [.totals]))
        #expect(
            families.samples("rtc_app_info") == [
                Sample(["provider": "tencent", "account": "classroom-prod", "app": "007", "name": "Live"], 1)
            ]
        )
        #expect(
            families.samples("rtc_source_info") == [
                Sample(
                    [
                        "provider": "tencent", "account": "classroom-prod", "app": "007", "source": "totals",
                        "role": "both", "grain": "minutes", "zone": "+00:00",
                    ],
                    1
                )
            ]
        )
    }

    // MARK: Days and months

    @Test("The newest settled day is shown, with every tier")
    func newestSettled() {
        let families = families(.example(settled: [day(1, [.hd: 60]), day(2, [.hd: 600])]))
        let expected = ["audio": 0, "sd": 0, "hd": 60, "fhd": 0, "2k": 0, "4k": 0]
        #expect(families.integers("rtc_settled_usage_seconds", by: "tier") == expected)
        #expect(
            families.integers("rtc_settled_day_start_timestamp_seconds", by: "app") == ["1400000001": 1_795_104_000]
        )
    }

    @Test("Expected usage is absent below three days of the same weekday, and does not learn from the day itself")
    func expectedUsage() {
        let two = (0...2).map { day(1 + 7 * $0, [.audio: $0 == 0 ? 1_000_000 : 1000]) }
        #expect(families(.example(settled: two)).samples("rtc_expected_usage_seconds").isEmpty)
        let three = two + [day(1 + 7 * 3, [.audio: 1000])]
        let expected = families(.example(settled: three)).integers("rtc_expected_usage_seconds", by: "bound")
        #expect(expected == ["low": 850, "middle": 1000, "high": 1150])
    }

    @Test("A month is shown with its start, and whether a day of it is missing", arguments: [true, false])
    func month(isComplete: Bool) {
        let families = families(.app(month: .example([.sd: 77], isComplete: isComplete)))
        #expect(families.integers("rtc_month_usage_seconds", by: "tier")["sd"] == 77)
        #expect(families.integers("rtc_month_usage_seconds", by: "tier")["audio"] == 0)
        // 2026-11-01 00:00 +08:00.
        #expect(families.integers("rtc_month_start_timestamp_seconds", by: "app") == ["1400000001": 1_793_462_400])
        #expect(families.integers("rtc_month_complete", by: "app") == ["1400000001": isComplete ? 1 : 0])
    }

    @Test("The previous month is absent while one of its days is missing")
    func previousMonth() {
        #expect(families(.app(month: .example([:]))).samples("rtc_previous_month_usage_seconds").isEmpty)
        let previous = MonthTotal.example([.audio: 9], month: UsageDay.today.month.previous)
        let families = families(.app(month: .example([:]), previousMonth: previous))
        let expected = ["audio": 9, "sd": 0, "hd": 0, "fhd": 0, "2k": 0, "4k": 0]
        #expect(families.integers("rtc_previous_month_usage_seconds", by: "tier") == expected)
    }

    @Test("Counters show what was metered and revised")
    func counters() {
        let figures = AppFigures.app(metered: TierSeconds([.fhd: 5]), revisedUp: 60, revisedDown: 120)
        let families = families(figures)
        #expect(families.integers("rtc_metered_seconds_total", by: "tier")["fhd"] == 5)
        #expect(families.integers("rtc_usage_revised_seconds_total", by: "direction") == ["up": 60, "down": 120])
    }

    @Test("Names from outside go into labels as they are")
    func hostileNames() {
        let name = "<script>\"\\\n\u{202e}"
        let families = families(
            .example(current: .example([RoomUsage(name, [.audio: 1])])),
            app: .example(name, name: name)
        )
        #expect(families.samples("rtc_app_info").first?.labels["name"] == name)
        #expect(families.samples("rtc_usage_seconds").first?.labels["room"] == name)
        #expect(families.samples("rtc_usage_seconds").first?.labels["app"] == name)
    }
}

extension RoomUsage {
    /// A room of a small or large size, in some of the tiers of the room source; names repeat, some are reserved.
    static func random(using random: inout SeededGenerator) -> RoomUsage {
        let name = ["", "_other"].randomElement(using: &random) ?? ""
        var seconds = TierSeconds()
        for tier in UsageSource.roomUsage.tiers where Bool.random(using: &random) {
            seconds[tier] = Int.random(in: 0...(1 << Int.random(in: 1...40, using: &random)), using: &random)
        }
        let isReserved = Int.random(in: 0..<8, using: &random) == 0
        return RoomUsage(
            room: RoomID(isReserved ? name : "room \(Int.random(in: 0..<50, using: &random))"),
            seconds: seconds
        )
    }
}
