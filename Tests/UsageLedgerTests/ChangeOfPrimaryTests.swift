import Testing
import Usage
import UsageLedger

@Suite("A change of the primary")
struct ChangeOfPrimaryTests {
    private let day = LedgerExamples.day
    private let app = LedgerExamples.app
    private let first = LedgerExamples.source
    private let second = LedgerExamples.source("second", zone: .beijing)

    private func record(_ day: UsageDay, _ hour: Double, _ audio: Int, from source: UsageSource, in ledger: UsageLedger)
        async throws
    {
        _ = try await ledger.record(Reading(day, hour: hour, ["a": audio]), from: source)
    }

    private func metered(_ ledger: UsageLedger) async throws -> Int {
        try await ledger.figures(of: app, from: [first]).metered.total
    }

    @Test("There and back again, the new figures are where counting goes on", arguments: [false, true])
    func thereAndBack(isRestarted: Bool) async throws {
        try await TemporaryLedger.with { file in
            var ledger = try UsageLedger(path: file.path, folding: RoomFolding(limit: 9), now: LedgerExamples.now)
            defer { try? ledger.close() }
            func use(_ sources: [UsageSource]) async throws {
                if isRestarted {
                    try ledger.close()
                    ledger = try UsageLedger(path: file.path, folding: RoomFolding(limit: 9), now: LedgerExamples.now)
                }
                let before = try await metered(ledger)
                ledger.setSources([app: sources])
                ledger.setSources([app: sources])
                #expect(try await metered(ledger) == before)
            }
            try await use([first, second])
            try await record(day, 1, 100, from: first, in: ledger)
            try await record(day, 2, 150, from: first, in: ledger)
            try await record(day, 2, 9_000, from: second, in: ledger)
            #expect(try await metered(ledger) == 50)
            try await use([second, first])
            try await record(day, 3, 300, from: first, in: ledger)
            try await record(day, 3, 9_010, from: second, in: ledger)
            #expect(try await metered(ledger) == 60)
            try await record(day.next, 1, 40, from: second, in: ledger)
            #expect(try await metered(ledger) == 100)
            try await use([first, second])
            try await record(day.next, 2, 7_000, from: first, in: ledger)
            #expect(try await metered(ledger) == 100, "the day was begun under the other one")
            try await record(day, 30, 330, from: first, in: ledger)
            try await record(day.next, 3, 7_005, from: first, in: ledger)
            #expect(try await metered(ledger) == 135)
            try await record(day.advanced(by: 2), 3, 8, from: first, in: ledger)
            #expect(try await metered(ledger) == 143)
        }
    }

    @Test("To one that was never read before: what it tells first of days that were begun counts nothing")
    func neverRead() async throws {
        let third = LedgerExamples.source("third", zone: .beijing)
        try await withLedger { ledger in
            ledger.setSources([app: [first]])
            for back in (0..<5).reversed() {
                try await record(day.advanced(by: -back), 12, 1_000, from: first, in: ledger)
            }
            let before = try await metered(ledger)
            #expect(before == 4_000)
            ledger.setSources([app: [third]])
            for back in 0..<10 {
                try await record(day.advanced(by: -back), 24 * Double(back) + 13, 5_000, from: third, in: ledger)
            }
            #expect(try await metered(ledger) == before)
            try await record(day, 14, 5_001, from: third, in: ledger)
            try await record(day.next, 14, 200, from: third, in: ledger)
            #expect(try await metered(ledger) == before + 201)
        }
    }

    @Test("Tried and undone on the same day, what was used is metered once")
    func triedAndUndone() async throws {
        try await withLedger { ledger in
            ledger.setSources([app: [first]])
            try await record(day, 1, 0, from: first, in: ledger)
            try await record(day, 10, 500, from: first, in: ledger)
            ledger.setSources([app: [second]])
            try await record(day, 10.1, 500, from: second, in: ledger)
            try await record(day, 14, 900, from: second, in: ledger)
            ledger.setSources([app: [first]])
            try await record(day, 14.1, 900, from: first, in: ledger)
            #expect(try await metered(ledger) == 900)
            try await record(day, 15, 950, from: first, in: ledger)
            #expect(try await metered(ledger) == 950)
        }
    }

    @Test("A day that the former primary goes on with is counted on from its highest figure")
    func goesOn() async throws {
        try await withLedger { ledger in
            ledger.setSources([app: [first]])
            for (hour, audio) in [(1.0, 0), (2, 100), (3, 80)] {
                try await record(day, hour, audio, from: first, in: ledger)
            }
            ledger.setSources([app: [second, first]])
            try await record(day, 4, 100, from: first, in: ledger)
            #expect(try await metered(ledger) == 100)
            try await record(day, 5, 130, from: first, in: ledger)
            #expect(try await metered(ledger) == 130)
            try await record(day, 6, 700, from: second, in: ledger)
            #expect(try await metered(ledger) == 130)
            try await record(day, 7, 705, from: second, in: ledger)
            #expect(try await metered(ledger) == 135)
        }
    }

    @Test("The month before comes from the new primary at once, where it has the days")
    func previousMonth() async throws {
        try await withLedger { ledger in
            ledger.setSources([app: [first, second]])
            let start = LedgerExamples.date(2023, 10, 1)
            for index in 0..<40 {
                try await record(start.advanced(by: index), 40, 100, from: first, in: ledger)
                try await record(start.advanced(by: index), 40, 7, from: second, in: ledger)
            }
            #expect(try await ledger.figures(of: app, from: [first, second]).previousMonth?.seconds.total == 3_100)
            ledger.setSources([app: [second, first]])
            #expect(try await ledger.figures(of: app, from: [second, first]).previousMonth?.seconds.total == 217)
        }
    }

    @Test(
        "To days by another midnight: what was counted by the old ones does not count again",
        arguments: [
            // The old zone, the new one, and when it was asked last: at 15:00, 17:00, 20:00 and 23:00 in London.
            (ZoneOffset.utc, ZoneOffset.beijing), (.beijing, .utc), (.utc, ZoneOffset(seconds: -5 * 3_600)),
        ],
        [15.0, 17, 20, 23]
    )
    func otherMidnight(zones: (old: ZoneOffset, new: ZoneOffset), hour: Double) async throws {
        let (old, new) = (LedgerExamples.source(zone: zones.old), LedgerExamples.source(zone: zones.new))
        let noon = UsageDay(number: day.number, zone: .utc)
        try await withLedger { ledger in
            /// An app that uses a second in each second.
            func ask(_ source: UsageSource, _ time: UnixTime) async throws {
                let day = source.day(containing: time)
                let used = (time - day.start).wholeMilliseconds / 1_000
                let hour = Double((time - day.start).wholeMilliseconds) / 3_600_000
                _ = try await ledger.record(Reading(day, hour: hour, ["a": used]), from: source)
            }
            ledger.setSources([app: [old]])
            for step in 0..<40 where noon.at(hour: Double(step)) <= noon.at(hour: hour + 0.01) {
                try await ask(old, noon.at(hour: Double(step) + 0.01))
            }
            let before = try await metered(ledger)
            let last = noon.at(hour: hour + 0.02)
            try await ask(old, last)
            let changed = try await metered(ledger)
            #expect(changed >= before)
            ledger.setSources([app: [new]])
            for step in 1..<60 {
                let time = last + .seconds(1_800 * step)
                try await ask(new, time)
                let since = try await metered(ledger) - changed
                #expect((0...1_800 * step).contains(since), "\(step) half hours after the change")
            }
            #expect(try await metered(ledger) - changed >= 59 * 1_800 - 9 * 3_600)
        }
    }
}
