import TestSupport
import Testing
import UsagePolling

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
        spacing.end(of: .seconds(99), at: .milliseconds(116_020))
        #expect(spacing.nextStart == .milliseconds(131_050), "of a call that nobody made")
    }

    @Test("The allowance of a small spacing covers a new connection", arguments: [50, 200, 500, 2000, 6666])
    func allowance(milliseconds: Int) {
        var spacing = CallSpacing(spacing: .milliseconds(milliseconds), firstStart: .zero)
        spacing.start(at: .zero)
        #expect(spacing.nextStart == .milliseconds(milliseconds + 200))
    }

    @Test("Calls that are counted together are spread evenly, and the next one waits for the oldest of them")
    func window() {
        var spacing = CallSpacing(spacing: .milliseconds(500), window: 2, firstStart: .seconds(10))
        spacing.start(at: .seconds(10))
        #expect(spacing.nextStart == .milliseconds(10_500))
        spacing.start(at: .milliseconds(10_500))
        #expect(spacing.nextStart == .milliseconds(11_200))
        spacing.end(of: .milliseconds(10_500), at: .milliseconds(10_530))
        #expect(spacing.nextStart == .milliseconds(11_200), "the older one may still be on its way")
        spacing.end(of: .seconds(10), at: .milliseconds(10_040))
        #expect(spacing.nextStart == .milliseconds(11_040))
    }

    @Test("The next call waits for the oldest arrival, not for the oldest start")
    func reordered() {
        var spacing = CallSpacing(spacing: .milliseconds(50), window: 2, firstStart: .zero)
        spacing.start(at: .zero)
        spacing.start(at: .milliseconds(50))
        spacing.end(of: .milliseconds(50), at: .milliseconds(60))
        #expect(spacing.nextStart == .milliseconds(160), "two calls in 100 ms, of which the second came first")
    }

    @Test("A lowered rate keeps starts apart, and no less than the limit", arguments: [(20, 15_450), (30_000, 30_000)])
    func lowered(pace: Int, next: Int) {
        var spacing = CallSpacing(spacing: .seconds(15), firstStart: .zero)
        spacing.start(at: .zero)
        spacing.lower(to: .milliseconds(pace))
        #expect(spacing.nextStart == .milliseconds(next))
        #expect(spacing.pace == .milliseconds(max(pace, 15_000)))
        spacing.lower(to: .zero)
        #expect(spacing.nextStart == .milliseconds(15_450))
    }

    @Test("A throttled call counts for the limit, and not for a lowered rate")
    func throttled() {
        var spacing = CallSpacing(spacing: .seconds(15), firstStart: .zero)
        spacing.lower(to: .seconds(60))
        spacing.start(at: .seconds(100))
        spacing.start(at: .seconds(160))
        spacing.end(of: .seconds(160), at: .seconds(161), isThrottled: true)
        #expect(spacing.nextStart == .milliseconds(175_450))
        spacing.start(at: .seconds(176))
        #expect(spacing.nextStart == .seconds(236))
    }

    @Test("Another limit counts the calls that were made")
    func changed() {
        var spacing = CallSpacing(spacing: .seconds(15), firstStart: .zero)
        spacing.start(at: .seconds(100))
        spacing.end(of: .seconds(100), at: .milliseconds(100_080))
        spacing.change(spacing: .seconds(30), window: 1)
        #expect(spacing.nextStart == .milliseconds(130_080))
        spacing.change(spacing: .seconds(5), window: 3)
        #expect(spacing.nextStart == .milliseconds(115_080), "a stricter limit was announced with the old one in force")
        spacing.start(at: .seconds(200))
        spacing.change(spacing: .seconds(1), window: 3)
        #expect(spacing.nextStart == .seconds(201))
    }

    @Test("A stricter limit keeps the old one for its first call")
    func stricter() {
        var spacing = CallSpacing(spacing: .milliseconds(50), window: 20, firstStart: .zero)
        for number in 0..<20 { spacing.start(at: .milliseconds(50 * number)) }
        spacing.end(of: .zero, at: .milliseconds(60))
        spacing.end(of: .milliseconds(50), at: .milliseconds(61))
        #expect(spacing.nextStart == .milliseconds(1_060))
        // By itself it would permit a call at 1030 ms, the twenty-first within a second of 60 ms.
        spacing.change(spacing: .milliseconds(51), window: 19)
        #expect(spacing.nextStart == .milliseconds(1_060))
    }

    @Test("Where more calls are counted than are known, none is made for a whole stretch")
    func forgotten() {
        var spacing = CallSpacing(spacing: .milliseconds(100), firstStart: .zero)
        for number in 0..<200 { spacing.start(at: .seconds(number)) }
        spacing.change(spacing: .milliseconds(100), window: 100)
        #expect(spacing.nextStart == .milliseconds(199_200 + 10_000))
    }
}

@Suite("Spacing of calls, judged by whoever receives them")
struct CallArrivalTests {
    /// What a provider allows: the five sources and some that nobody has.
    static let limits: [(milliseconds: Int, window: Int)] = [
        (15_000, 1), (200, 5), (50, 20), (2000, 30), (500, 2), (50, 1), (1000, 7), (37, 13), (300, 3),
    ]

    @Test("Never do more calls arrive in a stretch than are allowed", arguments: limits, UInt64(0)..<24)
    func arrivals(limit: (milliseconds: Int, window: Int), seed: UInt64) {
        var plan = RandomPlan(spacing: .milliseconds(limit.milliseconds), window: limit.window, seed: seed)
        for number in 0..<400 {
            if number % 50 == Int(seed % 50) { plan.restart() }
            if number % 70 == 69 { plan.lower() }
            plan.call()
        }
        #expect(plan.judge.worst(limit.window, in: .milliseconds(limit.milliseconds * limit.window)) <= limit.window)
    }

    @Test("Nor do they where the limit is another one all the time", arguments: UInt64(0)..<100)
    func changing(seed: UInt64) {
        var plan = RandomPlan(spacing: .milliseconds(100), window: 10, seed: seed)
        for number in 0..<300 {
            if number % 20 == 19 { plan.change() }
            plan.call()
        }
        for index in plan.calls.indices {
            let (call, earlier) = (plan.calls[index], plan.calls[...index])
            let judge = Judge(arrivals: earlier.map(\.arrival).filter { abs(of: $0 - call.arrival) < call.stretch })
            #expect(judge.worst(call.window, in: call.stretch, with: call.arrival) <= call.window)
        }
    }

    @Test("The judge finds what is wrong with calls that are spaced by their starts alone", arguments: limits)
    func judge(limit: (milliseconds: Int, window: Int)) {
        var generator = SeededGenerator(seed: 1)
        let arrivals = (0..<400).map { number in
            Duration.milliseconds(number * limit.milliseconds) + .random(in: 0...0.2, using: &generator)
        }
        let stretch = Duration.milliseconds(limit.milliseconds * limit.window)
        #expect(Judge(arrivals: arrivals).worst(limit.window, in: stretch) > limit.window)
    }

    @Test(
        "While work waits, at least 97 % of a slow budget is used, however long answers take",
        arguments: [20, 100, 300, 449, 450, 451, 1000, 5000, 14_999, 15_000, 16_000, 20_000]
    )
    func slowBudget(milliseconds: Int) {
        let used = Utilisation(spacing: .seconds(15), window: 1) { _ in .milliseconds(milliseconds) }
        #expect(used.share >= 0.97)
        #expect(used.share <= 1)
    }

    @Test(
        "At least 90 % of a quick budget is used while answers come within 100 ms",
        arguments: [(500, 2), (200, 5), (50, 20)],
        UInt64(0)..<10
    )
    func quickBudget(limit: (milliseconds: Int, window: Int), seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let used = Utilisation(spacing: .milliseconds(limit.milliseconds), window: limit.window) { _ in
            .random(in: 0.001...0.1, using: &generator)
        }
        #expect(used.share >= 0.9)
        #expect(used.share <= 1)
    }

    @Test(
        "However slow answers are, the rate is the one that is promised",
        arguments: limits,
        [1, 190, 3000, 1_000_000]
    )
    func slowest(limit: (milliseconds: Int, window: Int), answer: Int) {
        let spacing = Duration.milliseconds(limit.milliseconds)
        let used = Utilisation(spacing: spacing, window: limit.window) { _ in .milliseconds(answer) }
        let promised = CallSpacing.longestInterval(spacing: spacing, window: limit.window)
        #expect(used.interval <= promised)
        if answer > 2000 { #expect(used.interval > promised * 0.99) }
    }

    @Test(
        "What is promised of each source",
        arguments: [(15_000, 1, 15_450), (200, 5, 240), (50, 20, 60), (2000, 30, 2060), (500, 2, 600)]
    )
    func promise(milliseconds: Int, window: Int, interval: Int) {
        let promised = CallSpacing.longestInterval(spacing: .milliseconds(milliseconds), window: window)
        #expect(promised == .milliseconds(interval))
    }
}

/// Counts arrivals as a provider with a sliding window does, without any cleverness.
private struct Judge {
    let arrivals: [Duration]

    /// The most arrivals that any stretch has; of those that have `moment` in them, if it is told.
    func worst(_ window: Int, in stretch: Duration, with moment: Duration? = nil) -> Int {
        arrivals.filter { first in moment.map { first <= $0 && $0 < first + stretch } ?? true }
            .map { first in arrivals.count { first <= $0 && $0 < first + stretch } }
            .max() ?? 0
    }
}

/// Calls with random pauses, ways and answers, some of which never come.
private struct RandomPlan {
    struct Call {
        let start: Duration
        let arrival: Duration
        let window: Int
        let stretch: Duration
    }

    private var spacing: CallSpacing
    private var answers: [(start: Duration, end: Duration)] = []
    private var generator: SeededGenerator
    private(set) var calls: [Call] = []

    var judge: Judge { Judge(arrivals: calls.map(\.arrival)) }

    init(spacing: Duration, window: Int, seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        self.spacing = CallSpacing(spacing: spacing, window: window, firstStart: .seconds(15))
    }

    mutating func call() {
        noteAnswers()
        let stretch = spacing.spacing * spacing.window
        let pause = Int.random(in: 0..<10, using: &generator) == 0 ? stretch.asSeconds : 0.003
        let start = spacing.nextStart + .random(in: 0...pause, using: &generator)
        let longest: [Double] = [0.1, 0.3, max(3 * stretch.asSeconds, 0.1)]
        let takes = Duration.random(
            in: 0.001...(longest.randomElement(using: &generator) ?? 1),
            using: &generator
        )
        // As early or late as can be more often than not: there the limit breaks first.
        let ways: [Double] = [0, 0.2, 0.2, .random(in: 0...0.2, using: &generator)]
        let way = Duration.seconds(ways.randomElement(using: &generator) ?? 0)
        spacing.start(at: start)
        let arrival = start + min(takes, way)
        calls.append(Call(start: start, arrival: arrival, window: spacing.window, stretch: stretch))
        if Int.random(in: 0..<10, using: &generator) > 0 { answers.append((start, start + takes)) }
    }

    /// The process ends at some moment after its newest call, and another one starts at once.
    mutating func restart() {
        let moment = (calls.last?.start ?? .zero) + .random(in: 0...0.01, using: &generator)
        let wait = CallSpacing.firstWait(spacing: spacing.spacing)
        spacing = CallSpacing(spacing: spacing.spacing, window: spacing.window, firstStart: moment + wait)
        answers = []
    }

    /// The rate is lowered, or raised again.
    mutating func lower() {
        spacing.lower(to: spacing.spacing * Double.random(in: 0...4, using: &generator))
    }

    /// Another limit.
    mutating func change() {
        let spacing = Duration.milliseconds(Int.random(in: 10...400, using: &generator))
        self.spacing.change(spacing: spacing, window: .random(in: 1...30, using: &generator))
    }

    private mutating func noteAnswers() {
        answers.shuffle(using: &generator)
        while let index = answers.firstIndex(where: { $0.end <= spacing.nextStart }) {
            let answer = answers.remove(at: index)
            spacing.end(of: answer.start, at: answer.end)
        }
    }
}

/// How much of a budget is used while work waits all the time.
private struct Utilisation {
    let spacing: Duration
    /// The average time between two starts.
    let interval: Duration
    var share: Double { spacing / interval }

    init(spacing: Duration, window: Int, answer: (Int) -> Duration) {
        var calls = CallSpacing(spacing: spacing, window: window, firstStart: .zero)
        var answers: [(start: Duration, end: Duration)] = []
        var starts: [Duration] = []
        for number in 0..<(window * 100 + 1) {
            while let index = answers.firstIndex(where: { $0.end <= calls.nextStart }) {
                let answer = answers.remove(at: index)
                calls.end(of: answer.start, at: answer.end)
            }
            let start = calls.nextStart
            calls.start(at: start)
            starts.append(start)
            answers.append((start, start + answer(number)))
        }
        self.spacing = spacing
        interval = ((starts.last ?? .zero) - (starts.first ?? .zero)) / (starts.count - 1)
    }
}

private func abs(of duration: Duration) -> Duration { max(duration, .zero - duration) }

extension Duration {
    fileprivate static func random(in seconds: ClosedRange<Double>, using generator: inout SeededGenerator) -> Duration
    {
        .seconds(Double.random(in: seconds, using: &generator))
    }

    fileprivate var asSeconds: Double { self / .seconds(1) }
}
