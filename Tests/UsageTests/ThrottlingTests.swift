import Testing
import Usage

@Suite("What a provider slowed us down by")
struct ThrottlingTests {
    private static let noted = UnixTime(seconds: 1_700_000_000)

    @Test(
        "A pause ends when it was to end, and a clock that was set back does not make it longer",
        arguments: [(0, 90), (30, 60), (89, 1), (90, 0), (500, 0), (-1, 90), (-86_400, 90)]
    )
    func pause(later: Int, left: Int) {
        let now = Self.noted + .seconds(later)
        let throttling = Throttling(fraction: 0.5, pausedUntil: Self.noted + .seconds(90), notedAt: Self.noted)
        #expect(throttling.pauseLeft(at: now) == .seconds(left))
    }

    @Test("No pause, or one that was over when it was noted, is over")
    func none() {
        for until in [nil, Self.noted - .seconds(5)] {
            let throttling = Throttling(fraction: 1, pausedUntil: until, notedAt: Self.noted)
            for moment in [Self.noted - .seconds(60), Self.noted] { #expect(throttling.pauseLeft(at: moment) == .zero) }
        }
    }
}
