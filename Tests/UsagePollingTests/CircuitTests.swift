import TestSupport
import Testing

@testable import UsagePolling

@Suite("The circuit of an endpoint")
struct CircuitTests {
    @Test("Two targets that fail with no success in between open it, a single one after three failures")
    func opens() {
        for (targets, opensAt) in [(["a", "b"], 2), (["a", "a", "a"], 3), (["a", "a", "b"], 3)] {
            let circuit = Bench()
            for (index, target) in targets.enumerated() {
                #expect(!circuit.isOpen)
                let told = circuit.failNext(target, at: .seconds(index))
                #expect(told == (index + 1 == opensAt))
            }
            #expect(circuit.isOpen)
        }
    }

    @Test("A success in between makes counting begin again, and a failure of a call from before it does not count")
    func counting() {
        let circuit = Bench()
        circuit.failNext("a", at: .zero)
        circuit.failNext("a", at: .zero)
        let early = circuit.call(at: .zero)
        #expect(!circuit.succeeded())
        #expect(!circuit.failed(early ?? 0, target: "b", at: .seconds(30)))
        circuit.failNext("a", at: .seconds(31))
        circuit.failNext("a", at: .seconds(32))
        #expect(!circuit.isOpen)
        circuit.failNext("b", at: .seconds(33))
        #expect(circuit.isOpen)
    }

    @Test("While it is open one probe goes out at a time, after waits that double up to a minute")
    func probes() {
        let circuit = Bench.opened(at: .seconds(100))
        var moment = Duration.seconds(100)
        for wait in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            let due = moment + .seconds(wait)
            #expect(circuit.decide(at: due - .milliseconds(1)) == .wait(until: due))
            #expect(circuit.nextProbe == due)
            let probe = circuit.call(at: due)
            #expect(probe != nil)
            #expect(circuit.call(at: due) == nil)
            #expect(circuit.call(at: due + .seconds(20)) == nil)
            moment = due + .seconds(30)
            #expect(circuit.failed(probe ?? 0, target: "a", at: moment))
        }
    }

    @Test("Chance spreads the waits upwards by up to a quarter", arguments: [(0.0, 1000), (0.5, 1125), (1, 1250)])
    func chance(chance: Double, milliseconds: Int) {
        #expect(Bench.opened(at: .zero, chance: chance).nextProbe == .milliseconds(milliseconds))
    }

    @Test("Calls from before it opened neither lengthen the wait nor give anything free, and their answers close it")
    func older() {
        let circuit = Bench()
        let older = (0..<5).compactMap { _ in circuit.call(at: .zero) }
        #expect(older.count == 5)
        circuit.failed(older[0], target: "a", at: .seconds(1))
        circuit.failed(older[1], target: "b", at: .seconds(1))
        let probe = circuit.call(at: .seconds(2))
        #expect(probe != nil)
        #expect(!circuit.failed(older[2], target: "c", at: .seconds(3)))
        #expect(!circuit.dropped(older[3]))
        #expect(circuit.call(at: .seconds(3)) == nil, "the probe is still out")
        #expect(circuit.succeeded())
        #expect(!circuit.isOpen)
        #expect(circuit.call(at: .seconds(3)) != nil)
        #expect(!circuit.failed(probe ?? 0, target: "a", at: .seconds(4)), "it went out before the answer")
        #expect(!circuit.isOpen)
    }

    @Test("A probe that nobody tells of is followed by another one after the same wait")
    func dropped() {
        let circuit = Bench.opened(at: .zero)
        let first = circuit.call(at: .seconds(1)) ?? 0
        circuit.failed(first, target: "a", at: .seconds(1))
        let second = circuit.call(at: .seconds(3)) ?? 0
        #expect(circuit.dropped(second))
        #expect(circuit.call(at: .milliseconds(4_999)) == nil)
        #expect(circuit.call(at: .seconds(5)) != nil)
    }

    @Test("Whoever has renewed something may probe at once, unless a probe is out")
    func retry() {
        let circuit = Bench.opened(at: .zero)
        #expect(circuit.retryNow(at: .milliseconds(10)))
        let probe = circuit.call(at: .milliseconds(10)) ?? 0
        #expect(!circuit.retryNow(at: .milliseconds(20)))
        #expect(circuit.call(at: .milliseconds(20)) == nil)
        circuit.failed(probe, target: "a", at: .seconds(1))
        #expect(circuit.nextProbe == .seconds(3))
        circuit.succeeded()
        #expect(!circuit.retryNow(at: .seconds(2)))
    }

    @Test("A dead endpoint costs one call a minute, however many budgets call it", arguments: UInt64(0)..<60)
    func dead(seed: UInt64) {
        var crowd = Crowd(seed: seed, budgets: 1 + Int(seed % 40))
        crowd.run(steps: 20_000)
        #expect(crowd.opened != nil)
        #expect(crowd.mostProbes == 1)
        let late = crowd.starts.filter { $0 > (crowd.opened ?? .zero) + .seconds(700) }
        #expect(late.count > 20)
        #expect(zip(late.dropFirst(), late).allSatisfy { $0 - $1 >= .seconds(60) })
    }
}

/// Many budgets that call a dead endpoint whenever they may, in a random order.
private struct Crowd {
    private struct Call {
        let number: Int
        let budget: Int
        let end: Duration
        let isProbe: Bool
    }

    private var circuit = Circuit()
    private var generator: SeededGenerator
    private var now = Duration.zero
    private var calls: [Call] = []
    /// When each budget asks next.
    private var due: [Duration]
    private(set) var opened: Duration?
    private(set) var mostProbes = 0
    private(set) var starts: [Duration] = []

    init(seed: UInt64, budgets: Int) {
        generator = SeededGenerator(seed: seed)
        due = Array(repeating: .zero, count: budgets)
    }

    mutating func run(steps: Int) {
        for _ in 0..<steps {
            let budget = due.indices.min { due[$0] < due[$1] } ?? 0
            if let index = calls.indices.min(by: { calls[$0].end < calls[$1].end }), calls[index].end <= due[budget] {
                end(calls.remove(at: index))
            } else {
                ask(budget)
            }
            if circuit.isOpen, opened == nil { opened = now }
        }
    }

    private mutating func ask(_ budget: Int) {
        now = max(now, due[budget])
        switch circuit.decide(at: now) {
        case .wait(let until):
            // Some do not wait as long as they are told to.
            let early = now + .milliseconds(.random(in: 1...5_000, using: &generator))
            due[budget] = Bool.random(using: &generator) ? until : early
        case .call(let number):
            starts.append(now)
            let takes = Duration.milliseconds(.random(in: 1...30_000, using: &generator))
            calls.append(Call(number: number, budget: budget, end: now + takes, isProbe: circuit.isOpen))
            mostProbes = max(mostProbes, calls.count(where: \.isProbe))
            due[budget] = now + .milliseconds(.random(in: 50...15_000, using: &generator))
        }
    }

    private mutating func end(_ call: Call) {
        now = max(now, call.end)
        let chance = Double.random(in: 0...1, using: &generator)
        if Int.random(in: 0..<20, using: &generator) == 0 {
            _ = circuit.dropped(call.number)
        } else {
            _ = circuit.failed(call.number, target: "\(call.budget)", at: now, chance: chance)
        }
    }
}

/// A circuit that is asked and told in the middle of an expectation.
private final class Bench {
    private var circuit = Circuit()
    var isOpen: Bool { circuit.isOpen }
    var nextProbe: Duration? { circuit.nextProbe }

    static func opened(at uptime: Duration, chance: Double = 0) -> Bench {
        let bench = Bench()
        for target in ["a", "b"] { bench.failNext(target, at: uptime, chance: chance) }
        return bench
    }

    func decide(at uptime: Duration) -> Circuit.Decision { circuit.decide(at: uptime) }
    @discardableResult func succeeded() -> Bool { circuit.succeeded() }
    func dropped(_ number: Int) -> Bool { circuit.dropped(number) }
    func retryNow(at uptime: Duration) -> Bool { circuit.retryNow(at: uptime) }

    @discardableResult
    func failed(_ number: Int, target: String, at uptime: Duration, chance: Double = 0) -> Bool {
        circuit.failed(number, target: target, at: uptime, chance: chance)
    }

    /// The number of a call that goes out now; `nil` when none may.
    func call(at uptime: Duration) -> Int? {
        if case .call(let number) = decide(at: uptime) { number } else { nil }
    }

    /// A call that fails at once.
    @discardableResult
    func failNext(_ target: String, at uptime: Duration, chance: Double = 0) -> Bool {
        call(at: uptime).map { failed($0, target: target, at: uptime, chance: chance) } ?? false
    }
}
