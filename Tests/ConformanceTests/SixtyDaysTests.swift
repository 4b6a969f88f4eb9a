import Foundation
import ProviderSimulator
import TestSupport
import Testing
import Usage
import UsageLedger
import UsagePolling

@Suite("Sixty days of polling every source")
struct SixtyDaysTests {
    private static let machineZones = ["UTC", "America/New_York", "Australia/Lord_Howe"]

    @Test(
        "The ledger equals the provider's own figures to the second, whatever the machine's zone",
        arguments: SourceVariant.all
    )
    func equalsTruth(_ variant: SourceVariant) async throws {
        let index = SourceVariant.all.firstIndex { $0.testDescription == variant.testDescription } ?? 0
        try await inZone(Self.machineZones[index % Self.machineZones.count]) {
            try await SourceBench.with(variant) { bench in
                await bench.clock.advance(by: .seconds(60 * 86_400))
                for app in bench.apps {
                    try await expectTruth(of: app, in: bench)
                }
                let refused = bench.simulation.calls.all.filter { $0.outcome != "ok" }
                #expect(refused.isEmpty, "\(refused.prefix(3))")
            }
        }
    }

    @Test("Three machines in three zones hold the same figures", arguments: SourceVariant.plain)
    func zones(_ variant: SourceVariant) async throws {
        var known: [String] = []
        for zone in Self.machineZones {
            try await inZone(zone) {
                try await SourceBench.with(variant) { bench in
                    await bench.clock.advance(by: .seconds(4 * 86_400 + 7_000))
                    for app in bench.apps { known.append("\(try await bench.figures(of: app))") }
                }
            }
        }
        let each = known.count / Self.machineZones.count
        #expect(each > 0)
        #expect(known.prefix(each).elementsEqual(known.dropFirst(each).prefix(each)))
        #expect(known.prefix(each).elementsEqual(known.suffix(each)))
    }

    @Test(
        "A provider that restates settled days is followed, and what it changed is counted",
        arguments: SourceVariant.plain
    )
    func restated(_ variant: SourceVariant) async throws {
        var setup = SourceBench.Setup()
        setup.historyDays = 12
        setup.behaviour = { $0.restatement = Restatement(afterDays: 3, permille: 40) }
        try await SourceBench.with(variant, setup) { bench in
            await bench.clock.advance(by: .seconds(20 * 86_400))
            let app = try #require(bench.apps.first)
            let figures = try await bench.figures(of: app)
            // Read once more after a week, and no older than the provider still tells.
            let now = bench.clock.now
            let old = figures.settled.filter { day in
                day.day.end < now - .seconds(9 * 86_400) && day.day.end > now - .seconds(29 * 86_400)
            }
            #expect(old.count >= 10)
            for day in old { #expect(day.seconds == bench.claimed(app, day.day, at: bench.clock.now), "\(day.day)") }
            #expect(figures.revisedUp > 0)
            #expect(figures.revisedDown == 0)
        }
    }

    @Test("A machine whose clock is hours off asks by the provider's clock", arguments: SourceVariant.plain, [-7, 5])
    func skewed(_ variant: SourceVariant, hours: Int) async throws {
        var setup = SourceBench.Setup()
        setup.skew = .seconds(hours * 3600)
        setup.interval = .seconds(1800)
        try await SourceBench.with(variant, setup) { bench in
            await bench.clock.advance(by: .seconds(2 * 86_400 + 600))
            for app in bench.apps { try await expectTruth(of: app, in: bench, isSkewed: true) }
            let offset = await bench.poller.status().accounts.first?.clockOffset
            #expect(offset.map { abs($0.inSeconds + Double(hours * 3600)) <= 1 } == true)
            let refused = bench.simulation.calls.all.filter { $0.outcome != "ok" }
            #expect(refused.count <= 2, "\(refused.prefix(3))")
        }
    }

    // MARK: What is true

    /// Every settled day is what the provider says of it two days later; the current day is what it said when it was asked.
    private func expectTruth(of app: AppKey, in bench: SourceBench, isSkewed: Bool = false) async throws {
        let figures = try await bench.figures(of: app)
        let source = bench.variant.source
        let first = source.day(containing: bench.clock.now).number - (isSkewed ? 2 : 60)
        #expect(figures.settled.count { $0.day.number > first } >= (isSkewed ? 0 : 58))
        for day in figures.settled where day.day.number > first {
            let later = min(bench.clock.now, day.day.end + .seconds(2 * 86_400))
            #expect(day.seconds == bench.claimed(app, day.day, at: later), "\(app.app) \(day.day)")
        }
        let current = try #require(figures.current)
        let claim = try #require(bench.currentClaim(app))
        #expect(current.total.day == claim.day)
        let asked = try await bench.ledger.recordedDays(of: app, from: source, since: claim.day).first?.askedAt
        let told = bench.claimed(app, claim.day, at: try #require(asked))
        if !isSkewed {
            #expect(current.total.seconds == told)
        } else {
            // The provider's clock is known to a second.
            let (before, after) = (asked.map { $0 - .seconds(2) }, asked.map { $0 + .seconds(2) })
            let least = bench.claimed(app, claim.day, at: try #require(before)).total
            #expect(
                (least...bench.claimed(app, claim.day, at: try #require(after)).total).contains(
                    current.total.seconds.total
                )
            )
        }
        #expect(figures.metered.total <= figures.settled.reduce(told.total) { $0 + $1.seconds.total } + told.total)
    }

    /// Runs with the machine's zone set, which nothing may depend on.
    private func inZone(_ zone: String, _ body: () async throws -> Void) async throws {
        let before = ProcessInfo.processInfo.environment["TZ"]
        unsafe setenv("TZ", zone, 1)
        tzset()
        try await body()
        if let before { unsafe setenv("TZ", before, 1) } else { unsafe unsetenv("TZ") }
        tzset()
    }
}
