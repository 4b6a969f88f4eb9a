import Foundation
import GRDB
import TestSupport
import Testing
import Usage
import UsageLedger

@Suite("A ledger that holds nonsense, and a disk that is full as well")
struct NonsenseInLedgerTests {
    private let source = LedgerExamples.source
    private let day = LedgerImage.lastDay

    @Test(
        "A damaged setting, which is read first of all, keeps nobody from starting",
        arguments: ["setting", "app_counter"]
    )
    func table(name: String) async throws {
        try await TemporaryLedger.with { file in
            try await LedgerImage.make(isClean: true).write(to: file.path)
            try LedgerImage.overwrite(name, of: file.path)
            try await file.open { ledger in
                _ = try? await ledger.figures(of: LedgerImage.apps[0], from: source)
                #expect(ledger.condition.recoveries == 1)
                let metered = try await ledger.figures(of: LedgerImage.apps[0], from: source).metered
                #expect(metered.isZero == (name == "app_counter"))
            }
        }
    }

    @Test("A counter that can be read goes on although the names of its sources cannot")
    func sourcesLost() async throws {
        try await TemporaryLedger.with { file in
            try await LedgerImage.make(isClean: true).write(to: file.path)
            let app = LedgerImage.apps[0]
            let before = try await file.open { try await $0.figures(of: app, from: source).metered }
            for table in ["app_source", "setting"] { try LedgerImage.overwrite(table, of: file.path) }
            try await file.open { ledger in
                #expect(ledger.condition.recoveries == 1)
                ledger.setSources([app: [source]])
                for (hour, audio) in [(13.0, 500), (14, 507)] {
                    let reading = Reading(day, hour: hour, app: app, [RoomUsage("a", audio: audio)])
                    _ = try await ledger.record(reading, from: source)
                }
                let after = try await ledger.figures(of: app, from: source).metered
                #expect(after == before + TierSeconds([.audio: 7]))
            }
        }
    }

    @Test(
        "A day or a figure that cannot be, and one that is missing, are damage and stop nothing",
        arguments: [
            "day SET day = day + 4611686018427387904 WHERE day % 2 = 0", "day SET audio = 9223372036854775807",
            "day SET used_at = 9223372036854775807", "counted_day SET audio = 9223372036854775807",
            "app_counter SET audio = 9223372036854775807, counted_audio = 9223372036854775807",
            "trail SET readings = x'FFFFFFFFFFFFFFFFFF01FFFFFFFFFFFFFFFFFF0100'", "day_intervals SET intervals = x'00'",
            "room_block SET rooms = x'0102'", "named_rooms SET rooms = x'FF'",
        ]
    )
    func nonsense(change: String) async throws {
        try await TemporaryLedger.with { file in
            try await LedgerImage.make(isClean: true).write(to: file.path)
            try file.meddle { try $0.execute(sql: "UPDATE \(change)") }
            try await file.open { ledger in
                for app in LedgerImage.apps {
                    _ = try? await ledger.figures(of: app, from: source)
                    let days = (day.number - 90)...(day.number + 1)
                    _ = try? await ledger.history(of: app, from: source, days: days, most: 99)
                    _ = try await ledger.record(
                        Reading(day, hour: 13, app: app, [RoomUsage("room-1", audio: 500)]),
                        from: source
                    )
                    _ = try? await ledger.rooms(of: app, from: source, on: day.previous)
                    try await ledger.prune(keepingDays: .seconds(86_400 * 400), rooms: .seconds(86_400 * 40))
                    let metered = try await ledger.figures(of: app, from: source).metered
                    #expect((0...10_000_000).contains(metered.total))
                }
                #expect(ledger.condition.recoveries == (change.hasPrefix("day_intervals") ? 0 : 1))
            }
        }
    }

    @Test(
        "When the disk has no room for a new one, the damaged one stays until there is",
        .enabled(if: SmallDisk.isAvailable)
    )
    func noRoom() async throws {
        try await SmallDisk.with { disk in
            let file = TemporaryLedger(path: disk.path + "/ledger.sqlite")
            let metered = try await file.open { ledger in
                try await ledger.record([Reading(day, hour: 1, ["a": 1]), Reading(day, hour: 2, ["a": 900])])
                return try await ledger.figures().metered
            }
            try LedgerImage.overwrite("setting", of: file.path)
            try disk.fill()
            await #expect(throws: LedgerError.self) { try await file.open { _ in } }
            try FileManager.default.removeItem(atPath: disk.path + "/filler")
            try await file.open { ledger in
                #expect(ledger.condition.recoveries == 1)
                let after = try await ledger.figures().metered
                #expect(after == metered)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: disk.path)
            #expect(names.contains("ledger.sqlite.damaged-2023-11-15T04-00Z"))
            #expect(!names.contains { $0.contains("begun") })
        }
    }

    @Test(
        "What was metered while the disk was full is not lost when the file turns out to be damaged",
        .enabled(if: SmallDisk.isAvailable)
    )
    func held() async throws {
        try await SmallDisk.with { disk in
            let file = TemporaryLedger(path: disk.path + "/ledger.sqlite")
            try await file.open { try await $0.record([Reading(day, hour: 1, ["a": 1])]) }
            try await file.open { ledger in
                try disk.fill()
                try await ledger.record([Reading(day, hour: 2, (0..<5_000).map { RoomUsage("room-\($0)", audio: 2) })])
                let shown = try await ledger.figures().metered
                #expect(shown.total == 9_999)
                #expect(ledger.condition.heldApps == 1)
                try LedgerImage.overwrite("trail", of: file.path)
                try FileManager.default.removeItem(atPath: disk.path + "/filler")
                try await ledger.record([Reading(day, hour: 3, ["a": 70])])
                #expect(ledger.condition.recoveries == 1)
                #expect(try await ledger.figures().metered == shown)
                try await ledger.record([Reading(day, hour: 4, ["a": 10_005])])
                let after = try await ledger.figures().metered.total
                #expect(after == shown.total + 5)
            }
        }
    }
}
