import ExporterHTTP
import ExporterMetrics
import Testing
import Usage
import UsageLedger
import UsageProviders

@testable import rtc_exporter

@Suite("Days of the status page that are not what they seem")
struct StatusDaysTests {
    private let today = StatusBench.today
    private let now = StatusBench.now

    @Test("A day that is over is compared with the newest figure of the day before, not with an earlier one")
    func superseded() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        let (over, before) = (today.previous, today.advanced(by: -2))
        for hour in 1...24 {
            try await bench.record(100 * hour, on: before, of: app, at: before.start + .seconds(hour * 3600))
        }
        try await bench.record(3000, on: before, of: app, at: bench.source.settleTime(of: before) + .seconds(60))
        try await bench.record(4000, on: over, of: app, at: over.end + .seconds(60))
        let day = try await bench.look(app).day
        #expect(day.part == 1)
        #expect(day.sameHours == DayProgress.SameHours(now: 4000, before: 3000))
        #expect(day.curveBefore.seconds(at: 0.5) == 1200)
    }

    @Test("A curve ends where the figures do, also in the midst of five minutes")
    func partOfInterval() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        let told = Array(repeating: 60, count: 72) + [30]
        try await bench.record(
            72 * 60 + 30,
            on: today,
            of: app,
            at: now + .seconds(120),
            intervals: told
        )
        let day = try await bench.look(app).day
        #expect(day.curve.points.last == UsageCurve.Point(time: day.part, seconds: 72 * 60 + 30))
    }

    @Test("A day that was last read before its end is incomplete: it does not go on, and its figure is not provisional")
    func evening() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        let cut = today.advanced(by: -5)
        try await bench.settle(1000, from: 60, to: 6, of: app)
        try await bench.record(400, on: cut, of: app, at: cut.start + .seconds(12 * 3600))
        try await bench.settle(1000, from: 4, to: 2, of: app)
        try await bench.record(900, on: today.previous, of: app, at: today.previous.start + .seconds(6 * 3600))
        // One day of the month is not settled: memory tells of it.
        let remembered = try #require(try await bench.facts(app).days?.monthProgress())
        #expect(remembered.days.suffix(5).map(\.state) == [.missing, .settled, .settled, .settled, .running])
        #expect(remembered.days.suffix(5).first?.seconds == 400)
        #expect(remembered.sameDays == nil)
        // Two are not: the ledger does.
        try await bench.record(50, on: today, of: app, at: now)
        let read = try #require(try await bench.look(app).month)
        #expect(read.days.suffix(6).map(\.state) == [.missing, .settled, .settled, .settled, .missing, .running])
        #expect(read.days.suffix(6).map(\.seconds) == [400, 1000, 1000, 1000, 900, 50])
        let listed = try await report(app, bench).days
        #expect(listed.prefix(6).map(\.bar.state) == [.running, .missing, .settled, .settled, .settled, .missing])
        #expect(listed[5].bar.seconds == 400)
    }

    @Test("When some apps of a provider lag behind, it says how far, and their last day is incomplete")
    func laggards() async throws {
        let bench = try StatusBench()
        let (quick, slow, stuck) = (bench.app("1"), bench.app("2"), bench.app("3"))
        let early = today.start + .seconds(2 * 3600)
        for app in [quick, slow, stuck] { try await bench.settle(1000, from: 20, to: 2, of: app) }
        for (app, time) in [(quick, now), (slow, early)] {
            try await bench.record(700, on: today.previous, of: app, at: today.start + .seconds(60))
            try await bench.record(50, on: today, of: app, at: time)
        }
        try await bench.record(10, on: today.previous, of: stuck, at: today.previous.start + .seconds(3600))
        let apps = [try await bench.facts(quick), try await bench.facts(slow), try await bench.facts(stuck)]
        let usage = try #require(ProviderTotals.all(of: apps, [:]).first)
        #expect((usage.apps, usage.knownApps) == (3, 2))
        #expect(usage.day?.through == now)
        #expect(usage.day?.leastThrough == early)
        #expect(usage.month?.days.suffix(2).map(\.state) == [.missing, .missing])
    }

    @Test("When the ledger cannot be read, the page of an app lists the days that are in memory")
    func unreadable() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        try await bench.settle(1000, from: 25, to: 2, of: app)
        try await bench.record(700, on: today.previous, of: app, at: today.start + .seconds(60))
        try await bench.record(50, on: today, of: app, at: now)
        let facts = try await bench.facts(app)
        try bench.ledger.close()
        let days = await AppReporter(facts: facts, look: nil, ledger: bench.ledger, now: now).report().days
        #expect(days.prefix(3).map(\.bar.state) == [.running, .provisional, .settled])
        #expect(days.prefix(3).map(\.bar.seconds) == [50, 700, 1000])
        #expect(days.allSatisfy { $0.tiers == nil && $0.source == nil && $0.bar.before == nil })
        #expect(days.last?.bar.state == .missing)
    }

    @Test(
        "What is looked for changes no provider's curves while one page has room for all apps; else the ledger is asked about those on it",
        arguments: [(50, 50), (51, 1)]
    )
    func lookedAt(count: Int, asked: Int) throws {
        let bench = try StatusBench()
        let apps = (0..<count).map { AppFacts(app: bench.app("\($0 + 100)"), figures: nil, statuses: []) }
        let listing = AppListing(apps.map(\.summary), by: StatusQuery(search: "107"))
        #expect(listing.shown.map(\.name.app) == ["107"])
        #expect(StatusReporter.lookedAt(apps, listing).count == asked)
    }

    private func report(_ app: PolledApp, _ bench: StatusBench) async throws -> AppReport {
        await AppReporter(facts: try await bench.facts(app), look: nil, ledger: bench.ledger, now: now).report()
    }
}
