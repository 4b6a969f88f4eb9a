import GRDB
import Testing
import Usage
import UsageLedger

@Suite("The schema")
struct SchemaTests {
    @Test(
        "It keeps nonsense out, whoever writes it",
        arguments: [
            "UPDATE day SET audio = -1", "UPDATE day SET highest_four_k = -1", "UPDATE day SET rooms = -1",
            "UPDATE day SET used_at = -1", "UPDATE day SET used_at = 0, empty_at = 0",
            "UPDATE day SET empty_before_at = empty_at + 1", "UPDATE day SET hd = NULL", "UPDATE day SET sd = 'many'",
            "UPDATE day SET audio = 1.5", "UPDATE room SET fhd = -1", "UPDATE room SET named = 2",
            "UPDATE room SET named = NULL", "UPDATE room SET room = NULL", "UPDATE room SET day = day + 1",
            "UPDATE room SET room = 'same'", "UPDATE counter SET audio = -1", "UPDATE counter SET revised_up = -1",
            "UPDATE counter SET revised_down = -1", "UPDATE counter SET app_source = 99",
            "INSERT INTO app_source SELECT id + 1, provider, app, source, zone_seconds FROM app_source",
            "INSERT INTO room SELECT 99, day, room, named, audio, sd, hd, fhd, two_k, four_k, mixed FROM room",
            "DELETE FROM app_source", "UPDATE throttled_budget SET fraction = 0",
            "UPDATE throttled_budget SET fraction = 1.1", "UPDATE throttled_budget SET fraction = NULL",
            "UPDATE throttled_budget SET paused_until = 'soon'", "UPDATE throttled_budget SET noted_at = NULL",
            "INSERT INTO throttled_budget SELECT * FROM throttled_budget",
        ]
    )
    func refused(_ statement: String) async throws {
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                try await ledger.record([Reading(LedgerExamples.day, hour: 1, ["a": 1, "b": 2])])
                let throttling = Throttling(fraction: 0.5, pausedUntil: nil, notedAt: UnixTime(seconds: 1))
                try await ledger.record(throttling, of: "budget")
            }
            let error = #expect(throws: DatabaseError.self) {
                try file.meddle { try $0.execute(sql: statement) }
            }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        }
    }

    @Test("A ledger from before there were lists of apps keeps its figures and takes the new tables")
    func migrated() async throws {
        try await TemporaryLedger.with { file in
            let before = try await file.open { ledger in
                try await ledger.record([
                    Reading(LedgerExamples.day, hour: 1, ["a": 1]), Reading(LedgerExamples.day, hour: 2, ["a": 5]),
                ])
                return try await ledger.figures()
            }
            try file.meddle { db in
                for table in ["signature_refusal", "listed_app", "throttled_budget"] {
                    try db.execute(sql: "DROP TABLE \(table)")
                }
                try db.execute(
                    sql: "DELETE FROM grdb_migrations WHERE identifier <> 'readings of days and rooms'"
                )
            }
            try await file.open { ledger in
                #expect(before.metered.total == 4)
                #expect(try await ledger.figures() == before)
                let provider = Provider(rawValue: "example")
                let apps = [ListedApp(id: "a", name: "A")]
                try await ledger.record(apps, listedBy: provider, account: "main", at: UnixTime(seconds: 1))
                #expect(try await ledger.listedApps(of: provider, account: "main") == apps)
            }
        }
    }

    @Test("The rooms of a day go with it")
    func cascade() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { try await $0.record([Reading(LedgerExamples.day, hour: 1, ["a": 1, "b": 2])]) }
            try file.meddle { db in
                try db.execute(sql: "DELETE FROM day")
                #expect(try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM room") == 0)
                #expect(try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM counter") == 1)
            }
        }
    }

    @Test("The file is sound after all sorts of readings")
    func integrity() async throws {
        try await TemporaryLedger.with { file in
            let day = LedgerExamples.day
            try await file.open { ledger in
                try await ledger.record([
                    Reading(day, hour: 1, ["a": 1]), Reading(day, hour: 2), Reading(day, hour: 3),
                    Reading(day.next, hour: 1, ["b": 1]),
                ])
            }
            try file.meddle { db in
                let complaints = try String.fetchAll(db, sql: "PRAGMA integrity_check")
                let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
                let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
                #expect(complaints == ["ok"])
                #expect(orphans.isEmpty)
                #expect(mode == "wal")
            }
        }
    }
}
