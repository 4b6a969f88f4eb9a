import Foundation
import TestSupport
import Testing
import Usage
import UsageLedger
import UsagePolling

@Suite("The first start, and starts after the exporter was off")
struct OutageTests {
    private static let day = Duration.seconds(86_400)
    private static let interval = Duration.seconds(600)

    /// What one run of the exporter left behind.
    private struct Run {
        var end = UnixTime(seconds: 0)
        var known: [AppKey: Set<UsageDay>] = [:]
        var readings: [AppKey: [Reading]] = [:]
    }

    @Test(
        "On first start the history that is wished for is filled in, newest first, behind live work",
        arguments: SourceVariant.all
    )
    func firstStart(_ variant: SourceVariant) async throws {
        try await Self.inFolder { folder in
            try await Self.run(variant, in: folder, historyDays: 20, for: .seconds(3 * 3600))
        }
    }

    @Test(
        "After nine days off the missing days are filled in, newest first, behind live work, and metered",
        arguments: SourceVariant.all
    )
    func nineDays(_ variant: SourceVariant) async throws {
        try await Self.inFolder { folder in
            let first = try await Self.run(variant, in: folder, historyDays: 5, for: .seconds(8 * 3600))
            try await Self.run(
                variant,
                in: folder,
                after: first,
                off: Self.day * 9,
                historyDays: 30,
                for: .seconds(3 * 3600)
            )
        }
    }

    @Test("Days that are missing between known ones are found and filled in", arguments: SourceVariant.plain)
    func gap(_ variant: SourceVariant) async throws {
        try await Self.inFolder { folder in
            let first = try await Self.run(variant, in: folder, historyDays: 2, for: .seconds(6 * 3600))
            let second = try await Self.run(
                variant,
                in: folder,
                after: first,
                off: Self.day * 8,
                historyDays: 2,
                for: .seconds(3600)
            )
            for known in second.known.values {
                let numbers = known.map(\.number).sorted()
                #expect(zip(numbers, numbers.dropFirst()).contains { $1 - $0 > 3 })
            }
            try await Self.run(
                variant,
                in: folder,
                after: second,
                off: .seconds(3600),
                historyDays: 15,
                for: .seconds(3 * 3600)
            )
        }
    }

    @Test(
        "After an outage longer than a source's reach all days that it still tells are filled in, and none is made up",
        arguments: SourceVariant.plain
    )
    func longerThanReach(_ variant: SourceVariant) async throws {
        let reach = variant.source.reach
        try await Self.inFolder { folder in
            let first = try await Self.run(variant, in: folder, historyDays: 3, for: .seconds(6 * 3600))
            let second = try await Self.run(
                variant,
                in: folder,
                after: first,
                off: Self.day * (reach + 10),
                historyDays: reach + 30,
                for: .seconds(3 * 3600)
            )
            for (app, known) in second.known {
                let before = try #require(first.known[app]?.max())
                let since = try #require(known.filter { $0 > before }.min())
                #expect(since == variant.source.day(containing: second.end).advanced(by: 1 - reach))
            }
        }
    }

    @Test("A settled day is read once more when it is a week old, and never again", arguments: SourceVariant.plain)
    func reread(_ variant: SourceVariant) async throws {
        var setup = SourceBench.Setup()
        setup.historyDays = 20
        setup.interval = .seconds(4 * 3600)
        try await SourceBench.with(variant, setup) { bench in
            await bench.clock.advance(by: Self.day * 14)
            let firstDay = variant.source.day(containing: setup.start)
            for app in bench.apps {
                for day in (1...3).map(firstDay.advanced(by:)) {
                    let ages = bench.daysAfterSettling(day, of: app)
                    #expect(ages.contains { $0 < 1 }, "\(app.app) \(day) \(ages)")
                    #expect(ages.contains { (7..<7.1).contains($0) }, "\(app.app) \(day) \(ages)")
                    // One call may cover a day that has just settled, one that is a week old, and all between them.
                    #expect(ages.allSatisfy { $0 < 8.2 }, "\(app.app) \(day) \(ages)")
                    if variant.source.span == 1 { #expect(ages.count == 2, "\(app.app) \(day) \(ages)") }
                }
            }
        }
    }

    // MARK: Runs of the exporter, one after the other

    /// Lets an exporter run for a time, from when another one ended and some time more, and looks at what came of it.
    @discardableResult
    private static func run(
        _ variant: SourceVariant,
        in folder: URL,
        after previous: Run = Run(),
        off: Duration = .zero,
        historyDays: Int,
        for time: Duration
    ) async throws -> Run {
        var setup = SourceBench.Setup()
        setup.ledgerFolder = folder
        setup.historyDays = historyDays
        setup.interval = interval
        if previous.end.seconds > 0 { setup.start = previous.end + off }
        var run = previous
        try await SourceBench.with(variant, setup) { bench in
            await bench.clock.advance(by: time)
            run.end = bench.clock.now
            bench.expectSpacing()
            for app in bench.apps {
                let days = try bench.wishedDays(of: app, historyDays: historyDays)
                try await bench.expectTruth(of: app, on: days)
                let closed = days.filter { variant.source.settleTime(of: $0) <= setup.start }
                bench.expectNewestFirst(of: app, among: Set(closed).subtracting(previous.known[app] ?? []))
                bench.expectLiveWork(of: app, since: setup.start, interval: interval)
                run.readings[app, default: []] += bench.readings.of(app)
                try await expectMetered(run.readings[app] ?? [], of: app, in: bench)
                run.known[app] = Set(try await bench.recordedDays(of: app).map(\.day))
            }
        }
        return run
    }

    /// All that was used since the app was first asked about is metered, once.
    private static func expectMetered(_ readings: [Reading], of app: AppKey, in bench: SourceBench) async throws {
        let source = bench.variant.source
        let firstDay = source.day(containing: try #require(readings.first).askedAt)
        var highest: [UsageDay: TierSeconds] = [:]
        for usage in readings.flatMap(\.days) where usage.day >= firstDay {
            highest[usage.day] = (highest[usage.day] ?? .zero).combined(with: usage.total, max)
        }
        // What the first look shows was used before. A source of whole days that does not list the day then has nothing of it.
        let looks = source.grain == .days ? Array(readings.prefix(1)) : readings
        let baseline = looks.lazy.flatMap(\.days).first { $0.day == firstDay }?.total ?? .zero
        let all = highest.values.reduce(into: TierSeconds.zero) { $0 += $1 }
        #expect(try await bench.figures(of: app).metered == all.combined(with: baseline, -), "\(app.app)")
    }

    private static func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "outage-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
