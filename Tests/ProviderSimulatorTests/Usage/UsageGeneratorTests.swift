import Testing

@testable import ProviderSimulator

@Suite("Made-up usage")
struct UsageGeneratorTests {
    private let day = SimulatedDay(number: 20_516)
    private let truth = UsageTruth(configuration: .demo)
    private let settled = UsageTruth(configuration: .demo.with { $0.revisions = false })
    private static let busy = SimulatorConfiguration.demo.apps.filter { $0.rooms > 0 }
    private static let classroom = "1400012001"

    @Test("The same seed makes the same usage, another one different usage")
    func seeds() {
        let again = UsageTruth(configuration: .demo)
        let other = UsageTruth(configuration: .demo.with { $0.seed = 2 })
        for app in Self.busy {
            #expect(truth.final(app: app.id, day: day) == again.final(app: app.id, day: day))
            #expect(truth.final(app: app.id, day: day) != other.final(app: app.id, day: day))
        }
    }

    @Test("A seed means the same usage on every machine and in every version")
    func pinned() {
        let expected = TierSeconds(audio: 5_425_571, sd: 2_867_133, hd: 11_478_753, fhd: 1_714_571)
        #expect(truth.finalTotal(app: Self.classroom, day: day) == expected)
    }

    @Test("No figure of a day ever falls as the day goes on", arguments: busy)
    func cumulative(_ app: SimulatedApp) {
        let rooms = UsageGenerator(seed: 3).rooms(of: app, on: day)
        for room in rooms.prefix(40) {
            var last = TierSeconds.zero
            for second in stride(from: 0, through: 86_400, by: 97) {
                let now = room.cumulative(at: second, revised: false)
                #expect((now - last).columns.allSatisfy { $0 >= 0 })
                last = now
            }
            #expect(room.cumulative(at: 0, revised: true) == .zero)
            #expect(room.cumulative(at: 86_400, revised: true) == room.total)
        }
    }

    @Test("The windows of a day add up to the whole day, room by room", arguments: busy)
    func windows(_ app: SimulatedApp) {
        let late = day.end + 86_400_000
        var sums: [String: TierSeconds] = [:]
        for start in stride(from: day.start, to: day.end, by: 7 * 60_000 * 12) {
            let part = truth.visible(app: app.id, from: start, to: min(start + 84 * 60_000, day.end), now: late)
            sums.merge(part, uniquingKeysWith: +)
        }
        #expect(sums == truth.final(app: app.id, day: day))
        #expect(truth.visible(app: app.id, from: day.start, to: day.end, now: late) == sums)
    }

    @Test("A window over midnight holds the parts of both days, each room once")
    func midnight() {
        let late = day.end + 3 * 86_400_000
        let noon = day.start + 43_200_000
        let evening = settled.visible(app: Self.classroom, from: noon, to: day.end, now: late)
        let morning = settled.visible(app: Self.classroom, from: day.end, to: noon + 86_400_000, now: late)
        let both = settled.rows(app: Self.classroom, from: noon, to: noon + 86_400_000, now: late)
        #expect(Set(both.map(\.id)).count == both.count)
        #expect(
            Dictionary(both.map { ($0.id, $0.usage) }, uniquingKeysWith: +)
                == evening.merging(morning, uniquingKeysWith: +)
        )
    }

    @Test("Weekends are quieter than working days", arguments: busy)
    func week(_ app: SimulatedApp) throws {
        let monday = try #require(SimulatedDay("2026-03-02"))
        var working = 0
        var weekend = 0
        for number in monday.number..<monday.number + 28 {
            let day = SimulatedDay(number: number)
            let sum = truth.finalTotal(app: app.id, day: day).sum
            if day.weekday < 5 { working += sum } else { weekend += sum }
        }
        #expect(working / 20 > weekend / 8 * 3 / 2)
    }

    @Test("Business hours are busier than the night", arguments: busy)
    func hours(_ app: SimulatedApp) {
        let late = day.end + 86_400_000
        let hour = 3_600_000
        let night = truth.visibleTotal(app: app.id, from: day.start, to: day.start + 6 * hour, now: late)
        let business = truth.visibleTotal(
            app: app.id,
            from: day.start + 9 * hour,
            to: day.start + 15 * hour,
            now: late
        )
        #expect(business.sum > 4 * night.sum)
    }

    @Test("Usage grows slowly over the months, at any date")
    func growth() throws {
        let years = ["1975-06-02", "2024-06-03", "2025-06-02", "2026-06-01", "2999-06-03"]
        let busyness = try years.map { try UsageGenerator.busyness(of: #require(SimulatedDay($0))) }
        #expect(busyness == busyness.sorted())
        #expect(busyness[3] > busyness[2] * 11 / 10)
        #expect(busyness[3] < busyness[2] * 13 / 10)
        for date in years {
            #expect(truth.finalTotal(app: Self.classroom, day: try #require(SimulatedDay(date))).sum > 0)
        }
    }

    @Test("A few rooms are huge and many are tiny")
    func sizes() {
        let sums = truth.final(app: Self.classroom, day: day).values.map(\.sum).sorted(by: >)
        #expect(sums.count > 300)
        let all = sums.reduce(0, +)
        #expect(sums.prefix(sums.count / 20).reduce(0, +) * 5 > all * 2)
        #expect(sums[sums.count / 2] * sums.count * 4 < all)
    }

    @Test("Room ids have commas, Chinese and bare numbers among them, none too long", arguments: busy)
    func names(_ app: SimulatedApp) {
        let rooms = UsageGenerator(seed: 1).rooms(of: app.with(rooms: app.rooms * 2), on: day)
        let ids = rooms.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.contains { $0.contains(",") })
        #expect(ids.contains { Int($0) != nil })
        #expect(ids.contains { id in id.unicodeScalars.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) } })
        #expect(ids.contains { $0.contains(day.description) })
        #expect(ids.allSatisfy { !$0.contains("\"") && !$0.contains("\n") && $0.utf8.count <= 64 })
    }

    @Test("A room appears only after it has started")
    func starts() {
        let late = day.end + 86_400_000
        let counts = [6, 10, 16, 24].map { hour in
            truth.visible(app: Self.classroom, from: day.start, to: day.start + hour * 3_600_000, now: late).count
        }
        #expect(counts == counts.sorted())
        #expect(counts[0] * 3 < counts[1])
        #expect(counts[1] * 3 < counts[2] * 2)
        #expect(counts[2] < counts[3])
    }

    @Test("The demo has speaking names, apps of about ten rooms and of hundreds, and an idle one")
    func demo() {
        let counts = SimulatorConfiguration.demo.accounts[0].apps.map { truth.final(app: $0.id, day: day).count }
        #expect((6...8).contains(counts.count))
        #expect(counts.contains { (6...12).contains($0) })
        #expect(counts.contains { $0 > 300 })
        #expect(counts.contains(0))
        #expect(Set(SimulatorConfiguration.demo.apps.map(\.id)).count == counts.count + 6)
    }

    @Test("Each kind of media has its own mix of tiers", arguments: MediaMix.allCases)
    func tiers(_ media: MediaMix) {
        let split = media.split(1_000_000, by: StableHash(seed: 5))
        #expect((999_990...1_000_000).contains(split.sum))
        #expect((split.fourK > 0) == (media == .broadcast))
        #expect((split.audio > 900_000) == (media == .voice))
    }

    @Test("An app that does not exist has no usage")
    func unknown() {
        #expect(truth.final(app: "1", day: day).isEmpty)
        #expect(truth.visible(app: "1", from: day.start, to: day.end, now: day.end).isEmpty)
        #expect(truth.horizon(app: "1", now: 5) == 5)
    }
}

extension SimulatorConfiguration {
    /// This configuration with a change.
    func with(_ change: (inout SimulatorConfiguration) -> Void) -> SimulatorConfiguration {
        var changed = self
        change(&changed)
        return changed
    }
}

extension SimulatedApp {
    /// This app with another number of rooms.
    func with(rooms: Int) -> SimulatedApp {
        SimulatedApp(id: id, name: name, rooms: rooms, largestRoom: largestRoom, media: media)
    }
}
