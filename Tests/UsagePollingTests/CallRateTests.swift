import TestSupport
import Testing
import UsagePolling

@Suite("The rate of calls under throttling")
struct CallRateTests {
    @Test("A throttled call halves the rate, down to one call in four counted stretches or in five minutes")
    func halves() {
        #expect(spacings(of: .seconds(15), window: 1) == [15, 30, 60, 60])
        #expect(spacings(of: .milliseconds(200), window: 5) == [0.2, 0.4, 0.8, 1.6, 3.2, 4, 4])
        #expect(spacings(of: .seconds(2), window: 30) == [2, 4, 8, 16, 32, 64, 128, 240, 240])
        #expect(spacings(of: .seconds(120), window: 1) == [120, 240, 300, 300])
        #expect(spacings(of: .seconds(900), window: 1) == [900, 900])
        #expect(spacings(of: .zero, window: 1) == [0, 0])
    }

    /// The spacings in seconds while everything is throttled, until they stay.
    private func spacings(of base: Duration, window: Int) -> [Double] {
        var rate = CallRate(base: base, window: window)
        var spacings = [rate.spacing / .seconds(1)]
        for moment in 1...20 {
            let isLower = rate.throttled(callStartedAt: .seconds(moment), at: .seconds(moment))
            spacings.append(rate.spacing / .seconds(1))
            if !isLower { break }
        }
        return spacings.map { ($0 * 1000).rounded() / 1000 }
    }

    @Test("Of calls that were under way together, only the first one that is throttled lowers the rate")
    func together() {
        var rate = CallRate(base: .milliseconds(50), window: 20)
        let calls = [(9_000, 10_000), (9_950, 10_050), (9_000, 11_000)]
        let lowered = calls.map { start, end in
            rate.throttled(callStartedAt: .milliseconds(start), at: .milliseconds(end))
        }
        #expect(lowered == [true, false, false])
        #expect(rate.fraction == 0.5)
        rate.throttled(callStartedAt: .seconds(10), at: .seconds(12))
        #expect(rate.fraction == 0.25)
    }

    @Test("Ten successes in a row raise the rate by a twentieth of the full one")
    func rises() {
        var rate = CallRate(base: .seconds(1), window: 5, fraction: 0.25)
        let raised = (1...10).map { rate.succeeded(callStartedAt: .seconds($0)) }
        #expect(raised == Array(repeating: false, count: 9) + [true])
        #expect(rate.fraction == 0.3)
        for _ in 0..<9 { rate.succeeded(callStartedAt: .seconds(12)) }
        rate.throttled(callStartedAt: .seconds(13), at: .seconds(20))
        // The first one was made at the rate of before.
        let again = [19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30].map { rate.succeeded(callStartedAt: .seconds($0)) }
        #expect(again == Array(repeating: false, count: 10) + [true])
        #expect((rate.fraction - 0.2).magnitude < 1e-9)
    }

    @Test("From the lowest rate it is the full one again after 200 successes", arguments: [1, 2, 5, 20, 30])
    func back(window: Int) {
        var rate = CallRate(base: .milliseconds(1_234), window: window, fraction: 0.0001)
        #expect(rate.isLowered)
        for _ in 0..<200 { rate.succeeded(callStartedAt: .seconds(1)) }
        #expect(!rate.isLowered)
        #expect(rate.spacing == .milliseconds(1_234))
    }

    @Test("What is left of the rate is kept over a restart and another limit, inside the bounds")
    func kept() {
        var rate = CallRate(base: .seconds(15), fraction: 0.5)
        #expect(rate.spacing == .seconds(30))
        rate.change(base: .seconds(20), window: 1)
        #expect(rate.spacing == .seconds(40))
        rate.change(base: .seconds(200), window: 1)
        #expect(rate.spacing.wholeSeconds == 300)
        for (odd, fraction) in [(0, 0.25), (-3, 0.25), (7, 1), (.nan, 1), (.infinity, 1)] as [(Double, Double)] {
            #expect(CallRate(base: .seconds(15), fraction: odd).fraction == fraction)
        }
    }

    /// Somebody else's calls at fixed times beside ours, at a provider that lets so many through in any stretch.
    struct Neighbour: Sendable {
        let spacing: Duration
        let window: Int
        let period: Duration
    }

    @Test(
        "Beside another tool few calls are throttled, most of what it leaves is used, and once it ends all is",
        arguments: [
            Neighbour(spacing: .milliseconds(200), window: 5, period: .milliseconds(500)),
            Neighbour(spacing: .milliseconds(50), window: 20, period: .milliseconds(100)),
            Neighbour(spacing: .milliseconds(500), window: 2, period: .seconds(1)),
            Neighbour(spacing: .seconds(2), window: 30, period: .seconds(4)),
            Neighbour(spacing: .seconds(2), window: 30, period: .seconds(20)),
        ],
        UInt64(0)..<3
    )
    func shared(neighbour: Neighbour, seed: UInt64) {
        var world = SharedLimit(neighbour, seed: seed)
        world.run(until: neighbour.spacing * 20_000)
        #expect(world.throttled * 20 < world.calls, "less than 5 %")
        #expect(world.shareUsed > 0.55)
        #expect(world.othersThrottled * 20 < world.othersCalls)
        world.endOthers()
        for _ in 0..<200 { world.call() }
        #expect(!world.rate.isLowered)
    }

    /// Where one call is allowed per 15 s and somebody else makes one every 30 s, whether ours finds room depends on the moment
    /// alone, so that the rate sinks to its lowest. What is used all the same comes from the call after a throttled one, which
    /// goes out when what struck it has left.
    @Test("Where one call is allowed at a time, two tools share", arguments: UInt64(0)..<20)
    func single(seed: UInt64) {
        var world = SharedLimit(Neighbour(spacing: .seconds(15), window: 1, period: .seconds(30)), seed: seed)
        world.run(until: .seconds(15 * 20_000))
        #expect(world.throttled * 10 < world.calls, "less than 10 %")
        #expect(world.shareUsed > 0.5)
        #expect(world.othersThrottled * 3 < world.othersCalls * 2)
        world.endOthers()
        for _ in 0..<200 { world.call() }
        #expect(!world.rate.isLowered)
        #expect(world.rate.spacing == .seconds(15))
    }
}

/// A provider whose limit two tools share.
private struct SharedLimit {
    private(set) var rate: CallRate
    private(set) var calls = 0
    private(set) var throttled = 0
    private(set) var othersCalls = 0
    private(set) var othersThrottled = 0

    private let limit: CallRateTests.Neighbour
    private var spacing: CallSpacing
    private var now = Duration.zero
    private var pauseEnd = Duration.zero
    private var nextOther: Duration?
    private var counted: [Duration] = []
    private var generator: SeededGenerator

    /// What was used of what the other tool would leave if it had all it asked for.
    var shareUsed: Double {
        let left = now / limit.spacing - now / limit.period
        return Double(calls - throttled) / left
    }

    init(_ limit: CallRateTests.Neighbour, seed: UInt64) {
        self.limit = limit
        rate = CallRate(base: limit.spacing, window: limit.window)
        generator = SeededGenerator(seed: seed)
        let firstStart = limit.spacing * Double.random(in: 0..<1, using: &generator)
        spacing = CallSpacing(spacing: limit.spacing, window: limit.window, firstStart: firstStart)
        nextOther = limit.period * Double.random(in: 0..<1, using: &generator)
    }

    mutating func endOthers() { nextOther = nil }

    mutating func run(until end: Duration) {
        while now < end { call() }
    }

    /// A call of ours, a little late as calls are, with those of the other tool before it.
    mutating func call() {
        now = max(spacing.nextStart, pauseEnd) + .milliseconds(Int.random(in: 0...10, using: &generator))
        let arrival = now + .milliseconds(Int.random(in: 1...20, using: &generator))
        while let other = nextOther, other <= arrival {
            othersCalls += 1
            if !arrives(at: other) { othersThrottled += 1 }
            nextOther = other + limit.period
        }
        calls += 1
        let answer = arrival + .milliseconds(5)
        spacing.start(at: now)
        let isServed = arrives(at: arrival)
        if isServed {
            rate.succeeded(callStartedAt: now)
        } else {
            throttled += 1
            rate.throttled(callStartedAt: now, at: answer)
            // Whatever struck the call has left after one counted stretch.
            pauseEnd = answer + limit.spacing * limit.window
        }
        spacing.end(of: now, at: answer, isThrottled: !isServed)
        spacing.lower(to: rate.spacing)
    }

    private mutating func arrives(at moment: Duration) -> Bool {
        counted.removeAll { moment - $0 >= limit.spacing * limit.window }
        guard counted.count < limit.window else { return false }
        counted.append(moment)
        return true
    }
}

extension Duration {
    fileprivate var wholeSeconds: Int { Int((self / .seconds(1)).rounded()) }
}
