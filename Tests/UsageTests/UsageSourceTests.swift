import Testing
import Usage

@Suite("A source's limit")
struct UsageSourceTests {
    @Test(
        "Whoever is allowed less has fewer calls counted over the same time, of which whole ones fit",
        arguments: [
            (200, 5, 200, 5), (200, 5, 201, 4), (200, 5, 250, 4), (200, 5, 333, 3), (200, 5, 500, 2), (200, 5, 501, 1),
            (200, 5, 1000, 1), (200, 5, 60_000, 1), (200, 5, 100, 5), (200, 5, 1, 5), (2000, 30, 3000, 20),
            (15_000, 1, 20_000, 1), (15_000, 1, 250, 1), (50, 20, 60, 16), (500, 2, 0, 2),
        ]
    )
    func limited(own: Int, window: Int, new: Int, counted: Int) {
        let source = source(.milliseconds(own), window)
        let limited = source.limited(to: .milliseconds(new))
        #expect(limited.spacing == .milliseconds(new))
        #expect(limited.window == counted)
        #expect(limited.countedStretch == .milliseconds(new * counted))
        var same = limited
        (same.spacing, same.window) = (source.spacing, source.window)
        #expect(same == source, "nothing else changes")
    }

    @Test("Calls are counted one by one unless told otherwise")
    func usual() {
        let source = UsageSource(
            provider: Provider(rawValue: "example"),
            name: "usage",
            tiers: [.audio],
            knowsRooms: false,
            grain: .days,
            reach: 30,
            zone: .utc,
            settledAfter: .zero,
            lag: .zero,
            spacing: .seconds(3)
        )
        #expect(source.window == 1)
        #expect(source.countedStretch == .seconds(3))
    }

    private func source(_ spacing: Duration, _ window: Int) -> UsageSource {
        UsageSource(
            provider: Provider(rawValue: "example"),
            name: "usage",
            tiers: [.audio],
            knowsRooms: false,
            grain: .days,
            reach: 30,
            zone: .utc,
            settledAfter: .zero,
            lag: .zero,
            spacing: spacing,
            window: window
        )
    }
}
