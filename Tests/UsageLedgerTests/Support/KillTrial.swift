import Foundation
import GRDB
import TestSupport
import Testing
import Usage
import UsageLedger

/// A ledger whose writers are killed one after the other, and what it should hold by now.
struct KillTrial {
    private static let seed: UInt64 = 20_231_115
    private static let folding = RoomFolding(limit: 20)

    let file: TemporaryLedger
    private let sequence = ReadingSequence(seed: seed)
    private var expected = ExpectedLedger(folding: folding)
    /// How many readings of the sequence are in the ledger, counted from its beginning.
    private(set) var recovered = 0
    /// The number after the newest reading that was acknowledged.
    private var acknowledged = 0
    /// What the counters showed after the kill before.
    private var metered: [AppKey: TierSeconds] = [:]
    /// Days of which readings came since the kill before, by app.
    private var touched: [AppKey: Set<UsageDay>] = [:]
    /// Kills before the ledger was open, kills in the middle of recording, and those of them after which the ledger had a
    /// reading more than was acknowledged.
    private(set) var counts = (opening: 0, recording: 0, further: 0)

    init(file: TemporaryLedger) { self.file = file }

    /// Lets a writer go on with the newest reading that was acknowledged, which then comes twice, and kills it.
    mutating func kill(_ moment: KilledWriter.Moment) async throws {
        let first = max(acknowledged - 1, 0)
        let writer = try await KilledWriter.run(on: file.path, seed: Self.seed, from: first, until: moment)
        try #require(writer.acknowledged == Array(first..<first + writer.acknowledged.count))
        acknowledged = max(acknowledged, first + writer.acknowledged.count)
        if writer.hadOpened { counts.recording += 1 } else { counts.opening += 1 }
    }

    /// Compares what a file holds with what was acknowledged, or with that and the reading that was under way.
    ///
    /// - Parameters:
    ///   - ledger: The file that was left behind, or a copy of it.
    ///   - isWhole: Whether to compare the rooms of every day, and not only of those of which readings came.
    /// - Throws: When it holds anything else.
    mutating func check(_ ledger: TemporaryLedger, isWhole: Bool) async throws {
        while recovered < acknowledged { advance() }
        try await ledger.open(limit: Self.folding.limit) { ledger in
            let sure = try await difference(ledger, isWhole: isWhole)
            guard !sure.isEmpty else { return }
            advance()
            let further = try await difference(ledger, isWhole: isWhole)
            try #require(further.isEmpty, "after \(acknowledged) readings: \(sure). After one more: \(further)")
            counts.further += 1
        }
        touched = [:]
    }

    private mutating func advance() {
        let step = sequence[recovered]
        expected.take(step.reading, from: step.source)
        touched[step.reading.app, default: []].formUnion(step.reading.window.days)
        recovered += 1
    }

    /// Where a ledger is other than expected; empty where it is not.
    private mutating func difference(_ ledger: UsageLedger, isWhole: Bool) async throws -> String {
        #expect(ledger.condition.recoveries == 0, "a kill is no damage")
        var differences = ""
        for app in SequenceApp.all {
            var days = touched[app.key] ?? []
            if isWhole { days.formUnion(expected.picture(of: app.key, roomsOn: []).days.map(\.day)) }
            let seen = try await ledger.picture(of: app.key, from: app.source, roomsOn: days)
            differences += seen.difference(from: expected.picture(of: app.key, roomsOn: days))
            let before = metered.updateValue(seen.metered, forKey: app.key) ?? .zero
            #expect(Tier.allCases.allSatisfy { seen.metered[$0] >= before[$0] }, "\(app.key.app) fell")
        }
        return differences
    }

    /// A copy of what the kill left behind: the file and its log as they are, which nobody has opened since.
    func copy() throws -> TemporaryLedger {
        let copy = TemporaryLedger(path: file.path + ".copy")
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy.path + suffix) }
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: file.path + suffix) {
            try FileManager.default.copyItem(atPath: file.path + suffix, toPath: copy.path + suffix)
        }
        return copy
    }
}

extension TemporaryLedger {
    /// Has SQLite itself look whether the file is sound.
    func expectIntegrity() throws {
        try meddle { db in
            let complaints = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            try #require(complaints == ["ok"])
            try #require(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
        }
    }
}
