import Synchronization
import Testing
import UsagePolling

@Suite("The circuit that budgets share")
struct EndpointCircuitTests {
    private let circuit = EndpointCircuit()

    /// How often something happened.
    private final class Count: Sendable {
        private let storage = Mutex(0)
        var value: Int { storage.withLock { $0 } }
        func add() { storage.withLock { $0 += 1 } }
    }

    private func pass(at seconds: Int) -> EndpointCircuit.Pass? {
        if case .call(let pass) = circuit.admission(at: .seconds(seconds)) { pass } else { nil }
    }

    private func open() {
        for target in ["a", "b"] { pass(at: 0)?.failed(target: target, at: .zero, chance: 0) }
    }

    @Test("Who waits is told when the endpoint answers again, and may call at once")
    func closing() {
        let count = Count()
        let listening = circuit.onChange { [circuit] in
            // A listener may ask at once.
            if case .call = circuit.admission(at: .zero) { count.add() }
        }
        open()
        #expect(circuit.nextProbe == .seconds(1))
        #expect(pass(at: 0) == nil)
        let probe = pass(at: 1)
        #expect(probe != nil)
        #expect(pass(at: 1) == nil)
        let before = count.value
        probe?.succeeded()
        #expect(count.value == before + 1)
        #expect(circuit.nextProbe == nil)
        #expect(pass(at: 1) != nil)
        withExtendedLifetime(listening) {}
    }

    @Test("A probe that is let go of without a word holds nobody up")
    func vanished() {
        let count = Count()
        let listening = circuit.onChange { count.add() }
        open()
        #expect(count.value == 1)
        do {
            let probe = pass(at: 1)
            #expect(probe != nil)
            #expect(pass(at: 60) == nil)
        }
        #expect(count.value == 2)
        #expect(pass(at: 2) != nil)
        withExtendedLifetime(listening) {}
    }

    @Test("A pass that was told what came of the call does nothing when it ends")
    func told() {
        open()
        do {
            let probe = pass(at: 1)
            probe?.failed(target: "a", at: .seconds(2), chance: 0)
            #expect(circuit.nextProbe == .seconds(4))
        }
        #expect(circuit.nextProbe == .seconds(4))
    }

    @Test("Who waits is told of another time for the next probe")
    func retry() {
        let count = Count()
        let listening = circuit.onChange { count.add() }
        open()
        circuit.retryNow(at: .zero)
        #expect(count.value == 2)
        #expect(pass(at: 0) != nil)
        withExtendedLifetime(listening) {}
    }

    @Test("A listener is called for as long as it wants to be")
    func listening() {
        let count = Count()
        do {
            let listening = circuit.onChange { count.add() }
            withExtendedLifetime(listening) {}
        }
        open()
        #expect(count.value == 0)
    }

    @Test("Of many that ask at the same time, one gets the probe")
    func race() async {
        open()
        let circuit = circuit
        let passes = await withTaskGroup(of: EndpointCircuit.Pass?.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    if case .call(let pass) = circuit.admission(at: .seconds(1)) { pass } else { nil }
                }
            }
            return await group.reduce(into: []) { passes, pass in passes.append(pass) }
        }
        #expect(passes.count { $0 != nil } == 1)
    }
}
