import TestSupport
import Testing
import Usage

@testable import UsageLedger

@Suite("The counter and its closed form")
struct CounterPropertyTests {
    private static let app = LedgerExamples.app
    private static let minutes = LedgerExamples.source
    /// Tells whole days, those that are over first.
    private static let days = UsageSource(
        provider: app.provider,
        name: "days",
        tiers: [.audio, .hd],
        knowsRooms: false,
        grain: .days,
        reach: 31,
        span: 30,
        zone: .beijing,
        settledAfter: .seconds(86_400),
        lag: .zero,
        spacing: .seconds(2)
    )

    @Test(
        "Whatever the order and number of readings, it counts what the closed form does and never falls",
        arguments: 1...40 as ClosedRange<UInt64>,
        [minutes, days]
    )
    func anyOrder(seed: UInt64, source: UsageSource) async throws {
        var random = SeededGenerator(seed: seed &* 104_729)
        let readings = try (0..<14).map { try Self.reading($0, from: source, using: &random) }
        let expected = Self.closedForm(of: readings, from: source)
        for _ in 0..<3 {
            let repeats = readings.filter { _ in random.oneIn(3) }
            let arrivals = (readings + repeats).shuffled(using: &random)
            try await withLedger { ledger in
                var (shown, counter) = (TierSeconds.zero, AppCounter?.none)
                for arrival in arrivals {
                    _ = try await ledger.record(arrival, from: source)
                    counter = try await ledger.read { try CounterRecord.fetchOne($0, of: Self.app)?.counter }
                    let counted = try #require(counter).counted
                    shown = shown.combined(with: counted, max)
                    #expect(try await ledger.figures(of: Self.app, from: source).metered == shown)
                }
                #expect(counter?.counted == expected)
                if !Self.hasLateBaseline(arrivals) { #expect(shown == expected) }
            }
        }
    }

    @Test("Rises that arrive in the order in which they were asked are shown one by one")
    func inOrder() async throws {
        var random = SeededGenerator(seed: 9)
        var readings = try (0..<30).map { try Self.reading($0, from: Self.minutes, using: &random) }
        readings.sort { $0.askedAt < $1.askedAt }
        try await withLedger { ledger in
            for count in 1...readings.count {
                _ = try await ledger.record(readings[count - 1], from: Self.minutes)
                let expected = Self.closedForm(of: Array(readings.prefix(count)), from: Self.minutes)
                #expect(try await ledger.figures().metered == expected)
            }
        }
    }

    @Test("A reading that arrives late and says where counting began raises nothing in passing")
    func lateBaseline() async throws {
        let day = LedgerExamples.day
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 10, ["a": 500])])
            try await ledger.record([Reading(day, hour: 9, ["a": 700])])
            #expect(try await ledger.figures().metered == .zero, "the highest figure is the first one")
            try await ledger.record([Reading(day, hour: 11, ["a": 720])])
            #expect(try await ledger.figures().metered.total == 20)
        }
    }

    /// Worked out from all readings at once: the highest figures of the days from the first polled one on, less what was
    /// told of that one first. Where a source of whole days told nothing of it at the first look, that was nothing.
    private static func closedForm(of readings: [Reading], from source: UsageSource) -> TierSeconds {
        let sorted = readings.sorted { $0.askedAt < $1.askedAt }
        guard let first = sorted.first else { return .zero }
        let firstDay = source.day(containing: first.askedAt)
        var highest: [UsageDay: TierSeconds] = [:]
        for usage in sorted.flatMap(\.days) where usage.day >= firstDay {
            highest[usage.day] = (highest[usage.day] ?? .zero).combined(with: usage.total, max)
        }
        let isSilent = source.grain == .days && !first.days.contains { $0.day == firstDay }
        let told = sorted.lazy.flatMap(\.days).first { $0.day == firstDay }?.total ?? .zero
        let baseline = isSilent ? .zero : told
        return highest.values.reduce(into: .zero) { $0 += $1 }.combined(with: baseline, -)
    }

    /// Whether a reading arrives that was asked before all of the same day so far and told more than the first of them.
    private static func hasLateBaseline(_ arrivals: [Reading]) -> Bool {
        var earliest: [UsageDay: (askedAt: UnixTime, seconds: TierSeconds)] = [:]
        for arrival in arrivals {
            for usage in arrival.days {
                if let known = earliest[usage.day] {
                    guard arrival.askedAt < known.askedAt else { continue }
                    let more = usage.total.combined(with: known.seconds, max)
                    if more != known.seconds { return true }
                }
                earliest[usage.day] = (arrival.askedAt, usage.total)
            }
        }
        return false
    }

    /// Figures that grow from hour to hour, but for some that are restated.
    private static func reading(_ index: Int, from source: UsageSource, using random: inout SeededGenerator) throws
        -> Reading
    {
        let asked = LedgerExamples.day.advanced(by: random.below(5))
        let hour = Double(random.below(23)) + 0.5 + Double(index) / 100
        func seconds(_ back: Int) -> TierSeconds {
            let grown = Int((Double(24 * back) + hour) * 10)
            return TierSeconds([
                .audio: random.oneIn(8) ? random.below(2_000) : grown, .hd: random.oneIn(2) ? 0 : grown / 7,
            ])
        }
        if source.grain == .minutes {
            let back = random.oneIn(3) ? random.below(4) : 0
            return Reading(
                asked.advanced(by: -back),
                hour: hour + Double(24 * back),
                [
                    RoomUsage(room: RoomID("a"), seconds: random.oneIn(9) ? .zero : seconds(back))
                ]
            )
        }
        let askedAt = asked.at(hour: hour)
        let window = try #require(UsageWindow(first: asked.advanced(by: -3), last: asked, through: askedAt))
        let listed = (0...3).filter { $0 > 0 ? !random.oneIn(4) : hour > 8 && random.oneIn(2) }
            .map { DayUsage(day: asked.advanced(by: -$0), total: seconds($0)) }
        return Reading(app: app, window: window, askedAt: askedAt, listed: listed, by: source)
    }
}
