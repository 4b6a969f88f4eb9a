import Testing
import Usage
import UsageLedger
import TestSupport

@testable import ExporterMetrics

@Suite("The limit of series")
struct SeriesLimitTests {
    private static let tiers = UsageSource.roomUsage.tiers.count

    /// Rooms of one tier, the largest first.
    private func rooms(_ count: Int, largest: Int = 1_000_000) -> [RoomUsage] {
        (0..<count).map { RoomUsage("room \($0)", [.audio: largest - $0]) }
    }

    private func publish(_ publisher: MetricsPublisher) async throws -> PageText {
        await publisher.publish([])
        return PageText(try #require(publisher.page))
    }

    @Test("What fits is left alone")
    func fits() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 10 + Self.tiers)
        await publisher.update(.example("a"), figures: [.example(current: .example(rooms(10)))])
        let page = try await publish(publisher)
        #expect(page.samples("rtc_usage_seconds").count == 10 + Self.tiers)
        #expect(page.samples("rtc_series_folded") == ["rtc_series_folded 0"])
    }

    @Test("One series too many folds one room, the smallest")
    func oneTooMany() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 9 + Self.tiers)
        await publisher.update(.example("a"), figures: [.example(current: .example(rooms(10)))])
        let page = try await publish(publisher)
        #expect(page.samples("rtc_usage_seconds").count == 9 + Self.tiers)
        #expect(!page.rooms(of: "a").contains("room 9"))
        #expect(page.samples("rtc_series_folded") == ["rtc_series_folded 1"])
        #expect(page.sum("rtc_rooms_folded") == 1)
        #expect(page.sum("rtc_rooms") == 10)
        #expect(page.sum("rtc_usage_seconds") == rooms(10).total.total)
    }

    @Test("A large app makes room, small ones lose nothing")
    func smallApps() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 100)
        await publisher.update(.example("large"), figures: [.example(current: .example(rooms(500), limit: 500))])
        await publisher.update(.example("small"), figures: [.example(current: .example(rooms(5, largest: 100)))])
        let page = try await publish(publisher)
        #expect(page.samples("rtc_usage_seconds").count == 100)
        #expect(page.rooms(of: "small").count == 5 + 1)
        #expect(page.samples("rtc_rooms_folded", "app=\"small\"").allSatisfy { $0.hasSuffix(" 0") })
        #expect(page.samples("rtc_usage_seconds", "app=\"large\"").count == 100 - 5 - Self.tiers)
        #expect(page.samples("rtc_series_folded") == ["rtc_series_folded \(500 - (100 - 5 - 2 * Self.tiers))"])
        #expect(page.sum("rtc_usage_seconds", "app=\"large\"") == rooms(500).total.total)
    }

    @Test("Rooms that the ledger folded stay so, and are not counted as folded by the limit")
    func foldedBefore() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 9 + Self.tiers)
        await publisher.update(.example("a"), figures: [.example(current: .example(rooms(30), limit: 10))])
        let page = try await publish(publisher)
        #expect(page.samples("rtc_series_folded") == ["rtc_series_folded 1"])
        #expect(page.sum("rtc_rooms_folded") == 21)
        #expect(page.sum("rtc_rooms") == 30)
        #expect(page.sum("rtc_usage_seconds") == rooms(30).total.total)
    }

    @Test("A room that is named stays so until another one is a tenth larger")
    func hysteresis() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 1 + Self.tiers)
        func rooms(of publisher: MetricsPublisher, a: Int, b: Int) async throws -> Set<String> {
            let rooms = [RoomUsage("a", [.audio: a]), RoomUsage("b", [.audio: b])]
            await publisher.update(.example("app"), figures: [.example(current: .example(rooms))])
            return try await publish(publisher).rooms(of: "app")
        }
        #expect(try await rooms(of: publisher, a: 1000, b: 999) == ["a", "_other"])
        #expect(try await rooms(of: publisher, a: 1000, b: 1099) == ["a", "_other"])
        #expect(try await rooms(of: publisher, a: 1000, b: 1100) == ["b", "_other"])
        #expect(try await rooms(of: publisher, a: 1200, b: 1100) == ["b", "_other"])
    }

    @Test("How many rooms an app may name stays while no more than a tenth more would fit, and falls at once")
    func number() {
        func series(_ rooms: Int) -> [Int] { Array(0...rooms) }
        func most(_ rooms: Int, others: Int, before: Int?) -> Int? {
            let demands = [
                SeriesLimit.Demand(rooms: rooms, series: rooms, fixed: 0),
                SeriesLimit.Demand(rooms: 0, series: others, fixed: others),
            ]
            return SeriesLimit(limit: 1000).roomsPerApp(demands, before: before) { [series(rooms), [0]][$0] }
        }
        #expect(most(2000, others: 0, before: nil) == 1000)
        #expect(most(2000, others: 10, before: 1000) == 990)
        #expect(most(2000, others: 0, before: 990) == 990)
        #expect(most(2000, others: 0, before: 910) == 910)
        #expect(most(2000, others: 0, before: 909) == 1000)
        #expect(most(900, others: 0, before: 909) == nil)
    }

    @Test("A new day begins without named rooms: the largest are named, by however little")
    func newDay() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 1 + Self.tiers)
        let yesterday = [RoomUsage("a", [.audio: 1000]), RoomUsage("b", [.audio: 999])]
        let today = [RoomUsage("a", [.audio: 20]), RoomUsage("b", [.audio: 21])]
        let before = SourceFigures.CurrentDay.example(yesterday, day: .today.previous)
        await publisher.update(.example("app"), figures: [.example(current: before)])
        #expect(try await publish(publisher).rooms(of: "app") == ["a", "_other"])
        await publisher.update(.example("app"), figures: [.example(current: .example(today))])
        #expect(try await publish(publisher).rooms(of: "app") == ["b", "_other"])
    }

    @Test("Another limit is kept from the next page on")
    func otherLimit() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 5 + Self.tiers)
        await publisher.update(.example("a"), figures: [.example(current: .example(rooms(10)))])
        for (limit, folded) in [(5, 5), (10, 0), (2, 8)] {
            await publisher.noteConfiguration(loadedAt: UnixTime(seconds: 1), seriesLimit: limit + Self.tiers)
            let page = try await publish(publisher)
            #expect(page.samples("rtc_series_folded") == ["rtc_series_folded \(folded)"])
            #expect(page.sum("rtc_usage_seconds") == rooms(10).total.total)
        }
    }

    @Test("When the rooms fit again, all are named again")
    func goesAway() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 20 + 2 * Self.tiers)
        await publisher.update(.example("a"), figures: [.example(current: .example(rooms(15)))])
        await publisher.update(.example("b"), figures: [.example(current: .example(rooms(15)))])
        let tight = try await publish(publisher)
        #expect(tight.samples("rtc_usage_seconds").count == 20 + 2 * Self.tiers)
        #expect(tight.samples("rtc_series_folded") == ["rtc_series_folded 10"])
        await publisher.update(.example("b"), figures: [.example(current: .example(rooms(5), day: .today.next))])
        let roomy = try await publish(publisher)
        #expect(roomy.samples("rtc_usage_seconds").count == 20 + 2 * Self.tiers)
        #expect(roomy.samples("rtc_series_folded") == ["rtc_series_folded 0"])
        #expect(roomy.rooms(of: "a").count == 15 + 1)
    }

    @Test("A limit below what every app needs at least names no room, and keeps the sums")
    func tooSmall() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 3)
        await publisher.update(.example("a"), figures: [.example(current: .example(rooms(10)))])
        let page = try await publish(publisher)
        #expect(page.samples("rtc_usage_seconds").count == Self.tiers)
        #expect(page.rooms(of: "a") == ["_other"])
        #expect(page.sum("rtc_usage_seconds") == rooms(10).total.total)
        #expect(page.samples("rtc_series_folded") == ["rtc_series_folded 10"])
    }

    @Test("Apps of sources without rooms take their part of the limit")
    func withoutRooms() async throws {
        let publisher = MetricsPublisher(facts: .example, seriesLimit: 10 + Self.tiers)
        await publisher.update(.example("a"), figures: [.example(current: .example(rooms(10)))])
        let totals = SourceFigures.example(.totals, current: .example([RoomUsage("", [.audio: 9])]))
        await publisher.update(.example("b", sources: [.totals]), figures: [totals])
        let page = try await publish(publisher)
        #expect(page.samples("rtc_usage_seconds").count == 10 + Self.tiers)
        #expect(page.samples("rtc_series_folded") == ["rtc_series_folded 2"])
    }

    @Test("Series never exceed the limit and sums stay exact, however usage moves", arguments: 0..<20)
    func property(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let apps = (0..<Int.random(in: 1...5, using: &random)).map { PolledApp.example("app \($0)") }
        let limit = apps.count * Self.tiers + Int.random(in: 0...120, using: &random)
        let publisher = MetricsPublisher(facts: .example, seriesLimit: limit)
        var totals: [String: Int] = [:]
        for _ in 0..<8 {
            for app in apps where Int.random(in: 0..<3, using: &random) > 0 {
                let rooms = similarRooms(using: &random)
                totals[app.key.app] = rooms.total.total
                await publisher.update(app, figures: [.example(current: .example(rooms))])
            }
            let page = try await publish(publisher)
            #expect(page.samples("rtc_usage_seconds").count <= limit)
            for (app, total) in totals { #expect(page.sum("rtc_usage_seconds", "app=\"\(app)\"") == total) }
            #expect(page.sum("rtc_series_folded") <= page.sum("rtc_rooms_folded"))
            let named = apps.reduce(0) { $0 + page.rooms(of: $1.key.app).subtracting(["_other"]).count }
            #expect(named == page.sum("rtc_rooms") - page.sum("rtc_rooms_folded"))
        }
    }

    @Test("Rooms are ranked so that any number of the first ones is what the folding rule names", arguments: 0..<20)
    func ranking(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let rooms = similarRooms(using: &random).shuffled(using: &random)
        let shown = Set(rooms.prefix(Int.random(in: 0...rooms.count, using: &random)).map(\.room))
        let ranked = SeriesLimit.order(of: rooms, shown: shown).map { rooms[$0] }
        for limit in 0...rooms.count {
            let folded = RoomFolding(limit: limit).fold(rooms, previous: shown)
            #expect(Set(ranked.prefix(limit)) == Set(folded.named))
        }
    }

    /// Rooms of about the same size, which often overtake each other by less than a tenth, with one to six series each, so
    /// that it matters for the limit which of them are named.
    private func similarRooms(using random: inout SeededGenerator) -> [RoomUsage] {
        (0..<Int.random(in: 20...40, using: &random)).map { number in
            let tiers = UsageSource.roomUsage.tiers.prefix(1 + number % Self.tiers)
            let each = Int.random(in: 950...1080, using: &random) / tiers.count
            return RoomUsage("room \(number)", Dictionary(uniqueKeysWithValues: tiers.map { ($0, each) }))
        }
    }
}
