import Testing

@testable import ProviderSimulator

@Suite("Late figures")
struct LatenessTests {
    private let app = "1400000001"
    private let day = SimulatedDay(containing: World.now)

    @Test("What is visible lags 5 to 20 minutes, not always alike, and never takes a step back")
    func horizon() {
        let truth = World().simulation.truth
        var last = Int.min
        var lags: Set<Int> = []
        for now in stride(from: day.start, to: day.start + 3 * 86_400_000, by: 20_000) {
            let horizon = truth.horizon(app: app, now: now)
            #expect(horizon >= last)
            #expect((300_000...1_200_000).contains(now - horizon))
            lags.insert((now - horizon) / 60_000)
            last = horizon
        }
        #expect(lags.count > 8)
    }

    @Test("A lag of nothing shows usage at once")
    func none() {
        let truth = World(lag: .none, revisions: false).simulation.truth
        #expect(truth.horizon(app: app, now: World.now) == World.now)
        let late = day.end + 86_400_000
        #expect(
            truth.visible(app: app, from: day.start, to: day.end, now: World.now)
                == truth.visible(app: app, from: day.start, to: World.now, now: late)
        )
    }

    @Test("Visible totals of a day never shrink, up to the final truth")
    func growing() {
        let truth = World().simulation.truth
        var last = TierSeconds.zero
        for now in stride(from: day.start, through: day.end + 43_200_000, by: 600_000) {
            let visible = truth.visibleTotal(app: app, from: day.start, to: day.end, now: now)
            #expect((visible - last).columns.allSatisfy { $0 >= 0 })
            last = visible
        }
        #expect(last == truth.finalTotal(app: app, day: day))
    }

    @Test("A window in the future shows nothing, a half-past one what has arrived")
    func future() {
        let truth = World().simulation.truth
        #expect(truth.visible(app: app, from: World.now, to: World.now + 3_600_000, now: World.now).isEmpty)
        let soFar = truth.visible(app: app, from: day.start, to: day.end, now: World.now)
        let arrived = truth.horizon(app: app, now: World.now)
        #expect(soFar == truth.visible(app: app, from: day.start, to: arrived, now: World.now))
        #expect(!soFar.isEmpty)
    }

    @Test("A closed day is slightly incomplete until about 09:30 on the next day, then final")
    func revision() {
        let truth = World().simulation.truth
        let before = day.end + 9 * 3_600_000
        let after = day.end + 10 * 3_600_000
        let incomplete = truth.visibleTotal(app: app, from: day.start, to: day.end, now: before)
        let final = truth.finalTotal(app: app, day: day)
        #expect(incomplete.sum < final.sum)
        #expect(incomplete.sum > final.sum * 9 / 10)
        #expect(truth.visible(app: app, from: day.start, to: day.end, now: after) == truth.final(app: app, day: day))
        let revised = truth.revision(app: app, day: day)
        #expect((560...580).contains((revised - day.end) / 60_000))
        #expect(truth.visibleTotal(app: app, from: day.start, to: day.end, now: revised - 1) == incomplete)
        #expect(truth.visibleTotal(app: app, from: day.start, to: day.end, now: revised) == final)
    }

    @Test("Without revisions a closed day is final as soon as it has arrived")
    func noRevision() {
        let truth = World(revisions: false).simulation.truth
        let visible = truth.visible(app: app, from: day.start, to: day.end, now: day.end + 1_200_000)
        #expect(visible == truth.final(app: app, day: day))
    }
}
