import Foundation
import TestSupport
import Testing
import Usage
import UsageLedger

@Suite("A disk that takes nothing", .enabled(if: SmallDisk.isAvailable))
struct FullDiskTests {
    private let day = LedgerExamples.day

    @Test("What is read meanwhile is shown from memory, and is on the disk as soon as that takes it")
    func full() async throws {
        try await SmallDisk.with { disk in
            let file = TemporaryLedger(path: disk.path + "/ledger.sqlite")
            let other = AppKey(provider: LedgerExamples.app.provider, app: "other")
            let (shown, days) = try await file.open { ledger in
                try await ledger.record([Reading(day.previous, hour: 40, ["z": 7]), Reading(day, hour: 1, ["a": 1])])
                let filler = try disk.fill()
                try await ledger.record([Reading(day, hour: 2, rooms(5_000, audio: 1))])
                try await ledger.record([Reading(day, hour: 3, rooms(5_000, audio: 3))])
                _ = try await ledger.record(
                    Reading(day, hour: 3, app: other, rooms(3, audio: 9)),
                    from: LedgerExamples.source
                )
                #expect(!ledger.isWritable)
                #expect(ledger.condition.heldApps == 2)
                #expect(try await ledger.figures().current?.total.seconds.total == 15_000)
                #expect(try await ledger.figures().metered.total == 14_999)
                #expect(try await ledger.figures().settled.map(\.seconds.total) == [7])
                #expect(try await ledger.figures(of: other, from: LedgerExamples.source).current?.rooms.roomCount == 3)

                try FileManager.default.removeItem(at: filler)
                try await ledger.record([Reading(day, hour: 4, rooms(5_000, audio: 4))])
                #expect(ledger.isWritable)
                #expect(ledger.condition.heldApps == 0)
                #expect(try await ledger.rooms(on: day).count == 5_000)
                #expect(try await ledger.rooms(on: day.previous) == [RoomUsage("z", audio: 7)])
                return (try await ledger.figures(), try await ledger.days())
            }
            #expect(shown.metered.total == 19_999)
            let (after, daysAfter, others) = try await file.open { ledger in
                let others = try await ledger.figures(of: other, from: LedgerExamples.source)
                return (try await ledger.figures(), try await ledger.days(), others)
            }
            #expect(after == shown)
            #expect(daysAfter == days)
            #expect(others.current?.rooms.roomCount == 3)
        }
    }

    @Test("Meanwhile the rooms of a day are told as they are on the disk")
    func roomsOnDisk() async throws {
        try await SmallDisk.with { disk in
            let file = TemporaryLedger(path: disk.path + "/ledger.sqlite")
            try await file.open { ledger in
                try await ledger.record([Reading(day, hour: 1, ["a": 1])])
                try disk.fill()
                try await ledger.record([Reading(day, hour: 2, rooms(5_000, audio: 2))])
                #expect(try await ledger.days().map(\.seconds) == [10_000])
                #expect(try await ledger.rooms(on: day) == [RoomUsage("a", audio: 1)], "on the disk it is as it was")
            }
        }
    }

    @Test("What the process held in memory when it ended is not there, and what the disk had is")
    func ended() async throws {
        try await SmallDisk.with { disk in
            let file = TemporaryLedger(path: disk.path + "/ledger.sqlite")
            let before = try await file.open { ledger in
                try await ledger.record([Reading(day, hour: 1, ["a": 1])])
                let before = try await ledger.figures()
                try disk.fill()
                try await ledger.record([Reading(day, hour: 2, rooms(5_000, audio: 2))])
                return before
            }
            try FileManager.default.removeItem(atPath: disk.path + "/filler")
            let after = try await file.open { try await $0.figures() }
            #expect(after == before)
        }
    }

    private func rooms(_ count: Int, audio: Int) -> [RoomUsage] {
        (0..<count).map { RoomUsage("room-\($0)", audio: audio) }
    }
}
