import Foundation
import Usage

/// How long a start takes on a ledger that is full of rooms: from opening it to the figures of the first page.
///
/// Once after an orderly end, and once after the process was killed, when the end of the work is still in the log beside the
/// ledger. The files were just written, so that most of them are in memory; the disk is not what is measured.
struct LedgerStartBenchmark {
    private static let firstDay = UsageDay(number: 20_000, zone: .beijing)

    /// How many rooms a day has.
    let rooms: Int
    /// How many days are held.
    let days: Int

    func run() async throws {
        try await BenchmarkFolder.with { folder in
            let (whole, broken) = (folder.appending(path: "whole"), folder.appending(path: "broken"))
            try FileManager.default.createDirectory(at: whole, withIntermediateDirectories: true)
            let ledger = try MeasuredLedger(in: whole)
            let filling = try await CPUTime.seconds { try await fill(ledger) }
            let held = try await ledger.figures()
            // As it lies on disk at this moment: what a killed process leaves behind.
            try FileManager.default.copyItem(at: whole, to: broken)
            try ledger.close()
            print("Start on a ledger of \(days) days with \(rooms) rooms each, made in \(text(filling)) CPU seconds")
            try await report("after an orderly end", whole, expecting: held)
            try await report("after the process was killed", broken, expecting: held)
        }
    }

    private func fill(_ ledger: MeasuredLedger) async throws {
        var totals: [DayUsage] = []
        for number in 0..<days {
            let day = Self.firstDay.advanced(by: number)
            let reading = MeasuredLedger.reading(
                of: day,
                SampleRooms(count: rooms, day: day).usages,
                after: .seconds(3600)
            )
            try await ledger.record(reading)
            totals.append(DayUsage(day: day, total: reading.total))
        }
        try await ledger.record(totals: totals)
    }

    private func report(_ what: String, _ folder: URL, expecting held: Figures) async throws {
        let bytes = BenchmarkFolder.bytes(in: folder)
        let (cpuStart, wallStart) = (CPUTime.own, ContinuousClock.now)
        let ledger = try MeasuredLedger(in: folder)
        let figures = try await ledger.figures()
        let (cpu, wall) = (CPUTime.own - cpuStart, ContinuousClock.now - wallStart)
        try ledger.close()
        guard figures == held else { throw BenchmarkError.wrongRows }
        print("  \(what), \((bytes + 500_000) / 1_000_000) MB: \(text(cpu)) CPU seconds,", terminator: " ")
        print("\(text(wall / .seconds(1))) s by the clock on the wall")
    }

    private func text(_ value: Double) -> String { String(format: "%.4f", value) }
}
