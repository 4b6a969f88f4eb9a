import Foundation
import GRDB
import Usage
import TestSupport
import Testing
import UsageLedger

/// The bytes of a ledger of three apps and sixty days, to be damaged and opened.
struct LedgerImage {
    /// A file and its log.
    var bytes: [String: Data]

    static let apps = ["1400017192", "second", "third"].map { AppKey(provider: LedgerExamples.app.provider, app: $0) }
    static let lastDay = LedgerExamples.day
    static let dayCount = 60
    /// What is metered of the first app; of the second one it is twice that, and so on.
    static let metered = 1_934_380
    static let others = LedgerExamples.source("others", zone: .beijing)

    /// As it is after a clean end, or as a machine that loses its power leaves it.
    static func make(isClean: Bool) async throws -> LedgerImage {
        try await (isClean ? clean : unclean).value
    }

    // It takes a second to fill one: they are made once.
    private static let clean = Task { try await fill(isClean: true) }
    private static let unclean = Task { try await fill(isClean: false) }

    private static func fill(isClean: Bool) async throws -> LedgerImage {
        try await TemporaryLedger.with { file in
            let image = try await file.open { ledger in
                try await fill(ledger)
                return try LedgerImage(copyOf: file.path)
            }
            return isClean ? try LedgerImage(copyOf: file.path) : image
        }
    }

    private init(copyOf path: String) throws {
        bytes = [:]
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            bytes[suffix] = try Data(contentsOf: URL(filePath: path + suffix))
        }
    }

    func write(to path: String) throws {
        for (suffix, data) in bytes { try data.write(to: URL(filePath: path + suffix)) }
    }

    /// Writes nonsense over the page with which a table begins.
    static func overwrite(_ table: String, of path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let page = try queue.read { db in
            try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
        }
        try queue.close()
        let offset = UInt64((try #require(page) - 1) * 4_096)
        var random = SeededGenerator(seed: offset)
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(random.bytes(4_096)))
        try handle.close()
    }

    /// The days from the oldest one on, each settled; the last one was read twice while it ran.
    private static func fill(_ ledger: UsageLedger) async throws {
        for (number, app) in apps.enumerated() {
            for index in 0..<dayCount {
                let day = lastDay.advanced(by: index + 1 - dayCount)
                let hours = index == dayCount - 1 ? [9.0, 11] : index == 0 ? [12, 20, 40] : [40]
                for hour in hours {
                    _ = try await ledger.record(reading(app, number, day, hour), from: LedgerExamples.source)
                }
                if number == 1 { _ = try await ledger.record(reading(app, number, day, 41), from: others) }
            }
        }
    }

    private static func reading(_ app: AppKey, _ number: Int, _ day: UsageDay, _ hour: Double) -> Reading {
        let rooms = (0..<40).map { RoomUsage("room-\($0)", audio: ($0 + 1) * (number + 1) * Int(hour)) }
        return Reading(day, hour: hour, app: app, rooms)
    }
}

/// What can happen to a file.
enum Damage: String, CaseIterable {
    case bits, bytes, pages, zeroPages, truncated, zeroBeginning

    private static let page = 4_096

    func apply(to data: inout Data, using random: inout SeededGenerator) {
        guard data.count > 4 * Self.page else { return }
        let pages = data.count / Self.page
        switch self {
        case .bits:
            for _ in 0..<random.below(20) + 1 {
                data[random.below(data.count - 100) + 100] ^= 1 << UInt8(random.below(8))
            }
        case .bytes:
            let start = random.below(data.count - 300) + 100
            for index in start..<start + random.below(200) { data[index] = UInt8(random.below(256)) }
        case .pages, .zeroPages:
            for _ in 0..<random.below(3) + 1 {
                let start = (random.below(pages - 1) + 1) * Self.page
                for index in start..<start + Self.page { data[index] = self == .pages ? UInt8(random.below(256)) : 0 }
            }
        case .truncated:
            data.removeLast(random.below(data.count - 200))
        case .zeroBeginning:
            for index in 0..<min(data.count, 100 + random.below(9_000)) { data[index] = 0 }
        }
    }
}
