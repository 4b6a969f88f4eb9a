import Foundation
import GRDB
import Testing
import Usage
import UsageLedger
import TestSupport

@Suite("A ledger that cannot be opened")
struct OpeningTests {
    @Test("A folder in the file's place is told as such")
    func folder() async throws {
        try await TemporaryLedger.with { file in
            try FileManager.default.createDirectory(atPath: file.path, withIntermediateDirectories: false)
            expectRefusal(of: file.path, saying: "it is a folder")
        }
    }

    @Test("A folder that does not exist is told as such")
    func missingFolder() async throws {
        try await TemporaryLedger.with { file in
            expectRefusal(of: file.path + "-none/ledger.sqlite", saying: "its folder does not exist")
        }
    }

    @Test("A file in the folder's place is told as such")
    func fileAsFolder() async throws {
        try await TemporaryLedger.with { file in
            try Data("x".utf8).write(to: URL(filePath: file.path))
            expectRefusal(of: file.path + "/ledger.sqlite", saying: "its folder does not exist")
        }
    }

    @Test("A place that takes no files is told as such", arguments: ["/proc/ledger.sqlite", "/sys/ledger.sqlite"])
    func noPlace(path: String) {
        expectRefusal(of: path, saying: "does not let us create files")
    }

    @Test("A file of something else is told as such", arguments: [20, 100, 4_096, 100_000])
    func garbage(length: Int) async throws {
        try await TemporaryLedger.with { file in
            var random = SeededGenerator(seed: UInt64(length))
            let bytes = (0..<length).map { _ in UInt8.random(in: 1...255, using: &random) }
            try Data(bytes).write(to: URL(filePath: file.path))
            expectRefusal(of: file.path, saying: "it is not an SQLite file, or one of another program")
            #expect(try Data(contentsOf: URL(filePath: file.path)) == Data(bytes), "it is left as it was")
        }
    }

    @Test("A ledger of a newer version is told as such and left alone")
    func newer() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { try await $0.record([Reading(LedgerExamples.day, hour: 1, ["a": 1])]) }
            try file.meddle { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('something of tomorrow')") }
            expectRefusal(of: file.path, saying: "a newer version of rtc-exporter")
            try file.meddle { db in
                #expect(try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM day") == 1)
                try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'something of tomorrow'")
            }
            let rooms = try await file.open { try await $0.rooms(on: LedgerExamples.day) }
            #expect(rooms.count == 1)
        }
    }

    @Test("A database of another program is told as such and left alone")
    func foreign() async throws {
        try await TemporaryLedger.with { file in
            try file.meddle { try $0.execute(sql: "CREATE TABLE orders (id INTEGER PRIMARY KEY)") }
            let before = try Data(contentsOf: URL(filePath: file.path))
            expectRefusal(of: file.path, saying: "one of another program")
            let after = try Data(contentsOf: URL(filePath: file.path))
            #expect(after == before)
        }
    }

    @Test("A ledger that is in use is told as such, and is free again once it is closed")
    func inUse() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { _ in expectRefusal(of: file.path, saying: "in use by another exporter") }
            try await file.open { _ in }
        }
    }

    @Test("Rooms that were recorded under another naming are not shown any more, and totals stay")
    func otherNaming() async throws {
        try await TemporaryLedger.with { file in
            try await file.open { try await $0.record([Reading(LedgerExamples.day, hour: 1, ["a": 7])]) }
            let ledger = try UsageLedger(
                path: file.path,
                folding: RoomFolding(limit: 9),
                roomNaming: "hashed",
                now: LedgerExamples.now
            )
            let current = try #require(try await ledger.figures().current)
            #expect(current.rooms.named.isEmpty)
            #expect(current.rooms.other.total == 7)
            try ledger.close()
        }
    }

    @Test("An empty file becomes a ledger")
    func emptyFile() async throws {
        try await TemporaryLedger.with { file in
            try Data().write(to: URL(filePath: file.path))
            try await file.open { ledger in
                try await ledger.record([Reading(LedgerExamples.day, hour: 1, ["a": 1])])
                #expect(try await ledger.rooms(on: LedgerExamples.day).count == 1)
            }
        }
    }

    @Test("A ledger on a read-only disk is told as such", .enabled(if: SmallDisk.isAvailable))
    func readOnly() async throws {
        try await SmallDisk.with { disk in
            let path = disk.path + "/ledger.sqlite"
            try UsageLedger(path: path, folding: RoomFolding(limit: 1), now: LedgerExamples.now).close()
            try disk.makeReadOnly()
            expectRefusal(of: path, saying: "writable")
            expectRefusal(of: disk.path + "/new.sqlite", saying: "does not let us create files")
        }
    }

    private func expectRefusal(of path: String, saying cause: String) {
        let error = #expect(throws: LedgerError.self) {
            try UsageLedger(path: path, folding: RoomFolding(limit: 1), now: LedgerExamples.now)
        }
        let sentence = error?.description ?? ""
        #expect(sentence.hasPrefix("The ledger \(path) "))
        #expect(sentence.contains(cause))
        #expect(sentence.hasSuffix("."))
        #expect(!sentence.contains("\n"))
    }
}
