import ProviderSimulator
import Testing

@Suite("The simulator's clock")
struct SimulatorClockTests {
    @Test("It runs along its source from where it was set")
    func runs() {
        let dial = Dial(1_000_000)
        let clock = dial.clock
        #expect(clock.now == 1_000_000)
        clock.set(to: 5_000)
        dial.pass(.seconds(2))
        #expect(clock.now == 7_000)
        clock.advance(by: .seconds(-3))
        #expect(clock.now == 4_000)
    }

    @Test("Stopped, it stands still until it is turned or set going again")
    func stops() {
        let dial = Dial(1_000_000)
        let clock = dial.clock
        clock.stop()
        dial.pass(.seconds(60))
        #expect(clock.now == 1_000_000)
        #expect(clock.isStopped)
        clock.advance(by: .seconds(5))
        clock.stop()
        #expect(clock.now == 1_005_000)
        clock.set(to: 2_000_000)
        clock.resume()
        clock.resume()
        dial.pass(.seconds(1))
        #expect(clock.now == 2_001_000)
        #expect(!clock.isStopped)
    }

    @Test("Turning the wall clock does not move the monotonic one")
    func monotonic() {
        let dial = Dial(1_000_000)
        let clock = dial.clock
        clock.set(to: 0)
        clock.stop()
        dial.pass(.seconds(2))
        #expect(clock.elapsed == .seconds(2))
    }

    @Test("It can start at a moment of its own, on the machine's time sources")
    func starts() {
        let clock = SimulatorClock(startingAt: 1_000)
        #expect((1_000..<61_000).contains(clock.now))
        #expect(clock.elapsed >= .zero)
        #expect(SimulatorClock().now > World.now - 200_000_000_000)
    }
}
