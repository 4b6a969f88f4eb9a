import Exposition
import Testing
import Usage
import UsageLedger
import TestSupport

@testable import ExporterMetrics
@testable import UsagePolling

@Suite("The publisher")
struct MetricsPublisherTests {
    private let publisher = MetricsPublisher(facts: .example, seriesLimit: 1000)

    private func figures(_ seconds: Int) -> [SourceFigures] {
        [.example(current: .example([RoomUsage("a", [.audio: seconds])]))]
    }

    private func page(_ budgets: [BudgetStatus] = []) async throws -> PageText {
        await publisher.publish(budgets)
        return PageText(try #require(publisher.page))
    }

    @Test("There is no page before the first one is published")
    func noPage() async {
        await publisher.update(.example("a"), figures: figures(1))
        #expect(publisher.page == nil)
        await publisher.publish([])
        #expect(publisher.page != nil)
    }

    @Test("Figures are on the next page, not before, and each page is another one")
    func nextPage() async throws {
        await publisher.update(.example("a"), figures: figures(1))
        let first = try await page()
        let held = try #require(publisher.page)
        await publisher.update(.example("a"), figures: figures(2))
        #expect(PageText(try #require(publisher.page)).sum("rtc_usage_seconds") == 1)
        #expect(first.sum("rtc_usage_seconds") == 1)
        #expect(try await page().sum("rtc_usage_seconds") == 2)
        #expect(PageText(held).sum("rtc_usage_seconds") == 1)
    }

    @Test("An app's part of the page changes only with its own figures")
    func onlyTheApp() async throws {
        for app in ["a", "b"] { await publisher.update(.example(app), figures: figures(1)) }
        let before = try await page([.example()])
        await publisher.update(.example("b"), figures: figures(2))
        let after = try await page([.example(targets: [.example(.example("a"), lastAttempt: UnixTime(seconds: 5))])])
        for family in UsageFamilies.all {
            #expect(after.samples(family.name, "app=\"a\"") == before.samples(family.name, "app=\"a\""))
        }
        #expect(after.sum("rtc_usage_seconds", "app=\"b\"") == 2)
    }

    @Test("Page by page it says what a publisher says that is told only of the newest", arguments: 0..<10)
    func asFromScratch(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let limit = [60, 1000][seed % 2]
        let publisher = MetricsPublisher(facts: .example, seriesLimit: limit)
        var known: [String: (figures: [SourceFigures], attempt: UnixTime)] = [:]
        for round in 0..<12 {
            let app = "app \(Int.random(in: 0..<6, using: &random))"
            if Int.random(in: 0..<4, using: &random) == 0 {
                known[app] = nil
                await publisher.remove(PolledApp.example(app).key)
            } else {
                let rooms = (0..<Int.random(in: 0...12, using: &random)).map {
                    RoomUsage("\($0)", [.audio: 1000 - $0 * 100])
                }
                known[app] = ([.example(current: .example(rooms))], UnixTime(seconds: round))
                await publisher.update(.example(app), figures: [.example(current: .example(rooms))])
            }
            let targets = known.map { TargetStatus.example(.example($0), lastAttempt: $1.attempt) }
            await publisher.publish([.example(targets: targets)])
            let fresh = MetricsPublisher(facts: .example, seriesLimit: limit)
            for (app, newest) in known { await fresh.update(.example(app), figures: newest.figures) }
            await fresh.publish([.example(targets: targets)])
            // The limit holds back from small changes, so that what is named may differ; sums may not.
            let (page, other) = (PageText(try #require(publisher.page)), PageText(try #require(fresh.page)))
            if limit == 1000 { #expect(page.lines.sorted() == other.lines.sorted()) }
            #expect(page.sum("rtc_usage_seconds") == other.sum("rtc_usage_seconds"))
            #expect(page.families == other.families)
            #expect(page.samples("rtc_poll_success").sorted() == other.samples("rtc_poll_success").sorted())
        }
    }

    @Test("It gives back the figures that it took")
    func figuresGivenBack() async {
        #expect(await publisher.figures(of: PolledApp.example("a").key) == nil)
        await publisher.update(.example("a"), figures: figures(1))
        await publisher.update(.example("a"), figures: figures(2))
        #expect(await publisher.figures(of: PolledApp.example("a").key) == .app(figures(2)))
        #expect(await publisher.figures(of: PolledApp.example("b").key) == nil)
    }

    @Test("An app that its provider lists by another name, or for another account, is shown as it is now")
    func renamed() async throws {
        await publisher.update(.example("a", name: "Old"), figures: figures(1))
        let moved = PolledApp(key: PolledApp.example("a").key, account: "second", name: "New", sources: [.roomUsage])
        await publisher.update(moved, figures: figures(1))
        let page = try await page()
        #expect(page.samples("rtc_app_info").count == 1)
        #expect(page.samples("rtc_app_info", "account=\"second\"") == page.samples("rtc_app_info", "name=\"New\""))
        #expect(page.samples("rtc_source_info", "account=\"second\"").count == 1)
    }

    @Test("Apps stand in the order of their ids, whatever the order in which they came")
    func order() async throws {
        for app in ["b", "c", "a"] { await publisher.update(.example(app), figures: figures(1)) }
        let apps = try await page().samples("rtc_app_info").map { $0.split(separator: "app=\"").last?.first }
        #expect(apps == ["a", "b", "c"])
    }

    @Test("Page and tail together are the whole catalogue, and no family is on both")
    func wholeCatalogue() async throws {
        let world = await Example.published()
        let page = PageText(try #require(world.publisher.page)).families
        let tail = Set(world.tail.filter { !$0.samples.isEmpty }.map(\.family.name))
        #expect(page.isDisjoint(with: tail))
        #expect(page.union(tail) == Set(MetricCatalogue.families.map(\.name)))
    }

    @Test("What is published keeps to its declarations")
    func declared() async throws {
        let world = await Example.published()
        #expect(world.tail.problems == [])
        let declared = Set(MetricCatalogue.families)
        #expect(world.tail.map(\.family).filter { !declared.contains($0) } == [])
    }

    @Test("promtool has nothing to say about page and tail")
    func promtool() async throws {
        let world = await Example.published()
        let page = try #require(world.publisher.page).body(format: .text, gzip: false, tail: world.tail).bytes
        let run = try Tool("/usr/bin/promtool", ["check", "metrics"], input: page)
        #expect(run.status == 0)
        #expect(String(decoding: run.output, as: UTF8.self) == "")
        #expect(run.errors == "")
    }

    @Test("The page is the golden file of its format")
    func golden() async throws {
        let world = await Example.published()
        let page = try #require(world.publisher.page)
        // Without the process, of which every run tells something else.
        let tail = world.tail.filter { !$0.family.name.hasPrefix("process_") }
        try expectGolden(page.body(format: .text, gzip: false, tail: tail).bytes, "page.prom")
        try expectGolden(page.body(format: .openMetrics, gzip: false, tail: tail).bytes, "page.om")
    }
}

/// Two apps with all that can be said of one, and two budgets.
private struct Example {
    let publisher = MetricsPublisher(facts: .example, seriesLimit: 1000)

    static let classroom = PolledApp.example("1400000001", name: "Classroom")
    static let hostile = PolledApp.example(
        "1400000002",
        name: "\"><script>alert('1')</script>\n\u{202e}",
        sources: [.roomUsage, .totals]
    )

    /// An example whose page is published.
    static func published() async -> Example {
        let example = Example()
        await example.publisher.update(hostile, figures: hostileRooms)
        await example.publisher.update(classroom, figures: classroomFigures)
        await example.publisher.publish(budgets)
        return example
    }

    var tail: [FamilySamples] {
        let statistics = HTTPStatistics(handlers: ["metrics", "status", "healthy", "ready", "other"])
        statistics.count(handler: "metrics", code: 200, took: .milliseconds(4))
        statistics.count(handler: "metrics", code: 503, took: .milliseconds(1))
        statistics.count(handler: "other", code: 404, took: .microseconds(1500))
        return publisher.tail(
            queues: [
                CallQueue(source: .roomUsage, account: "classroom-prod", waiting: 3),
                CallQueue(source: .roomUsage, account: "same key", waiting: 0),
                CallQueue(source: .totals, account: "classroom-prod", waiting: 0),
            ],
            store: .example(size: 1_234_567),
            http: statistics
        )
    }

    private static var classroomFigures: AppFigures {
        let rooms = [
            RoomUsage("lecture", [.audio: 36_000, .sd: 7200, .hd: 86_400]), RoomUsage("a, b", [.hd: 40_000]),
            RoomUsage("教室７組、会議", [.audio: 9000, .fhd: 1]), RoomUsage("small", [.audio: 60]),
            RoomUsage("_other", [.sd: 5]), RoomUsage("", [.fourK: 3]),
        ]
        let settled = (1...57).map { daysAgo in
            DayTotal(
                day: .today.advanced(by: -daysAgo),
                seconds: TierSeconds([.audio: 100_000 + daysAgo, .hd: 200_000])
            )
        }
        return .app(
            [.example(current: .example(rooms, limit: 3), settled: settled)],
            month: .example([.audio: 2_000_210, .hd: 4_000_000]),
            previousMonth: .example([.hd: 6_200_000], month: UsageDay.today.month.previous),
            metered: TierSeconds([.audio: 123_456, .hd: 9]),
            revisedUp: 120,
            revisedDown: 61
        )
    }

    private static var hostileRooms: AppFigures {
        let names = ["a\nb", "\"} 2\n# EOF\n\"", "C:\\n\\", "שלום \u{202e}evil", "{}=,le=\"1.0\" # HELP", "<b>"]
        let current = SourceFigures.CurrentDay.example(
            names.enumerated().map { RoomUsage($1, [.audio: 1000 - $0]) }
        )
        return .app(
            [.example(current: current), .example(.totals)],
            month: .example([.audio: 5985], isComplete: false)
        )
    }

    static var budgets: [BudgetStatus] {
        var rooms = AccountStatus(account: "classroom-prod")
        rooms.calls.succeeded = 41
        rooms.calls.failed = [.throttled: 1, .timeout: 2]
        rooms.clockOffset = .milliseconds(-750)
        rooms.anomalies = [.duplicateRoom: 4]
        let moment = UnixTime(seconds: 1_795_255_200)
        let failure = ReadingFailure(.unauthorized, "The key is not known.", advice: "Check secret_id.")
        return [
            .example(
                accounts: [rooms, AccountStatus(account: "same key")],
                targets: [
                    .example(classroom, lastAttempt: moment, lastSuccess: moment),
                    .example(hostile, lastAttempt: moment, lastSuccess: moment - .seconds(3600), failure: failure),
                ],
                took: [.milliseconds(120), .milliseconds(130), .seconds(2), .seconds(31)]
            ),
            .example(.totals, targets: [.example(hostile, source: .totals)]),
        ]
    }
}
