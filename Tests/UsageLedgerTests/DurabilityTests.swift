import Foundation
import Testing
import Usage
import UsageLedger

@Suite("The ledger's file")
struct DurabilityTests {
    private let day = LedgerExamples.day

    @Test("What was recorded is there after a restart, and whether there was a ledger before is told")
    func reopened() async throws {
        try await TemporaryLedger.with { file in
            let (figures, days, rooms) = try await file.open(limit: 1) { ledger in
                #expect(!ledger.existedBefore)
                #expect(ledger.path == file.path)
                try await ledger.record([
                    Reading(day.previous, hour: 35, ["a": 7]), Reading(day.previous, hour: 40, ["a": 600]),
                    Reading(day, hour: 20, ["a": 100, "b": 90]), Reading(day, hour: 21, ["a": 110, "b": 115]),
                ])
                return (try await ledger.figures(), try await ledger.days(), try await ledger.rooms(on: day))
            }
            #expect(rooms.count == 2)
            for _ in 0..<2 {
                try await file.open(limit: 1) { ledger in
                    #expect(ledger.existedBefore)
                    let (sameFigures, sameDays) = (try await ledger.figures(), try await ledger.days())
                    let sameRooms = try await ledger.rooms(on: day)
                    #expect(sameFigures == figures)
                    #expect(sameDays == days)
                    #expect(sameRooms == rooms)
                }
            }
        }
    }

    @Test("What was recorded is there although nobody closed the file")
    func copiedWhileOpen() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                try await ledger.record([Reading(day, hour: 20, ["a": 100])])
                // What a machine that loses its power leaves behind: the file and its log as they are now.
                let copy = TemporaryLedger(path: file.path + ".copy")
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: file.path + suffix, toPath: copy.path + suffix)
                }
                let rooms = try await copy.open { try await $0.rooms(on: day) }
                #expect(rooms == [RoomUsage("a", audio: 100)])
            }
        }
    }

    @Test("It has a size, which grows with what is recorded")
    func size() async throws {
        try await withLedger { ledger in
            let atFirst = ledger.condition.size
            #expect(atFirst > 0)
            try await ledger.record([Reading(day, hour: 1, (0..<2_000).map { RoomUsage("room-\($0)", audio: $0 + 1) })])
            #expect(ledger.condition.size > atFirst + 50_000)
        }
    }

    @Test("A day of twenty thousand rooms is recorded and read")
    func manyRooms() async throws {
        try await withLedger { ledger in
            let first = (0..<20_000).map { RoomUsage("room-\($0)", audio: $0 + 1) }
            // A few end, a few begin, and every tenth has grown.
            let second = (100..<20_100).map { RoomUsage("room-\($0)", audio: $0 % 10 == 0 ? $0 + 100 : $0 + 1) }
            for (hour, rooms) in [(1.0, first), (2, second)] {
                let reading = Reading(day, hour: hour, rooms)
                try await ledger.record([reading])
                let stored = try await ledger.rooms(on: day)
                #expect(stored == reading.rooms)
                let current = try #require(try await ledger.figures().current)
                #expect(current.total.seconds == reading.total)
                #expect(current.rooms.roomCount == 20_000)
                #expect(current.rooms.named.count == 100)
                #expect(current.rooms.named.total + current.rooms.other == reading.total)
            }
        }
    }

    @Test("Many apps are recorded and read at the same time")
    func concurrent() async throws {
        try await withLedger { ledger in
            let apps = (0..<20).map { AppKey(provider: LedgerExamples.app.provider, app: "\($0)") }
            await withTaskGroup(of: Void.self) { group in
                for app in apps {
                    group.addTask {
                        for hour in 1...5 {
                            let reading = Reading(day, hour: Double(hour), app: app, [RoomUsage("a", audio: hour * 10)])
                            _ = try? await ledger.record(reading, from: LedgerExamples.source)
                            _ = try? await ledger.figures(of: app, from: LedgerExamples.source)
                        }
                    }
                }
            }
            for app in apps {
                let figures = try await ledger.figures(of: app, from: LedgerExamples.source)
                #expect(figures.current?.total.seconds.total == 50)
                #expect(figures.metered.total == 40)
            }
        }
    }
}
