import Foundation
import Synchronization
import TestSupport
import Testing
import Usage

@testable import UsageLedger

@Suite("A ledger that is damaged while it is in use")
struct DamageInUseTests {
    private let app = LedgerImage.apps[0]
    private let source = LedgerExamples.source
    private let day = LedgerImage.lastDay

    @Test(
        "A read that meets the damage is answered from the new file, and the days are asked for again",
        arguments: ["day", "named_rooms"]
    )
    func read(table: String) async throws {
        try await withFilledLedger { ledger in
            try LedgerImage.overwrite(table, of: ledger.path)
            #expect(try await ledger.figures(of: app, from: source).metered.total > 0)
            try await expectRecovered(ledger, times: 1)
            let days = try await ledger.recordedDays(of: app, from: source, since: day.advanced(by: -99))
            #expect(days.allSatisfy { $0.day < day.advanced(by: -30) || $0.askedAt.milliseconds <= 1 })
            #expect(days.isEmpty == (table == "day"))
        }
    }

    @Test(
        "The reading that meets the damage is recorded in the new file, and the counter goes on",
        arguments: ["day", "trail", "room_block", "named_rooms", "counted_day"]
    )
    func written(table: String) async throws {
        let before = try await withFilledLedger { try await $0.figures(of: app, from: source).metered }
        try await withFilledLedger { ledger in
            try LedgerImage.overwrite(table, of: ledger.path)
            let recorded = try await ledger.record(reading(hour: 14, audio: 19_000), from: source)
            #expect(recorded.map(\.seconds) == [19_000])
            try await expectRecovered(ledger, times: 1)
            #expect(ledger.isWritable)
            #expect(try await ledger.rooms(of: app, from: source, on: day) == [RoomUsage("a", audio: 19_000)])
            // 9,020 were counted; where that cannot be read any more, counting begins with this reading.
            let grown = before.total + (table == "counted_day" ? 0 : 19_000 - 9_020)
            #expect(try await ledger.figures(of: app, from: source).metered.total == grown)
            _ = try await ledger.record(reading(hour: 15, audio: 19_004), from: source)
            #expect(try await ledger.figures(of: app, from: source).metered.total == grown + 4)
        }
    }

    @Test("A counter that was shown goes on although it cannot be read any more")
    func shown() async throws {
        try await withFilledLedger { ledger in
            ledger.setSources([app: [source]])
            let before = try await ledger.figures(of: app, from: source).metered.total
            for table in ["app_counter", "app_source", "counted_day"] {
                try LedgerImage.overwrite(table, of: ledger.path)
            }
            _ = try await ledger.record(reading(hour: 14, audio: 19_000), from: source)
            try await expectRecovered(ledger, times: 1)
            #expect(try await ledger.figures(of: app, from: source).metered.total == before)
            _ = try await ledger.record(reading(hour: 15, audio: 19_004), from: source)
            #expect(try await ledger.figures(of: app, from: source).metered.total == before + 4)
        }
    }

    @Test("Whoever meets the damage at the same time, the file is set aside once")
    func together() async throws {
        try await withFilledLedger { ledger in
            try LedgerImage.overwrite("day", of: ledger.path)
            let errors = await withTaskGroup(of: String?.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        do {
                            _ = try await ledger.figures(of: LedgerImage.apps[index % 3], from: LedgerExamples.source)
                            return nil
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: Set<String>()) { if let error = $1 { $0.insert(error) } }
            }
            #expect(errors == [])
            try await expectRecovered(ledger, times: 1)
        }
    }

    @Test("A second damage within an hour is an error that says so, and one after that is met as the first was")
    func again() async throws {
        let clock = Mutex(day.at(hour: 12))
        try await TemporaryLedger.with { file in
            try await LedgerImage.make(isClean: true).write(to: file.path)
            let ledger = try UsageLedger(path: file.path, folding: RoomFolding(limit: 9)) { clock.withLock { $0 } }
            defer { try? ledger.close() }
            try LedgerImage.overwrite("trail", of: file.path)
            _ = try await ledger.record(reading(hour: 14, audio: 1), from: source)
            try await ledger.checkpoint()
            clock.withLock { $0 = $0 + .seconds(3_599) }
            try LedgerImage.overwrite("listed_app", of: file.path)
            let provider = app.provider
            let error = await #expect(throws: LedgerError.self) {
                try await ledger.listedApps(of: provider, account: "a")
            }
            #expect(error?.description.contains("damaged again soon after it was begun anew: check the disk") == true)
            #expect(ledger.condition.recoveries == 1)
            clock.withLock { $0 = $0 + .seconds(2) }
            _ = try? await ledger.listedApps(of: provider, account: "a")
            #expect(try await ledger.listedApps(of: provider, account: "a").isEmpty)
            try await expectRecovered(ledger, times: 2)
        }
    }

    @Test("What was recorded is there after the machine lost its power, and what was not whole is not")
    func unclean() async throws {
        try await withFilledLedger { ledger in
            for step in 0..<20 {
                _ = try await ledger.record(reading(hour: 13 + Double(step) / 10, audio: 90_000 + step), from: source)
                let copy = TemporaryLedger(path: ledger.path + ".copy-\(step)")
                try Self.copy(ledger.path, to: copy.path)
                let now = try await ledger.figures(of: app, from: source)
                let after = try await copy.open { copied in
                    #expect(copied.condition.recoveries == 0)
                    return try await copied.figures(of: app, from: source)
                }
                #expect(after == now)

                // The log ends in the middle of what was written last.
                let torn = TemporaryLedger(path: ledger.path + ".torn-\(step)")
                try Self.copy(ledger.path, to: torn.path)
                let log = try FileHandle(forUpdating: URL(filePath: torn.path + "-wal"))
                try log.truncate(atOffset: try log.seekToEnd() - 1_000)
                try log.close()
                let tornMetered = try await torn.open { torn in
                    #expect(torn.condition.recoveries == 0)
                    return try await torn.figures(of: app, from: source).metered.total
                }
                #expect(tornMetered < now.metered.total)
            }
        }
    }

    private func reading(hour: Double, audio: Int) -> Reading {
        Reading(day, hour: hour, app: app, [RoomUsage("a", audio: audio)])
    }

    private func withFilledLedger<T>(_ body: (UsageLedger) async throws -> T) async throws -> T {
        try await TemporaryLedger.with { file in
            try await LedgerImage.make(isClean: true).write(to: file.path)
            return try await file.open(body)
        }
    }

    private func expectRecovered(_ ledger: UsageLedger, times count: Int) async throws {
        #expect(ledger.condition.recoveries == count)
        var told = ledger.recoveries.makeAsyncIterator()
        for _ in 1..<count { _ = await told.next() }
        let recovery = try #require(await told.next())
        #expect(recovery == ledger.condition.lastRecovery)
        #expect(FileManager.default.fileExists(atPath: recovery.setAside))
        #expect(FileManager.default.fileExists(atPath: recovery.setAside + "-wal"))
    }

    private static func copy(_ path: String, to other: String) throws {
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: other + suffix) }
    }
}
