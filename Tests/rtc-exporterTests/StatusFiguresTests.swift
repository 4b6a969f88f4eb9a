import ExporterHTTP
import ExporterMetrics
import Testing
import Usage
import UsageLedger
import UsageProviders

@testable import rtc_exporter

@Suite("Figures of the status page, from the ledger")
struct StatusFiguresTests {
    private let today = StatusBench.today
    private let now = StatusBench.now

    @Test("A month has its settled days, the provisional one, the running one, and the same days of the month before")
    func month() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        try await bench.settle(1000, from: 60, to: 21, of: app)
        try await bench.settle(2000, from: 20, to: 2, of: app)
        try await bench.record(700, on: today.previous, of: app, at: today.start + .seconds(60))
        try await bench.record(50, on: today, of: app, at: now)
        let facts = try await bench.facts(app)
        let month = try #require(facts.days?.monthProgress())
        #expect(month.seconds == 19 * 2000 + 700 + 50)
        #expect(month.isComplete)
        #expect(month.days.map(\.state) == Array(repeating: .settled, count: 19) + [.provisional, .running])
        #expect(month.days.map(\.seconds) == Array(repeating: 2000, count: 19) + [700, 50])
        #expect(month.days.allSatisfy { $0.before == 1000 })
        #expect(month.sameDays == MonthProgress.SameDays(now: 19 * 2000 + 700, before: 20 * 1000, days: 20))
        #expect(facts.summary.seconds == 50)
        #expect(facts.summary.month == month.seconds)
    }

    @Test(
        "A missing day is missing and not 0, and spoils the comparison; several unsettled ones are read from the ledger"
    )
    func gaps() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        try await bench.settle(1000, from: 60, to: 6, of: app)
        for back in [4, 2] {
            let day = today.advanced(by: -back)
            try await bench.record(300 + back, on: day, of: app, at: day.end + .seconds(60))
        }
        try await bench.record(50, on: today, of: app, at: now)
        let inMemory = try #require(try await bench.facts(app).days?.monthProgress())
        #expect(inMemory.days.suffix(6).map(\.state) == Array(repeating: .missing, count: 5) + [.running])
        #expect(inMemory.days.suffix(6).map(\.seconds) == [nil, nil, nil, nil, nil, 50])
        let read = try #require(try await bench.look(app).month)
        #expect(read.days.suffix(6).map(\.seconds) == [nil, 304, nil, 302, nil, 50])
        #expect(
            read.days.suffix(6).map(\.state) == [.missing, .provisional, .missing, .provisional, .missing, .running]
        )
        #expect(read.sameDays == nil && !read.isComplete)
    }

    @Test("The same hours of the day before are those until the same time, by five minutes")
    func sameHours() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        // A minute of usage in each five minutes, twice that from noon on, and none before two o'clock.
        let yesterday = (0..<288).map { $0 < 24 ? 0 : $0 < 144 ? 60 : 120 }
        let total = yesterday.reduce(0, +)
        try await bench.record(
            total,
            on: today.previous,
            of: app,
            at: today.start + .seconds(60),
            intervals: yesterday
        )
        try await bench.record(5000, on: today, of: app, at: now, intervals: Array(repeating: 60, count: 72))
        let day = try await bench.look(app).day
        #expect(day.seconds == 5000)
        #expect(day.part == 0.25)
        #expect(day.sameHours == DayProgress.SameHours(now: 5000, before: 48 * 60))
        #expect(day.secondsBefore == total)
        #expect(day.curveBefore.seconds(at: 0.5) == 120 * 60)
        #expect(day.curveBefore.seconds(at: 1) == total)
        #expect(day.curve.points.last == UsageCurve.Point(time: 0.25, seconds: 5000))
        #expect(day.expected == nil)
    }

    @Test("Of a day that was read seldom nobody knows the hours, and of one without usage everybody does")
    func seldom() async throws {
        let bench = try StatusBench()
        let (seldom, idle) = (bench.app("1"), bench.app("2"))
        for (app, seconds) in [(seldom, 900), (idle, 0)] {
            for hours in [5, 24] {
                try await bench.record(
                    seconds * hours,
                    on: today.previous,
                    of: app,
                    at: today.previous.start + .seconds(hours * 3600 + 60)
                )
            }
            try await bench.record(seconds, on: today, of: app, at: now)
        }
        #expect(try await bench.look(seldom).day.sameHours == nil)
        #expect(try await bench.look(seldom).day.secondsBefore == 900 * 24)
        #expect(try await bench.look(idle).day.sameHours == DayProgress.SameHours(now: 0, before: 0))
    }

    @Test("What is expected of the day comes from the same weekdays of its history")
    func expected() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        try await bench.settle(100_000, from: 57, to: 2, of: app)
        try await bench.record(50, on: today, of: app, at: now)
        let expected = try #require(try await bench.look(app).day.expected)
        #expect((expected.low, expected.middle, expected.high) == (85_000, 100_000, 115_000))
    }

    @Test("A provider has the sums of its apps, with what is known of all of them only")
    func provider() async throws {
        let bench = try StatusBench()
        let (first, second, third) = (bench.app("1"), bench.app("2"), bench.app("3"))
        let steady = Array(repeating: 60, count: 288)
        for (app, seconds) in [(first, 1000), (second, 500)] {
            try await bench.settle(seconds, from: 60, to: 2, of: app)
            try await bench.record(
                288 * 60,
                on: today.previous,
                of: app,
                at: today.start + .seconds(60),
                intervals: steady
            )
            try await bench.record(72 * 60, on: today, of: app, at: now, intervals: Array(steady.prefix(72)))
        }
        let two = [try await bench.facts(first), try await bench.facts(second)]
        let looks = [
            two[0].name: try await bench.look(first), two[1].name: try await bench.look(second),
        ]
        let usage = try #require(ProviderTotals.all(of: two, looks).first)
        let day = try #require(usage.day)
        #expect((usage.provider, usage.apps, usage.knownApps) == ("tencent", 2, 2))
        #expect(day.seconds == 2 * 72 * 60)
        #expect(day.sameHours == DayProgress.SameHours(now: 2 * 72 * 60, before: 2 * 72 * 60, apps: 2))
        #expect(day.secondsBefore == 2 * 288 * 60)
        #expect(day.curve.seconds(at: 0.125) == 2 * 36 * 60)
        #expect(day.curveBefore.seconds(at: 1) == 2 * 288 * 60)
        #expect(day.expected?.middle == 1500)
        #expect(usage.month?.days.first?.seconds == 1500)
        #expect(usage.month?.days.first?.before == 1500)
        #expect(usage.month?.days.suffix(2).map(\.state) == [.provisional, .running])

        // One that is not shown leaves no curve; one without figures leaves no comparison of months.
        let unseen = try #require(
            ProviderTotals.all(of: two, [two[0].name: looks[two[0].name]].compactMapValues(\.self)).first
        )
        #expect(unseen.day?.curve == UsageCurve.none && unseen.day?.sameHours == nil)
        #expect(unseen.day?.seconds == day.seconds)
        #expect(unseen.day?.secondsBefore == day.secondsBefore)
        let three = two + [try await bench.facts(third)]
        let partly = try #require(ProviderTotals.all(of: three, looks).first)
        #expect((partly.apps, partly.knownApps) == (3, 2))
        #expect(partly.month?.days.allSatisfy { $0.state == .missing } == true)
        #expect(partly.month?.isComplete == false)
        #expect(partly.month?.sameDays == nil)
    }

    @Test("The page of an app lists the last 31 days with their tiers, states and sources, the missing ones too")
    func appDays() async throws {
        let bench = try StatusBench()
        let app = bench.app("1")
        try await bench.settle(1000, from: 10, to: 2, of: app)
        try await bench.record(700, on: today.previous, of: app, at: today.start + .seconds(60))
        try await bench.record(50, on: today, of: app, at: now)
        let report = await AppReporter(
            facts: try await bench.facts(app),
            look: try await bench.look(app),
            ledger: bench.ledger,
            now: now
        )
        .report()
        #expect(report.days.count == 31)
        #expect(report.days.prefix(3).map(\.bar.state) == [.running, .provisional, .settled])
        #expect(report.days.prefix(3).map { $0.tiers?[.audio] } == [50, 700, 1000])
        #expect(report.days.map(\.bar.day) == (0..<31).map { today.advanced(by: -$0) })
        #expect(report.days.last?.bar.state == .missing && report.days.last?.source == nil)
        #expect(report.days[2].source == "trtc_usage")
        #expect(report.sources.map(\.name) == ["trtc_usage"])
        #expect(report.rooms == nil)
        #expect(report.tiers == TierSeconds([.audio: 50]))
    }
}
