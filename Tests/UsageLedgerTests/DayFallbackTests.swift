import Testing
import Usage
import UsageLedger

@Suite("A day that the primary does not have")
struct DayFallbackTests {
    private let day = LedgerExamples.day
    private let app = LedgerExamples.app
    private let primary = LedgerExamples.source
    private let second = LedgerExamples.source("second", zone: .beijing)

    private func figures(_ ledger: UsageLedger) async throws -> AppFigures {
        try await ledger.figures(of: app, from: [primary, second])
    }

    private func record(_ day: UsageDay, _ hour: Double, _ audio: Int, from source: UsageSource, in ledger: UsageLedger)
        async throws
    {
        _ = try await ledger.record(Reading(day, hour: hour, audio == 0 ? [:] : ["a": audio]), from: source)
    }

    @Test(
        "Month, settled days, the month before and the counter take the second source's figure for it, and for no other"
    )
    func figures() async throws {
        try await withLedger { ledger in
            ledger.setSources([app: [primary, second]])
            // The app is polled from the first of October on; the primary lacks each third day.
            let first = LedgerExamples.date(2023, 10, 1)
            let days = (0..<46).map(first.advanced(by:))
            try await record(first, 0.1, 0, from: primary, in: ledger)
            for (index, day) in days.enumerated() {
                if index % 3 != 2 { try await record(day, 40, 1_000 + index, from: primary, in: ledger) }
                try await record(day, 40, 500 + index, from: second, in: ledger)
            }
            func expected(_ index: Int) -> Int { index % 3 == 2 ? 500 + index : 1_000 + index }
            let figures = try await figures(ledger)
            #expect(figures.previousMonth?.seconds.total == (0..<31).reduce(0) { $0 + expected($1) })
            #expect(figures.month?.seconds.total == (31..<46).reduce(0) { $0 + expected($1) })
            #expect(figures.month?.isComplete == true)
            #expect(figures.settled.map(\.seconds.total) == (0..<46).reversed().map(expected))
            #expect(figures.metered.total == (0..<46).reduce(0) { $0 + expected($1) })
            #expect(figures.sources[0].settled.count == 31)
            #expect(figures.sources[1].settled.map(\.seconds.total) == (0..<46).reversed().map { 500 + $0 })
            let alone = try await ledger.figures(of: app, from: [primary])
            #expect(alone.previousMonth == nil)
        }
    }

    @Test("When the primary tells the day later, only what it has beyond that counts, and the counter never falls")
    func toldLater() async throws {
        for (told, expected) in [(300, 500), (500, 500), (800, 800)] {
            try await withLedger { ledger in
                ledger.setSources([app: [primary, second]])
                try await record(day, 1, 10, from: primary, in: ledger)
                try await record(day.next, 12, 500, from: second, in: ledger)
                #expect(try await figures(ledger).metered.total == 500)
                try await record(day.next, 13, told, from: primary, in: ledger)
                #expect(try await figures(ledger).metered.total == expected)
                #expect(try await figures(ledger).month?.seconds.total == 10 + told)
                try await record(day.next, 14, 9_999, from: second, in: ledger)
                #expect(try await figures(ledger).metered.total == expected, "the day is the primary's now")
                try await record(day.next, 15, 1_000, from: primary, in: ledger)
                #expect(try await figures(ledger).metered.total == 1_000)
            }
        }
    }

    @Test("What was used before anybody looked does not count when the second source looks first")
    func firstDay() async throws {
        try await withLedger { ledger in
            ledger.setSources([app: [primary, second]])
            try await record(day, 9, 500, from: second, in: ledger)
            try await record(day, 10, 600, from: second, in: ledger)
            #expect(try await figures(ledger).metered.total == 100)
            try await record(day, 11, 5_000, from: primary, in: ledger)
            #expect(try await figures(ledger).metered.total == 100)
            try await record(day, 12, 5_030, from: primary, in: ledger)
            #expect(try await figures(ledger).metered.total == 130)
        }
    }

    @Test("Revisions are those of the source whose day it is")
    func revisions() async throws {
        try await withLedger { ledger in
            ledger.setSources([app: [primary, second]])
            try await record(day, 40, 1_000, from: second, in: ledger)
            try await record(day, 41, 1_100, from: second, in: ledger)
            #expect(try await figures(ledger).revisedUp == 100)
            try await record(day, 42, 5_000, from: primary, in: ledger)
            #expect(try await figures(ledger).revisedUp == 100)
            try await record(day, 43, 4_000, from: second, in: ledger)
            try await record(day, 44, 4_800, from: primary, in: ledger)
            #expect(try await figures(ledger).revisedUp == 100)
            #expect(try await figures(ledger).revisedDown == 200)
        }
    }

    @Test("A source of another zone never stands in: its days are other days")
    func otherZone() async throws {
        let abroad = LedgerExamples.source("abroad", zone: .utc)
        try await withLedger { ledger in
            ledger.setSources([app: [primary, abroad]])
            try await record(day, 12, 900, from: primary, in: ledger)
            try await record(day, 40, 1_000, from: primary, in: ledger)
            let next = UsageDay(number: day.number + 1, zone: .utc)
            try await record(next, 40, 700, from: abroad, in: ledger)
            let figures = try await ledger.figures(of: app, from: [primary, abroad])
            #expect(figures.metered.total == 100)
            #expect(figures.settled.map(\.seconds.total) == [1_000])
            #expect(figures.month?.seconds.total == 1_000)
            #expect(figures.sources[1].settled.map(\.seconds.total) == [700])
        }
    }

    @Test("A day that the primary told is its own also when that was nothing")
    func nothing() async throws {
        try await withLedger { ledger in
            ledger.setSources([app: [primary, second]])
            try await record(day, 1, 0, from: primary, in: ledger)
            try await record(day.next, 40, 0, from: primary, in: ledger)
            try await record(day.next, 41, 700, from: second, in: ledger)
            #expect(try await figures(ledger).metered == .zero)
            #expect(try await figures(ledger).settled.map(\.seconds.total) == [0])
        }
    }

    @Test("What stood in for the primary gives way to it, so that the order in which they tell does not matter")
    func anyOrder() async throws {
        let begin = (primary, Reading(day, hour: 1, [RoomUsage("a", audio: 1)]))
        let standIn = (
            second, Reading(day.next, hour: 5, [RoomUsage(room: RoomID("a"), seconds: TierSeconds([.fhd: 1_000]))])
        )
        let own = (
            primary, Reading(day.next, hour: 6, [RoomUsage(room: RoomID("a"), seconds: TierSeconds([.fourK: 900]))])
        )
        let next = (
            primary,
            Reading(day.advanced(by: 2), hour: 6, [RoomUsage(room: RoomID("a"), seconds: TierSeconds([.fhd: 1_500]))])
        )
        var results: [TierSeconds] = []
        for order in [[begin, standIn, own, next], [begin, own, standIn, next], [begin, next, standIn, own]] {
            try await withLedger { ledger in
                ledger.setSources([app: [primary, second]])
                for (source, reading) in order { _ = try await ledger.record(reading, from: source) }
                results.append(try await ledger.figures(of: app, from: [primary, second]).metered)
            }
        }
        // Of the stand-in's 1,000 nothing is counted beside what the primary told; what was shown of it does not fall.
        #expect(
            results == [
                TierSeconds([.fhd: 1_500, .fourK: 900]), TierSeconds([.fhd: 1_500, .fourK: 900]),
                TierSeconds([.fhd: 2_500, .fourK: 900]),
            ]
        )
    }
}
