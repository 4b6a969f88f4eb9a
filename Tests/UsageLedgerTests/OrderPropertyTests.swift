import Testing
import Usage
import UsageLedger
import TestSupport

@Suite("Readings in any order and number")
struct OrderPropertyTests {
    /// What the ledger should say of a day, worked out from all of its readings at once.
    struct Truth: Equatable {
        var rooms: [RoomUsage] = []
        var askedAt: UnixTime
        var confirmedAt: UnixTime

        init(_ readings: [Reading]) {
            let sorted = readings.sorted { $0.askedAt < $1.askedAt }
            let used = sorted.last { !$0.total.isZero }
            let emptyLater = sorted.filter { reading in
                reading.total.isZero && used.map { $0.askedAt < reading.askedAt } ?? true
            }
            askedAt = sorted.last?.askedAt ?? UnixTime(seconds: 0)
            confirmedAt = askedAt
            guard let used, emptyLater.count < 2 else { return }
            rooms = used.rooms.filter { !$0.seconds.isZero }
            confirmedAt = used.askedAt
        }
    }

    @Test("They always lead to the same days, rooms and times", arguments: 1...24 as ClosedRange<UInt64>)
    func anyOrder(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let readings = Self.readings(using: &random)
        let byDay = Dictionary(grouping: readings, by: \.window.last)
        for round in 0..<3 {
            let repeats = (0..<6).compactMap { _ in readings.randomElement(using: &random) }
            let order = round == 0 ? readings : (readings + repeats).shuffled(using: &random)
            try await withLedger(limit: 2) { ledger in
                try await ledger.record(order)
                let recorded = try await ledger.days()
                #expect(recorded.map(\.day) == byDay.keys.sorted())
                for day in recorded {
                    let truth = Truth(byDay[day.day] ?? [])
                    let rooms = try await ledger.rooms(on: day.day)
                    #expect(rooms == truth.rooms)
                    #expect(day.askedAt == truth.askedAt)
                    #expect(day.confirmedAt == truth.confirmedAt)
                }
                try await expectTotalsOfRooms(in: ledger)
            }
        }
    }

    @Test(
        "The days after the first metered one add up to the same, whatever the order",
        arguments: 1...12 as ClosedRange<UInt64>
    )
    func metered(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed &* 1_000)
        let readings = Self.readings(using: &random)
        // The app is first asked about on the day before all of these.
        let first = Reading(LedgerExamples.day.previous, hour: 20, ["a": 123])
        var highest: [UsageDay: TierSeconds] = [:]
        for reading in readings {
            highest[reading.window.last] = (highest[reading.window.last] ?? .zero).combined(with: reading.total, max)
        }
        let expected = highest.values.reduce(into: TierSeconds.zero) { $0 += $1 }
        for _ in 0..<2 {
            try await withLedger { ledger in
                try await ledger.record([first] + readings.shuffled(using: &random))
                #expect(try await ledger.figures().metered == expected)
            }
        }
    }

    /// The total of each settled day and of the current one is the sum of its rooms.
    private func expectTotalsOfRooms(in ledger: UsageLedger) async throws {
        let figures = try await ledger.figures()
        let current = try #require(figures.current)
        for total in figures.settled + [current.total] {
            let rooms = try await ledger.rooms(on: total.day)
            #expect(rooms.total == total.seconds)
        }
        #expect(current.rooms.named.total + current.rooms.other == current.total.seconds)
        #expect(current.rooms.named.count <= 2)
        #expect(current.rooms.roomCount == (try await ledger.rooms(on: current.total.day)).count)
    }

    /// Readings of four days, no two asked at the same moment, a third of them empty.
    private static func readings(using random: inout SeededGenerator) -> [Reading] {
        let rooms = ["a", "b", "c,d", "教室", "e\u{301}", "\u{E9}", "", "_other"]
        return (0..<14).map { index in
            let day = LedgerExamples.day.advanced(by: Int.random(in: 0..<4, using: &random))
            let hour = Double(Int.random(in: 1..<60, using: &random)) + Double(index) / 60
            let isEmpty = Int.random(in: 0..<3, using: &random) == 0
            let used = isEmpty ? [] : rooms.filter { _ in Bool.random(using: &random) }
            return Reading(
                day,
                hour: hour,
                app: LedgerExamples.app,
                used.map { room in
                    let tiers: [Tier: Int] = [
                        .audio: Int.random(in: 0...500, using: &random), .hd: Int.random(in: 0...9, using: &random),
                    ]
                    return RoomUsage(room: RoomID(room), seconds: TierSeconds(tiers))
                }
            )
        }
    }
}
