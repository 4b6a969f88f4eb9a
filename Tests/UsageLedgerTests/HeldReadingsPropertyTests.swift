import Foundation
import TestSupport
import Testing
import Usage

@testable import UsageLedger

@Suite("Readings held while the disk is full", .enabled(if: SmallDisk.isAvailable))
struct HeldReadingsPropertyTests {
    private static let source = LedgerExamples.source
    private static let others = LedgerExamples.source("others", zone: .beijing)

    /// All that a ledger tells of some apps.
    private struct Told: Equatable {
        var figures: [AppFigures] = []
        var days: [[RecordedDay]] = []
        var history: [[DayHistory]] = []
        var rooms: [[RoomUsage]] = []
        var counters: [AppCounter?] = []
    }

    @Test(
        "Once the disk takes them, the ledger is as if it had never been full",
        arguments: 1...8 as ClosedRange<UInt64>
    )
    func healed(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed &* 613)
        let steps = (0..<27).map {
            (reading: Self.reading($0, using: &random), source: random.oneIn(4) ? Self.others : Self.source)
        }
        let expected = try await withLedger(limit: 3) { ledger in
            try await Self.setSources(of: ledger)
            for step in steps { _ = try await ledger.record(step.reading, from: step.source) }
            return try await Self.told(by: ledger)
        }
        try await SmallDisk.with { disk in
            let file = TemporaryLedger(path: disk.path + "/ledger.sqlite")
            try await file.open(limit: 3) { ledger in
                try await Self.setSources(of: ledger)
                for (index, step) in steps.enumerated() {
                    // Full from the tenth to the eighteenth reading.
                    if index == 9 { try disk.fill() }
                    if index == 18 { try FileManager.default.removeItem(atPath: disk.path + "/filler") }
                    _ = try await ledger.record(step.reading, from: step.source)
                    #expect(ledger.isWritable == !(9..<18).contains(index))
                    if index == 17 { #expect(ledger.condition.heldApps == Set(steps[9..<18].map(\.reading.app)).count) }
                    if ledger.isWritable { try await ledger.checkpoint() }
                }
                #expect(ledger.condition.heldApps == 0)
                #expect(try await Self.told(by: ledger) == expected)
            }
            try await file.open(limit: 3) { ledger in
                #expect(ledger.condition.recoveries == 0)
                let told = try await Self.told(by: ledger)
                #expect(told == expected)
            }
        }
    }

    @Test("Meanwhile the figures are those of a ledger that was never full, reading by reading")
    func shown() async throws {
        var random = SeededGenerator(seed: 99)
        let steps = (0..<14).map { Self.reading($0, using: &random) }
        try await SmallDisk.with { disk in
            let file = TemporaryLedger(path: disk.path + "/ledger.sqlite")
            try await file.open(limit: 3) { full in
                try await withLedger(limit: 3) { ledger in
                    for (index, step) in steps.enumerated() {
                        if index == 5 {
                            try await full.checkpoint()
                            try disk.fill()
                        }
                        let (left, right) = (
                            try await full.record(step, from: Self.source),
                            try await ledger.record(step, from: Self.source)
                        )
                        #expect(left == right)
                        for app in LedgerImage.apps {
                            let shown = try await full.figures(of: app, from: Self.source)
                            #expect(try await ledger.figures(of: app, from: Self.source) == shown)
                        }
                    }
                    #expect(full.condition.heldApps > 0)
                }
            }
        }
    }

    private static func setSources(of ledger: UsageLedger) async throws {
        ledger.setSources(Dictionary(uniqueKeysWithValues: LedgerImage.apps.map { ($0, [source, others]) }))
    }

    private static func told(by ledger: UsageLedger) async throws -> Told {
        var told = Told()
        let days = (LedgerExamples.day.number - 20)...(LedgerExamples.day.number + 20)
        for app in LedgerImage.apps {
            told.figures.append(try await ledger.figures(of: app, from: [source, others]))
            told.counters.append(try await ledger.read { try CounterRecord.fetchOne($0, of: app)?.counter })
            for source in [source, others] {
                told.days.append(
                    try await ledger.recordedDays(of: app, from: source, since: LedgerExamples.day.advanced(by: -20))
                )
                told.history.append(try await ledger.history(of: app, from: source, days: days, most: 99))
                for day in days {
                    let day = UsageDay(number: day, zone: source.zone)
                    told.rooms.append(try await ledger.rooms(of: app, from: source, on: day))
                }
            }
        }
        return told
    }

    /// Some hundred rooms of a day of one of the apps, with their five minutes, or none at all.
    private static func reading(_ index: Int, using random: inout SeededGenerator) -> Reading {
        let day = LedgerExamples.day.advanced(by: random.below(3))
        let askedAt = day.at(hour: Double(random.below(60)) + 1 + Double(index) / 100)
        let count = random.oneIn(5) ? 0 : 100 + random.below(200)
        let rooms = (0..<count).map { RoomUsage("room-\($0)", audio: random.below(9_000) + 1) }
        let intervals = (0..<30).map { place in
            IntervalUsage(
                start: day.start + IntervalUsage.length * (place * 9),
                seconds: TierSeconds([.audio: index + 1])
            )
        }
        return Reading(
            app: LedgerImage.apps[random.below(3)],
            window: UsageWindow(day: day, through: askedAt) ?? UsageWindow(day: day),
            askedAt: askedAt,
            days: [DayUsage(day: day, rooms: rooms, intervals: random.oneIn(2) ? intervals : [])]
        )
    }
}
