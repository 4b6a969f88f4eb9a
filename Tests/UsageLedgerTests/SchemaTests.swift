import GRDB
import Testing
import Usage

@testable import UsageLedger

@Suite("The schema")
struct SchemaTests {
    @Test(
        "It keeps nonsense out, whoever writes it",
        arguments: [
            "UPDATE day SET audio = -1", "UPDATE day SET four_k = -1", "UPDATE day SET rooms = -1",
            "UPDATE day SET used_at = -1", "UPDATE day SET used_at = 0, empty_at = 0",
            "UPDATE day SET empty_before_at = empty_at + 1", "UPDATE day SET hd = NULL", "UPDATE day SET sd = 'many'",
            "UPDATE day SET audio = 1.5", "UPDATE room_block SET rooms = x''", "UPDATE room_block SET rooms = 'text'",
            "UPDATE room_block SET app_source = 99", "UPDATE room_block SET first_room = NULL",
            "INSERT INTO room_block SELECT id + 1, app_source, day, first_room, rooms FROM room_block",
            "UPDATE named_rooms SET rooms = NULL", "UPDATE trail SET readings = NULL",
            "UPDATE trail SET app_source = 99",
            "UPDATE app_counter SET audio = -1", "UPDATE app_counter SET counted_audio = -1",
            "UPDATE app_counter SET revised_up = -1", "UPDATE app_counter SET revised_down = -1",
            "UPDATE app_counter SET primary_source = 99", "UPDATE counted_day SET hd = -1",
            "UPDATE counted_day SET app_counter = 99",
            "INSERT INTO app_source SELECT id + 1, provider, app, source, zone_seconds FROM app_source",
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

    @Test("A ledger of the first version keeps its days, rooms and counters, and takes the new tables")
    func migrated() async throws {
        try await TemporaryLedger.with { file in
            try file.meddle { db in
                try db.execute(sql: "PRAGMA journal_mode = WAL")
            }
            let queue = try DatabaseQueue(path: file.path)
            try LedgerSchema.migrator.migrate(queue, upTo: "throttled budgets")
            try await queue.write { try $0.execute(sql: Self.firstLedger) }
            try queue.close()
            try await file.open { ledger in
                let figures = try await ledger.figures()
                #expect(figures.current?.total.seconds.total == 60)
                #expect(figures.current?.rooms.named == [RoomUsage("b", audio: 50)])
                #expect(figures.current?.rooms.other.total == 10)
                #expect(figures.settled.map(\.seconds.total) == [700])
                #expect(figures.metered.total == 45)
                #expect(figures.revisedUp == 61)
                #expect(figures.revisedDown == 62)
                let day = LedgerExamples.day
                #expect(try await ledger.rooms(on: day) == [RoomUsage("a", audio: 10), RoomUsage("b", audio: 50)])
                // The highest figure of the day was 70: up to there it is counted.
                try await ledger.record([Reading(day, hour: 12, ["a": 72])])
                #expect(try await ledger.figures().metered.total == 47)
                let apps = [ListedApp(id: "a", name: "A")]
                let provider = Provider(rawValue: "example")
                try await ledger.record(apps, listedBy: provider, account: "main", at: UnixTime(seconds: 1))
                #expect(try await ledger.listedApps(of: provider, account: "main") == apps)
            }
        }
    }

    /// Two days of one app, of which one has rooms, and its counter.
    private static var firstLedger: String {
        let (day, noon) = (LedgerExamples.day, LedgerExamples.day.at(hour: 11).milliseconds)
        return """
            INSERT INTO app_source VALUES (1, 'example', '1400017192', 'rooms', 28800);
            INSERT INTO day VALUES (1, \(day.number - 1), \(noon), 0, 0, \(day.start.milliseconds), 0,
                700, 0, 0, 0, 0, 0, 0, 800, 0, 0, 0, 0, 0, 0);
            INSERT INTO day VALUES (1, \(day.number), \(noon), 0, 0, \(noon), 2,
                60, 0, 0, 0, 0, 0, 0, 70, 0, 0, 0, 0, 0, 0);
            INSERT INTO room VALUES (1, \(day.number), 'a', 0, 10, 0, 0, 0, 0, 0, 0);
            INSERT INTO room VALUES (1, \(day.number), 'b', 1, 50, 0, 0, 0, 0, 0, 0);
            INSERT INTO counter VALUES (1, \(day.number), \(day.number), 61, 62, 45, 0, 0, 0, 0, 0, 0);
            """
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
