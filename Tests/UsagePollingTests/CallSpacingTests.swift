import Testing
import UsagePolling
import TestSupport

@Suite("Spacing of calls")
struct CallSpacingTests {
    @Test("The first call starts when it is told to")
    func first() {
        #expect(CallSpacing(spacing: .seconds(15), firstStart: .seconds(40)).nextStart == .seconds(40))
    }

    @Test("After a quick answer the next call waits one spacing from the answer")
    func quick() {
        var spacing = CallSpacing(spacing: .seconds(15), firstStart: .zero)
        spacing.start(at: .seconds(100))
        #expect(spacing.nextStart == .milliseconds(115_450))
        spacing.end(of: .seconds(100), at: .milliseconds(100_080))
        #expect(spacing.nextStart == .milliseconds(115_080))
    }

    @Test("A slow answer costs no more than the allowance")
    func slow() {
        var spacing = CallSpacing(spacing: .seconds(15), firstStart: .zero)
        spacing.start(at: .seconds(100))
        spacing.end(of: .seconds(100), at: .seconds(110))
        #expect(spacing.nextStart == .milliseconds(115_450))
    }

    @Test("The late answer of an earlier call changes nothing")
    func overlapping() {
        var spacing = CallSpacing(spacing: .seconds(15), firstStart: .zero)
        spacing.start(at: .seconds(100))
        spacing.start(at: .seconds(116))
        spacing.end(of: .seconds(100), at: .milliseconds(116_010))
        #expect(spacing.nextStart == .milliseconds(131_450))
        spacing.end(of: .seconds(116), at: .milliseconds(116_050))
        #expect(spacing.nextStart == .milliseconds(131_050))
    }

    @Test("The allowance of a small spacing covers a new connection", arguments: [50, 200, 500, 2000, 6666])
    func allowance(milliseconds: Int) {
        var spacing = CallSpacing(spacing: .milliseconds(milliseconds), firstStart: .zero)
        spacing.start(at: .zero)
        #expect(spacing.nextStart == .milliseconds(milliseconds + 200))
    }

    /// How calls come and go in a property test.
    enum Weather: CaseIterable {
        /// Answers come within 200 ms; a call arrives anywhere before its answer.
        case quickAnswers
        /// A call arrives within 200 ms; answers take up to three spacings.
        case quickArrivals
    }

    @Test("No two calls arrive closer than the spacing", arguments: Weather.allCases, UInt64(0)..<40)
    func arrivals(weather: Weather, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let space = Duration.milliseconds([50, 200, 500, 2000, 15_000].randomElement(using: &generator) ?? 15_000)
        var spacing = CallSpacing(spacing: space, firstStart: .seconds(15))
        var arrivals: [Duration] = []
        var answers: [(start: Duration, end: Duration)] = []
        for _ in 0..<300 {
            let start = nextStart(of: &spacing, after: &answers) + .random(in: 0...0.3, using: &generator)
            let longest = weather == .quickAnswers ? 0.2 : space.asSeconds * 3
            let takes = Duration.random(in: 0.001...longest, using: &generator)
            arrivals.append(start + min(takes, .random(in: 0...0.2, using: &generator)))
            spacing.start(at: start)
            answers.append((start, start + takes))
        }
        #expect(zip(arrivals.dropFirst(), arrivals).allSatisfy { $0 - $1 >= space })
    }

    @Test(
        "While work waits, at least 97 % of a slow budget is used, however long answers take",
        arguments: [20, 100, 300, 449, 450, 451, 1000, 5000, 14_999, 15_000, 16_000, 20_000]
    )
    func utilisation(milliseconds: Int) {
        var spacing = CallSpacing(spacing: .seconds(15), firstStart: .zero)
        var answers: [(start: Duration, end: Duration)] = []
        var last = Duration.zero
        for _ in 0..<1000 {
            last = nextStart(of: &spacing, after: &answers)
            spacing.start(at: last)
            answers.append((last, last + .milliseconds(milliseconds)))
        }
        #expect(Duration.seconds(15) * 999 / last >= 0.97)
    }

    /// When the next call may start, with all the answers that come before.
    private func nextStart(
        of spacing: inout CallSpacing,
        after answers: inout [(start: Duration, end: Duration)]
    ) -> Duration {
        answers.sort { $0.end < $1.end }
        while let answer = answers.first, answer.end <= spacing.nextStart {
            spacing.end(of: answer.start, at: answer.end)
            answers.removeFirst()
        }
        return spacing.nextStart
    }
}

extension Duration {
    fileprivate static func random(in seconds: ClosedRange<Double>, using generator: inout SeededGenerator) -> Duration
    {
        .seconds(Double.random(in: seconds, using: &generator))
    }

    fileprivate var asSeconds: Double { self / .seconds(1) }
}
