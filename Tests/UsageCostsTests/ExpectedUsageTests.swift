import Testing
import Usage
import UsageCosts
import TestSupport

@Suite("Expected usage")
struct ExpectedUsageTests {
    /// 2026-03-01 in Beijing, a Sunday.
    private let day = UsageDay(number: 20_513, zone: .beijing)

    /// The same weekday in the weeks before, the newest first.
    private func history(_ seconds: [Int]) -> [(day: UsageDay, seconds: Int)] {
        seconds.enumerated().map { (day.advanced(by: -7 * ($0.offset + 1)), $0.element) }
    }

    @Test("Fewer than three days of the same weekday say nothing", arguments: 0...2)
    func tooFew(count: Int) {
        let others = (1...50).filter { !$0.isMultiple(of: 7) }.map { (day: day.advanced(by: -$0), seconds: 100) }
        let teachers = history(Array(repeating: 100, count: count))
        #expect(ExpectedUsage(of: day, history: teachers + others) == nil)
    }

    @Test("Three days of the same weekday say something, whatever the other days were")
    func enough() throws {
        let others = (1...50).filter { !$0.isMultiple(of: 7) }.map { (day: day.advanced(by: -$0), seconds: 999_999) }
        let expected = try #require(ExpectedUsage(of: day, history: others + history([90, 100, 110])))
        #expect(expected.middle == 100)
    }

    @Test("The day itself and later days do not count")
    func ownDay() {
        let past = history([100, 200, 300])
        let later = [(day: day, seconds: 1_000_000), (day: day.advanced(by: 7), seconds: 1_000_000)]
        #expect(ExpectedUsage(of: day, history: past + later) == ExpectedUsage(of: day, history: past))
        #expect(ExpectedUsage(of: day, history: history([100, 200]) + later) == nil)
    }

    @Test("Days count up to eight weeks back")
    func weeks() {
        let recent = history([100, 110, 120, 130, 140, 150, 160])
        let eighth = [(day: day.advanced(by: -56), seconds: 900)]
        let ninth = [(day: day.advanced(by: -63), seconds: 900)]
        let expected = ExpectedUsage(of: day, history: recent)
        #expect(ExpectedUsage(of: day, history: recent + ninth) == expected)
        #expect(ExpectedUsage(of: day, history: recent + eighth) != expected)
        #expect(ExpectedUsage(of: day, history: history([100, 110]) + ninth) == nil)
    }

    @Test("One wild day moves neither the middle nor the band by much")
    func outlier() throws {
        let steady = try #require(ExpectedUsage(of: day, history: history([100, 101, 102, 103, 104, 105, 106, 107])))
        let wild = try #require(ExpectedUsage(of: day, history: history([100, 101, 102, 103, 104, 105, 106, 100_000])))
        #expect(abs(wild.middle - steady.middle) <= 1)
        #expect(abs(wild.high - steady.high) <= 5)
        #expect(abs(wild.low - steady.low) <= 5)
    }

    @Test("The middle is the median, the band three scaled median deviations to each side")
    func figures() throws {
        let odd = try #require(ExpectedUsage(of: day, history: history([1000, 2000, 4000])))
        #expect(odd.middle == 2000)
        #expect(odd.high == 2000 + 4448)
        #expect(odd.low == 0)
        let even = try #require(ExpectedUsage(of: day, history: history([1000, 1100, 1200, 1400])))
        #expect(even.middle == 1150)
        #expect(even.low == 1150 - 445)
        #expect(even.high == 1150 + 445)
    }

    @Test("An even history still has a band of a seventh to each side")
    func evenHistory() throws {
        let expected = try #require(ExpectedUsage(of: day, history: history([1000, 1000, 1000, 1000])))
        #expect((expected.low, expected.middle, expected.high) == (850, 1000, 1150))
    }

    @Test("An app that was never used is expected to stay so")
    func unused() throws {
        let expected = try #require(ExpectedUsage(of: day, history: history([0, 0, 0])))
        #expect((expected.low, expected.middle, expected.high) == (0, 0, 0))
    }

    @Test("Bounds are ordered and never negative, and the order of history does not matter", arguments: 0..<100)
    func bounds(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bound = [10, 1000, 1_000_000_000_000_000].randomElement(using: &generator) ?? 10
        let seconds = (0..<Int.random(in: 3...8, using: &generator)).map { _ in
            Int.random(in: 0...bound, using: &generator)
        }
        let past = history(seconds)
        let expected = try #require(ExpectedUsage(of: day, history: past))
        #expect(0 <= expected.low && expected.low <= expected.middle && expected.middle <= expected.high)
        #expect(seconds.contains { $0 <= expected.middle } && seconds.contains { $0 >= expected.middle })
        #expect(ExpectedUsage(of: day, history: past.shuffled(using: &generator)) == expected)
    }
}
