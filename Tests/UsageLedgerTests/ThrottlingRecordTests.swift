import GRDB
import Testing
import Usage
import UsageLedger

@Suite("Throttled budgets")
struct ThrottlingRecordTests {
    private let noted = UnixTime(milliseconds: 1_700_000_000_123)

    @Test("What is left of their rates outlives the process, by budget")
    func durable() async throws {
        let throttling = Throttling(fraction: 0.3, pausedUntil: noted + .milliseconds(90_001), notedAt: noted)
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                #expect(try await ledger.throttling(of: "one") == nil)
                try await ledger.record(Throttling(fraction: 1, pausedUntil: nil, notedAt: noted), of: "one")
                try await ledger.record(throttling, of: "one")
            }
            try await file.open { ledger in
                #expect(try await ledger.throttling(of: "one") == throttling)
                #expect(try await ledger.throttling(of: "two") == nil)
                let free = Throttling(fraction: 1, pausedUntil: nil, notedAt: noted + .seconds(1))
                try await ledger.record(free, of: "one")
                #expect(try await ledger.throttling(of: "one") == free)
            }
        }
    }

    @Test("A fraction that is none is not kept", arguments: [0, -0.5, 1.01, .infinity, .nan] as [Double])
    func nonsense(fraction: Double) async throws {
        let good = Throttling(fraction: 0.5, pausedUntil: nil, notedAt: noted)
        try await withLedger { ledger in
            try await ledger.record(good, of: "one")
            let bad = Throttling(fraction: fraction, pausedUntil: nil, notedAt: noted)
            await #expect(throws: LedgerError.self) { try await ledger.record(bad, of: "one") }
            #expect(try await ledger.throttling(of: "one") == good)
        }
    }

    @Test("A ledger from before there were throttled budgets takes the new table")
    func migrated() async throws {
        let throttling = Throttling(fraction: 0.5, pausedUntil: nil, notedAt: noted)
        try await TemporaryLedger.with { file in
            try await file.open { try await $0.record([Reading(LedgerExamples.day, hour: 1, ["a": 1])]) }
            try file.meddle { db in
                try db.execute(sql: "DROP TABLE throttled_budget")
                try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'throttled budgets'")
            }
            try await file.open { ledger in
                try await ledger.record(throttling, of: "one")
                #expect(try await ledger.throttling(of: "one") == throttling)
                #expect(try await ledger.rooms(on: LedgerExamples.day).count == 1)
            }
        }
    }
}
