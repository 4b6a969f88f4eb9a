import ProviderSimulator
import TestSupport
import Testing
import Usage
import UsageLedger

@Suite("The running day by five minutes")
struct FiveMinutesTests {
    private static let dividing = SourceVariant.all.filter { [.trtcUsage, .interactiveTime].contains($0.played) }

    @Test("Every five minutes are the provider's own figures to the second", arguments: dividing, [true, false])
    func equalsTruth(_ variant: SourceVariant, zeroRows: Bool) async throws {
        var setup = SourceBench.Setup()
        setup.interval = .seconds(3600)
        setup.historyDays = 2
        setup.behaviour = { $0.zeroRows = zeroRows }
        try await SourceBench.with(variant, setup) { bench in
            // From eight in the evening to eleven in the morning, then to the evening and to the next noon.
            for hours in [15, 9, 16] {
                await bench.clock.advance(by: .seconds(hours * 3600 + 120))
                for app in bench.apps { try await expectTruth(of: app, in: bench) }
            }
        }
    }

    private func expectTruth(of app: AppKey, in bench: SourceBench) async throws {
        let source = bench.variant.source
        let today = source.day(containing: bench.clock.now)
        let reading = try #require(bench.readings.of(app).last { $0.window.first == today })
        let days = try await bench.ledger.history(of: app, from: source, days: today.number...today.number, most: 1)
        let day = try #require(days.first)
        let truth = bench.simulation.truth.fiveMinutes(
            bench.variant.played,
            app: app.app,
            day: day.day.number,
            now: reading.askedAt.milliseconds
        ).map(Usage.TierSeconds.init)
        // What labels mark is told by a row of the first five minutes; without one they are taken for ends.
        let configuration = bench.simulation.configuration
        let isTold =
            configuration.fiveMinuteLabels == .end || configuration.zeroRows || truth.first.map { !$0.isZero } == true
        let early = isTold ? Duration.zero : IntervalUsage.length
        let expected = truth.enumerated().filter { !$0.element.isZero }.map { slot, seconds in
            IntervalUsage(start: day.day.start + .seconds(slot * 300) - early, seconds: seconds)
        }
        #expect(day.intervals == expected, "\(app.app) \(day.day)")
        #expect(day.intervals.reduce(into: .zero) { $0 += $1.seconds } == day.seconds)
        #expect(day.intervals.isEmpty == (app == bench.apps.last))
    }
}
