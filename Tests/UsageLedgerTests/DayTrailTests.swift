import TestSupport
import Testing
import Usage

@testable import UsageLedger

@Suite("What the readings of a day leave behind")
struct DayTrailTests {
    private static let day = LedgerExamples.day

    @Test("The same readings in any order and number leave the same", arguments: 1...60 as ClosedRange<UInt64>)
    func anyOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let entries = Self.entries(using: &random)
        let expected = Self.trail(of: entries)
        for _ in 0..<20 {
            let repeats = entries.filter { _ in random.oneIn(3) }
            #expect(Self.trail(of: (entries + repeats).shuffled(using: &random)) == expected)
        }
    }

    @Test(
        "The first stays, and of every five minutes the newest and no more than two empty ones",
        arguments: 1...60 as ClosedRange<UInt64>
    )
    func thinned(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &* 77)
        let entries = Self.entries(using: &random).sorted { $0.askedAt < $1.askedAt }
        let kept = Self.trail(of: entries).entries
        let first = try #require(entries.first)
        let newest = Dictionary(grouping: entries) { $0.askedAt.milliseconds / 300_000 }.values.compactMap(\.last)
        #expect(Set(newest).union([first]).isSubset(of: kept))
        #expect(kept.first == first)
        #expect(kept == kept.sorted { $0.askedAt < $1.askedAt })
        #expect(Set(kept).isSubset(of: entries))
        #expect(kept.count <= 1 + 3 * newest.count)
    }

    @Test("A day told every ten seconds leaves one entry for each five minutes, and the first")
    func bounded() {
        var trail = DayTrail()
        for second in stride(from: 10, to: 86_400, by: 10) { trail.note(Self.entry(second, audio: second)) }
        #expect(trail.entries.count == 289)
        #expect(trail.entries.prefix(3).map(\.seconds.total) == [10, 290, 590])
        #expect(trail.entries.last?.seconds.total == 86_390)
    }

    @Test("Revisions by hand: the figures at hours, and what was revised up and down by then")
    func revisions() {
        // The day is settled at hour 34.
        let steps: [(Double, Int, Int, Int)] = [
            (20, 1_000, 0, 0), (30, 2_000, 0, 0), (33.9, 1_500, 0, 0), (34.1, 1_800, 0, 0), (35, 1_859, 0, 0),
            (36, 1_919, 60, 0), (37, 1_860, 60, 0), (38, 1_800, 60, 60), (39, 2_800, 1_060, 60),
            (40, 2_800, 1_060, 60), (41, 100, 1_060, 2_760),
        ]
        var trail = DayTrail()
        for (hour, figure, revisedUp, revisedDown) in steps {
            trail.note(Self.entry(Int(hour * 3_600), audio: figure))
            #expect(Self.revisions(of: trail) == Revisions(up: revisedUp, down: revisedDown), "at hour \(hour)")
        }
        #expect(Self.revisions(of: Self.trail(of: trail.entries.reversed())) == Self.revisions(of: trail))
    }

    @Test(
        "Two empty answers after the day was settled revise it to nothing, one does not",
        arguments: [60, 290, 300, 3_600]
    )
    func emptied(distance: Int) {
        let first = 36 * 3_600
        var trail = Self.trail(of: [Self.entry(35 * 3_600, audio: 600), Self.entry(first, audio: 0)])
        #expect(Self.revisions(of: trail) == Revisions())
        trail.note(Self.entry(first + distance, audio: 0))
        #expect(Self.revisions(of: trail) == Revisions(up: 0, down: 600))
        trail.note(Self.entry(first + distance + 1_000, audio: 700))
        #expect(Self.revisions(of: trail) == Revisions(up: 700, down: 600))
    }

    @Test("What was asked by a clock that was ahead is forgotten")
    func forgotten() {
        let entries = (0..<5).map { Self.entry($0 * 1_000, audio: $0 + 1) }
        var trail = Self.trail(of: entries)
        trail.forget(askedAfter: entries[2].askedAt)
        #expect(trail == Self.trail(of: Array(entries[0...2])))
    }

    private static func trail(of entries: [DayTrail.Entry]) -> DayTrail {
        entries.reduce(into: DayTrail()) { $0.note($1) }
    }

    private static func revisions(of trail: DayTrail) -> Revisions {
        trail.revisions(of: day, by: LedgerExamples.source)
    }

    /// What was asked that many seconds after the day's midnight.
    private static func entry(_ second: Int, audio: Int) -> DayTrail.Entry {
        let askedAt = day.start + .seconds(second)
        return DayTrail.Entry(askedAt: askedAt, through: min(day.end, askedAt), seconds: TierSeconds([.audio: audio]))
    }

    /// Entries of which several share their five minutes, no two asked at the same moment, a third of them empty.
    private static func entries(using random: inout SeededGenerator) -> [DayTrail.Entry] {
        let seconds = Set((0..<random.below(25) + 1).map { _ in random.below(2_400) + 300_000 * random.below(2) })
        return seconds.sorted().map { entry($0, audio: random.oneIn(3) ? 0 : random.below(9_999)) }
    }
}
