import Testing
import Usage
import TestSupport

@testable import UsagePolling

@Suite("The provider's clock")
struct ProviderClockTests {
    private let noon = UsageDay.sample.at(12)

    @Test("Before any answer the wall clock is all there is")
    func unknown() {
        let clock = ProviderClock()
        #expect(clock.offset(wall: noon, uptime: .seconds(3)) == nil)
        #expect(clock.now(wall: noon, uptime: .seconds(3)) == noon)
    }

    @Test(
        "Of all differences that explain a header the least is taken",
        arguments: [
            (0, 0), (-500, 0), (-3000, 0), (-3001, -1), (-3_600_000, -3_597_000), (1, 1), (3_600_000, 3_600_000),
        ]
    )
    func least(header: Int, offset: Int) {
        var clock = ProviderClock()
        // A header that was cut to the second, of a call that took two.
        clock.observe(noon + .milliseconds(header), wall: noon, uptime: .seconds(50), took: .seconds(2))
        #expect(clock.offset(wall: noon, uptime: .seconds(50)) == .milliseconds(offset))
    }

    @Test("Up to a minute the wall clock is used, beyond it the provider's", arguments: [-61, -60, 0, 60, 61])
    func tolerance(seconds: Int) {
        var clock = ProviderClock()
        clock.observe(noon + .seconds(seconds), wall: noon, uptime: .seconds(50), took: .zero)
        // A clock that is behind may be so by a second less: its header was cut.
        let isOff = seconds > 60 || seconds < -61
        let offset = Duration.seconds(seconds < 0 ? seconds + 1 : seconds)
        #expect(clock.now(wall: noon, uptime: .seconds(50)) == (isOff ? noon + offset : noon))
    }

    @Test("It goes on with the uptime, whatever happens to the wall clock", arguments: UInt64(0)..<10)
    func carriesOn(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var clock = ProviderClock()
        clock.observe(noon, wall: noon, uptime: .zero, took: .zero)
        for _ in 0..<50 {
            let uptime = Duration.seconds(Int.random(in: 0...900_000, using: &generator))
            let step = Duration.seconds(
                Int.random(in: 61...9_000_000, using: &generator) * [1, -1][Int.random(in: 0...1, using: &generator)]
            )
            let wall = noon + uptime + step
            #expect(clock.now(wall: wall, uptime: uptime) == noon + uptime)
            #expect(clock.offset(wall: wall, uptime: uptime) == .zero - step)
        }
    }
}
