import Foundation
import Usage

/// What the ledger needs to keep and to tell a day's rooms.
///
/// The peer is what SQLite allows: a loop in C that writes the same rows to a table of its own. Same rows, same library, same
/// run; each figure is a median.
struct LedgerBenchmark {
    private static let runs = 3
    private static let day = UsageDay(number: 20_000, zone: .beijing)

    /// What one run took: CPU seconds, and bytes on disk.
    private struct Costs {
        let new: Double
        let unchanged: Double
        let read: Double
        let bytes: Double
    }

    /// How many rooms the day has.
    let rooms: Int

    func run() async throws {
        let sample = SampleRooms(count: rooms, day: Self.day)
        let (usages, rows) = (sample.usages, SQLiteLimit.Rows(sample))
        var (ours, limit): ([Costs], [Costs]) = ([], [])
        // By turns, so that a machine that gets slower does so for both.
        for _ in 0..<Self.runs {
            ours.append(try await BenchmarkFolder.with { try await ledger(usages, in: $0) })
            limit.append(try await BenchmarkFolder.with { try peer(rows, in: $0) })
        }
        print("Ledger, \(rooms) rooms of one day, CPU seconds, medians of \(Self.runs): ledger, SQLite from C, ratio")
        report("new rooms recorded", ours, limit, \.new)
        report("the same recorded again", ours, limit, \.unchanged)
        report("read back in order", ours, limit, \.read)
        report("bytes per room on disk", ours, limit, \.bytes)
    }

    private func ledger(_ usages: [RoomUsage], in folder: URL) async throws -> Costs {
        let ledger = try MeasuredLedger(in: folder)
        // Made before the clock runs: what the reading itself takes is the reader's.
        let first = MeasuredLedger.reading(of: Self.day, usages, after: .seconds(3600))
        let second = MeasuredLedger.reading(of: Self.day, usages, after: .seconds(7200))
        let new = try await CPUTime.seconds { try await ledger.record(first) }
        let unchanged = try await CPUTime.seconds { try await ledger.record(second) }
        var held: [RoomUsage] = []
        let read = try await CPUTime.seconds { held = try await ledger.rooms(on: Self.day) }
        guard held == usages else { throw BenchmarkError.wrongRows }
        try ledger.close()
        return Costs(new: new, unchanged: unchanged, read: read, bytes: bytesPerRoom(folder))
    }

    private func peer(_ rows: SQLiteLimit.Rows, in folder: URL) throws -> Costs {
        let table = try SQLiteLimit(path: folder.appending(path: "limit.sqlite").path)
        let new = try CPUTime.median(of: 1) { try table.insert(rows, on: Self.day.number) }
        let unchanged = try CPUTime.median(of: 1) { try table.upsert(rows, on: Self.day.number) }
        var sum = 0
        let read = try CPUTime.median(of: 1) { sum = try table.sum(on: Self.day.number) }
        guard sum == rows.sum else { throw BenchmarkError.wrongRows }
        try table.close()
        return Costs(new: new, unchanged: unchanged, read: read, bytes: bytesPerRoom(folder))
    }

    private func bytesPerRoom(_ folder: URL) -> Double {
        Double(BenchmarkFolder.bytes(in: folder)) / Double(rooms)
    }

    private func report(_ what: String, _ ours: [Costs], _ limit: [Costs], _ cost: KeyPath<Costs, Double>) {
        let (ledger, peer) = (median(ours.map { $0[keyPath: cost] }), median(limit.map { $0[keyPath: cost] }))
        let label = what.padding(toLength: 24, withPad: " ", startingAt: 0)
        print("  \(label) " + String(format: "%8.3f %8.3f %6.2f", ledger, peer, ledger / peer))
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
