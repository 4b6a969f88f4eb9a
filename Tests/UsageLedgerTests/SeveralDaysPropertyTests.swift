import TestSupport
import Testing
import Usage
import UsageLedger

@Suite("Readings of several days, of two apps and two sources in turn")
struct SeveralDaysPropertyTests {
    /// An app and who tells of it.
    private struct Target: Hashable {
        let app: AppKey
        let source: UsageSource
    }

    private static let targets = ["1", "2"].flatMap { app in
        [LedgerExamples.source, LedgerExamples.wholeDays].map { source in
            Target(app: AppKey(provider: LedgerExamples.app.provider, app: app), source: source)
        }
    }
    private static let allDays = 0...100_000

    @Test(
        "After any of them the rooms of each day add up to its total, and the days to their months",
        arguments: 1...12 as ClosedRange<UInt64>
    )
    func sums(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed &* 31)
        let readings = Self.readings(using: &random)
        try await withLedger(limit: 2) { ledger in
            for (index, (target, reading)) in readings.enumerated() {
                _ = try await ledger.record(reading, from: target.source)
                guard index % 5 == 4 || index == readings.count - 1 else { continue }
                for target in Self.targets { try await expectSums(of: target, in: ledger) }
            }
        }
    }

    @Test(
        "Any order and any repetition leads to the same history and the same rooms",
        arguments: 1...12 as ClosedRange<UInt64>
    )
    func anyOrder(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed &* 37)
        let readings = Self.readings(using: &random)
        let known = try await Self.known(after: readings)
        #expect(known.values.contains { !$0.history.isEmpty })
        for _ in 0..<2 {
            let repeats = (0..<15).compactMap { _ in readings.randomElement(using: &random) }
            let again = try await Self.known(after: (readings + repeats).shuffled(using: &random))
            for target in Self.targets {
                let name = "\(target.app.app) \(target.source.name)"
                #expect(again[target]?.history.map(\.day) == known[target]?.history.map(\.day), "\(name)")
                for (one, other) in zip(again[target]?.history ?? [], known[target]?.history ?? []) {
                    #expect(one == other, "\(name)")
                }
                #expect(again[target]?.rooms == known[target]?.rooms, "\(name)")
            }
        }
    }

    // MARK: What is known

    private struct Known: Equatable {
        var history: [DayHistory] = []
        var rooms: [UsageDay: [RoomUsage]] = [:]
    }

    private static func known(after readings: [(Target, Reading)]) async throws -> [Target: Known] {
        try await withLedger { ledger in
            for (target, reading) in readings { _ = try await ledger.record(reading, from: target.source) }
            var known: [Target: Known] = [:]
            for target in targets {
                let history = try await ledger.history(of: target.app, from: target.source, days: allDays, most: 1_000)
                var rooms: [UsageDay: [RoomUsage]] = [:]
                for day in history.map(\.day) {
                    rooms[day] = try await ledger.rooms(of: target.app, from: target.source, on: day)
                }
                known[target] = Known(history: history, rooms: rooms)
            }
            return known
        }
    }

    private func expectSums(of target: Target, in ledger: UsageLedger) async throws {
        let history = try await ledger.history(of: target.app, from: target.source, days: Self.allDays, most: 1_000)
        for day in history {
            let rooms = try await ledger.rooms(of: target.app, from: target.source, on: day.day)
            guard let folded = day.rooms else {
                #expect(rooms.isEmpty)
                continue
            }
            #expect(rooms.total == day.seconds, "\(day.day)")
            #expect(folded.named.total + folded.other == day.seconds, "\(day.day)")
            #expect(folded.roomCount == rooms.count)
        }
        let figures = try await ledger.figures(of: target.app, from: [target.source])
        for month in [figures.month, figures.previousMonth].compactMap({ $0 }) {
            let sum = history.filter { $0.day.month == month.month }.reduce(into: TierSeconds.zero) { $0 += $1.seconds }
            #expect(month.seconds == sum, "\(month.month)")
        }
        #expect(figures.month?.month == history.last?.day.month)
    }

    // MARK: Readings

    /// The whole of November of each target, and forty readings of up to five days around the month's end, no two asked at the
    /// same moment.
    private static func readings(using random: inout SeededGenerator) -> [(Target, Reading)] {
        let months = targets.enumerated().map { index, target in
            let first = UsageDay(number: LedgerExamples.date(2023, 11, 1).number, zone: target.source.zone)
            let asked = first.advanced(by: 31).at(hour: Double(index) / 60)
            return (target, reading(of: target, first, first.advanced(by: 29), askedAt: asked, using: &random))
        }
        let others = (0..<40).compactMap { index -> (Target, Reading)? in
            guard let target = targets.randomElement(using: &random) else { return nil }
            let begin = UsageDay(number: LedgerExamples.date(2023, 11, 27).number, zone: target.source.zone)
            let seconds = Int.random(in: 60..<8 * 1_440, using: &random) * 60 + index
            let asked = begin.start + .seconds(seconds)
            let today = target.source.day(containing: asked)
            let last = today.advanced(by: -Int.random(in: 0..<3, using: &random))
            let first = last.advanced(by: -Int.random(in: 0..<5, using: &random))
            return (target, reading(of: target, first, last, askedAt: asked, using: &random))
        }
        return others + months
    }

    private static func reading(
        of target: Target,
        _ first: UsageDay,
        _ last: UsageDay,
        askedAt time: UnixTime,
        using random: inout SeededGenerator
    ) -> Reading {
        let window = UsageWindow(first: first, last: last, through: time) ?? UsageWindow(day: last)
        // One day of four is passed over, and one of four is listed without usage.
        let listed = window.days.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }.map { day in
            let rooms = ["a", "b", "c", "教室"].filter { _ in Bool.random(using: &random) }.map { room in
                let audio = Int.random(in: 0..<3, using: &random) * Int.random(in: 1...900, using: &random)
                let hd = Int.random(in: 0...9, using: &random)
                return RoomUsage(room: RoomID(room), seconds: TierSeconds([.audio: audio, .hd: hd]))
            }
            let used = Int.random(in: 0..<4, using: &random) > 0 ? rooms : []
            return target.source.knowsRooms ? DayUsage(day: day, rooms: used) : DayUsage(day: day, total: used.total)
        }
        guard target.source.grain == .days else {
            return Reading(app: target.app, window: window, askedAt: time, days: listed)
        }
        return Reading(app: target.app, window: window, askedAt: time, listed: listed, by: target.source)
    }
}
