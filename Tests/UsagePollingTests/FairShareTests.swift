import TestSupport
import Testing

@testable import UsagePolling

@Suite("How kinds of work divide a budget")
struct FairShareTests {
    /// The rule of turns as the plan has it, carried out call by call: each turn belongs to a kind, and one that has nothing
    /// to do leaves it to the first that has.
    private struct Turns {
        private let table: [CallKind]
        private(set) var made: [CallKind: Int] = [:]

        init() {
            let kinds = CallKind.allCases
            table = kinds.flatMap { kind in
                Array(repeating: kind, count: Int((PollPlanner.shares[kind] * 10).rounded()))
            }
        }

        /// Carries out a number of turns; work comes in evenly between them.
        mutating func run(_ turns: Int, arriving: CallRates) {
            var waiting = CallRates()
            for turn in 0..<turns {
                for kind in CallKind.allCases { waiting[kind] += arriving[kind] }
                // Three and ten have no common divisor: the kinds' turns are spread over the ten.
                let order = [table[turn * 3 % table.count]] + CallKind.allCases
                guard let next = order.first(where: { waiting[$0] >= 1 }) else { continue }
                waiting[next] -= 1
                made[next, default: 0] += 1
            }
        }
    }

    private static func demand(_ generator: inout SeededGenerator) -> CallRates {
        var demand = CallRates()
        for kind in CallKind.allCases where Bool.random(using: &generator) {
            demand[kind] = Double.random(in: 0...0.9, using: &generator)
        }
        return demand
    }

    @Test("They get what the turns give them in the long run", arguments: UInt64(0)..<40)
    func turns(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (demand, turns) = (Self.demand(&generator), 10_000)
        var simulation = Turns()
        simulation.run(turns, arriving: demand)
        let given = FairShare.divide(Double(turns), among: demand * Double(turns))
        for kind in CallKind.allCases {
            let difference = given[kind] - Double(simulation.made[kind, default: 0])
            #expect(difference.magnitude <= 20, "\(kind) of \(demand)")
        }
    }

    @Test("Nobody gets more than asked for, nothing is left while somebody wants more", arguments: UInt64(0)..<200)
    func bounds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let demand = Self.demand(&generator) * 1000
        let given = FairShare.divide(1000, among: demand)
        for kind in CallKind.allCases {
            #expect(given[kind] >= 0)
            #expect(given[kind] <= demand[kind] + 1e-9)
            #expect(given[kind] >= min(demand[kind], 1000 * PollPlanner.shares[kind]) - 1e-9)
        }
        let difference = given.total - min(1000, demand.total)
        #expect(difference.magnitude < 1e-6)
    }

    @Test(
        "Worked examples",
        arguments: [
            // Enough for all.
            (
                CallRates(current: 40, closed: 20, idle: 20, history: 20),
                CallRates(current: 40, closed: 20, idle: 20, history: 20)
            ),
            // All want all.
            (
                CallRates(current: 100, closed: 100, idle: 100, history: 100),
                CallRates(current: 50, closed: 20, idle: 20, history: 10)
            ),
            // What the others leave goes to the first.
            (CallRates(current: 100, closed: 5, history: 100), CallRates(current: 85, closed: 5, history: 10)),
            // And what that one leaves to the next.
            (
                CallRates(current: 30, closed: 40, idle: 100, history: 100),
                CallRates(current: 30, closed: 40, idle: 20, history: 10)
            ),
            (CallRates.none, CallRates.none),
        ]
    )
    func examples(demand: CallRates, given: CallRates) {
        #expect(FairShare.divide(100, among: demand) == given)
    }
}
