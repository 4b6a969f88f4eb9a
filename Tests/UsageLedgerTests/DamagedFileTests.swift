import Foundation
import GRDB
import TestSupport
import Testing
import Usage
import UsageLedger

@Suite("A ledger that is damaged before it is opened")
struct DamagedFileTests {
    private static let refilled = 30
    private let source = LedgerExamples.source
    private let day = LedgerImage.lastDay

    @Test(
        "It opens as it is or is set aside, nothing is counted twice, and the next start finds it well",
        arguments: Damage.allCases,
        [true, false]
    )
    func opened(damage: Damage, isClean: Bool) async throws {
        let image = try await LedgerImage.make(isClean: isClean)
        for seed in 0..<4 as Range<UInt64> {
            var random = SeededGenerator(seed: seed * 7_919 + (isClean ? 0 : 1))
            var damaged = image
            for suffix in damaged.bytes.keys.sorted() where suffix.isEmpty || random.oneIn(3) {
                damaged.bytes[suffix].map { data in
                    var data = data
                    damage.apply(to: &data, using: &random)
                    damaged.bytes[suffix] = data
                }
            }
            try await TemporaryLedger.with { file in
                try damaged.write(to: file.path)
                try await expectSound(file, "\(damage), \(isClean ? "clean" : "unclean"), seed \(seed)")
            }
        }
    }

    @Test("A bit of the header: what can no longer be told from another program's file is left as it is, with an error")
    func header() async throws {
        // The mark of SQLite, its versions for writing and of the schema, and the mark of a ledger.
        let marks = Set(0..<16).union([18, 47]).union(68..<72)
        let image = try await LedgerImage.make(isClean: true)
        var random = SeededGenerator(seed: 1)
        for byte in 0..<100 {
            var damaged = image
            damaged.bytes[""]?[byte] ^= 1 << UInt8(random.below(8))
            try await TemporaryLedger.with { file in
                try damaged.write(to: file.path)
                do {
                    try await expectSound(file, "byte \(byte)")
                } catch is LedgerError where marks.contains(byte) {
                    let after = try Data(contentsOf: URL(filePath: file.path))
                    #expect(after == damaged.bytes[""])
                }
            }
        }
    }

    private func expectSound(_ file: TemporaryLedger, _ comment: Comment) async throws {
        let recoveries = try await file.open { ledger in
            let recovery = ledger.condition.lastRecovery
            #expect(ledger.condition.recoveries == (recovery == nil ? 0 : 1), comment)
            if let recovery { try await expectRefilled(ledger, recovery, comment) }
            return ledger.condition.recoveries
        }
        let after = try await file.open { $0.condition.recoveries }
        #expect(after == recoveries, comment)
    }

    /// The ledger is a new one that has what could be read of the old one, and counts on from there.
    private func expectRefilled(_ ledger: UsageLedger, _ recovery: LedgerRecovery, _ comment: Comment) async throws {
        // As the exporter does at each start.
        ledger.setSources(Dictionary(uniqueKeysWithValues: LedgerImage.apps.map { ($0, [source]) }))
        #expect(recovery.setAside == ledger.path + ".damaged-2023-11-15T04-00Z", comment)
        #expect(FileManager.default.fileExists(atPath: recovery.setAside), comment)
        for (number, app) in LedgerImage.apps.enumerated() {
            let before = try await ledger.figures(of: app, from: source).metered
            #expect(before == Self.metered(of: app, in: recovery.setAside) ?? .zero, comment)
            let days = try await ledger.recordedDays(of: app, from: source, since: day.advanced(by: -1_000))
            let isAskedAgain = { (known: RecordedDay) in known.askedAt.milliseconds <= 1 }
            #expect(days.allSatisfy { $0.day < day.advanced(by: -Self.refilled) || isAskedAgain($0) }, comment)
            for known in days where known.day < day { #expect(known.seconds == 820 * (number + 1) * 40, comment) }

            for back in 1...Self.refilled {
                let same = reading(app, day.advanced(by: -back), 24 * Double(back) + 12.5, 820 * (number + 1) * 40)
                _ = try await ledger.record(same, from: source)
            }
            // What a damaged log has lost counts when it is read again, and no day does so twice.
            let again = try await ledger.figures(of: app, from: source).metered.total
            #expect((before.total...max(before.total, LedgerImage.metered * (number + 1))).contains(again), comment)
            _ = try await ledger.record(reading(app, day, 13, 50_000), from: source)
            let next = try await ledger.figures(of: app, from: source).metered
            // Counted on from where it was, or from here on where that cannot be read.
            #expect((again...again + 50_000).contains(next.total), comment)
            _ = try await ledger.record(reading(app, day, 14, 50_010), from: source)
            let after = try await ledger.figures(of: app, from: source).metered
            #expect(after == next + TierSeconds([.audio: 10]), comment)
        }
    }

    private func reading(_ app: AppKey, _ day: UsageDay, _ hour: Double, _ audio: Int) -> Reading {
        Reading(day, hour: hour, app: app, [RoomUsage("room-1", audio: audio)])
    }

    /// What the counter of the file that was set aside says, as far as it and its app can be read.
    private static func metered(of app: AppKey, in path: String) -> TierSeconds? {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
        let seconds = try? DatabaseQueue(path: path, configuration: configuration).read { db in
            try Int.fetchOne(db, sql: "SELECT audio FROM app_counter WHERE app = ?", arguments: [app.app])
        }
        return (seconds ?? nil).map { TierSeconds([.audio: $0]) }
    }
}
