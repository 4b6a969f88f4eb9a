import Foundation
import GRDB
import Testing
import Usage

@testable import UsageLedger

@Suite("A look into a ledger")
struct LedgerLookTests {
    private let provider = Provider(rawValue: "example")
    private let apps = [ListedApp(id: "a", name: "Lessons"), ListedApp(id: "b", name: "")]

    private func record(in ledger: UsageLedger) async throws {
        let reading = Reading(LedgerExamples.day, hour: 34.5, ["room": 60])
        _ = try await ledger.record(reading, from: LedgerExamples.source)
        try await ledger.record(apps, listedBy: provider, account: "main", at: LedgerExamples.day.end)
    }

    private func expectAll(in path: String) throws {
        let look = try LedgerLook(path: path)
        #expect(try look.listedApps(of: provider, account: "main") == apps)
        #expect(try look.listedApps(of: provider, account: "other").isEmpty)
        let days = try look.recordedDays(of: LedgerExamples.app, from: LedgerExamples.source)
        #expect(days.map(\.day) == [LedgerExamples.day])
        #expect(days.first?.isSettled(by: LedgerExamples.source) == true)
        let other = AppKey(provider: provider, app: "none")
        #expect(try look.recordedDays(of: other, from: LedgerExamples.source).isEmpty)
        try look.close()
    }

    /// Why a ledger cannot be looked into; empty when it can.
    private func problem(at path: String) -> String {
        do throws(LedgerError) {
            _ = try LedgerLook(path: path)
            return ""
        } catch {
            return error.description
        }
    }

    private func files(beside path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: URL(filePath: path).deletingLastPathComponent().path)
            .sorted()
    }

    @Test("It tells what is known while an exporter uses the ledger, which goes on recording")
    func beside() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { ledger in
                try await record(in: ledger)
                try expectAll(in: file.path)
                _ = try await ledger.record(
                    Reading(LedgerExamples.day.next, hour: 1, ["room": 5]),
                    from: LedgerExamples.source
                )
            }
        }
    }

    @Test("It tells the same when nobody does, and leaves nothing beside the ledger")
    func alone() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { try await record(in: $0) }
            let before = try files(beside: file.path)
            try expectAll(in: file.path)
            let after = try files(beside: file.path)
            #expect(after == before)
            // Who closes it as the last one that may write takes SQLite's log away.
            try file.meddle { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try expectAll(in: file.path)
            let bare = try files(beside: file.path)
            #expect(bare == ["ledger.sqlite"])
            // An exporter can start meanwhile.
            let look = try LedgerLook(path: file.path)
            try await file.open { #expect($0.existedBefore) }
            try look.close()
        }
    }

    @Test("Where there is no ledger it creates none")
    func missing() async throws {
        try await TemporaryLedger.with { file in
            #expect(problem(at: file.path) == "There is no ledger \(file.path) yet.")
            let left = try files(beside: file.path)
            #expect(left.isEmpty)
        }
    }

    @Test(
        "What is no ledger of this version is left as it is",
        arguments: ["", "not a database, but long enough to be read"]
    )
    func strange(content: String) async throws {
        try await TemporaryLedger.with { file in
            try content.write(toFile: file.path, atomically: false, encoding: .utf8)
            #expect(problem(at: file.path).contains(file.path))
            #expect(try String(contentsOfFile: file.path, encoding: .utf8) == content)
        }
    }
}
