import Foundation
import GRDB
import Testing
import Usage
import UsageLedger

@Suite("A ledger that cannot be written")
struct WriteFailureTests {
    private let day = LedgerExamples.day

    @Test(
        "A reading is recorded whole or not at all, and the ledger tells that it could not",
        arguments: ["app_source", "day", "room_block", "named_rooms", "trail", "app_counter", "counted_day"]
    )
    func halfWay(table: String) async throws {
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                let old = AppKey(provider: LedgerExamples.app.provider, app: "old")
                _ = try await ledger.record(
                    Reading(day, hour: 1, app: old, [RoomUsage("a", audio: 1)]),
                    from: LedgerExamples.source
                )
                #expect(ledger.isWritable)
                try file.meddle { db in
                    try db.execute(
                        sql: "CREATE TRIGGER fault BEFORE INSERT ON \(table) BEGIN SELECT RAISE(ABORT, 'no room'); END"
                    )
                }

                let reading = Reading(day, hour: 2, ["a": 10, "b": 20])
                let error = await #expect(throws: LedgerError.self) {
                    try await ledger.record(reading, from: LedgerExamples.source)
                }
                #expect(error?.description == "The ledger \(file.path) cannot be written: no room.")
                #expect(!ledger.isWritable)
                #expect(try await ledger.figures().current == nil)
                #expect(try await ledger.rooms(on: day).isEmpty)
                #expect(try await ledger.figures().metered == .zero)

                try file.meddle { try $0.execute(sql: "DROP TRIGGER fault") }
                try await ledger.record([reading])
                #expect(ledger.isWritable)
                #expect(try await ledger.rooms(on: day).count == 2)
            }
        }
    }

    @Test("A recording that is cancelled leaves the ledger as it was, and says nothing about the disk")
    func cancelled() async throws {
        try await withLedger { ledger in
            try await ledger.record([Reading(day, hour: 1, ["a": 1])])
            let recording = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await ledger.record(Reading(day, hour: 2, ["a": 2]), from: LedgerExamples.source)
            }
            recording.cancel()
            await #expect(throws: CancellationError.self) { try await recording.value }
            #expect(ledger.isWritable)
            #expect(try await ledger.rooms(on: day) == [RoomUsage("a", audio: 1)])
        }
    }

    @Test("A ledger that was closed takes nothing more")
    func closed() async throws {
        try await TemporaryLedger.with { file in
            let ledger = try UsageLedger(path: file.path, folding: RoomFolding(limit: 1), now: LedgerExamples.now)
            try ledger.close()
            await #expect(throws: LedgerError.self) {
                try await ledger.record(Reading(day, hour: 1, ["a": 1]), from: LedgerExamples.source)
            }
            #expect(!ledger.isWritable)
        }
    }
}
