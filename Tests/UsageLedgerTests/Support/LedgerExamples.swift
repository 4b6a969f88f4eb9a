import Foundation
import GRDB
import Usage
import UsageLedger

/// A source, an app and days that the tests of the ledger share.
enum LedgerExamples {
    static let app = AppKey(provider: Provider(rawValue: "example"), app: "1400017192")
    /// Knows rooms, has its days in Beijing and settles at 10:00 of the next day.
    static let source = source(zone: .beijing)
    /// Midnights in London, final a day after the day's end, no rooms, no running day.
    static let wholeDays = UsageSource(
        provider: Provider(rawValue: "example"),
        name: "days",
        tiers: [.audio, .hd],
        knowsRooms: false,
        grain: .days,
        reach: 31,
        span: 30,
        zone: .utc,
        settledAfter: .seconds(86_400),
        lag: .zero,
        spacing: .seconds(2)
    )
    /// A Wednesday in the middle of a month.
    static let day = UsageDay(containing: UnixTime(seconds: 1_700_000_000), zone: .beijing)

    static func source(_ name: String = "rooms", zone: ZoneOffset, lag: Duration = .zero) -> UsageSource {
        UsageSource(
            provider: Provider(rawValue: "example"),
            name: name,
            tiers: [.audio, .sd, .hd, .fhd, .twoK, .fourK],
            knowsRooms: true,
            grain: .minutes,
            reach: 90,
            zone: zone,
            settledAfter: .seconds(10 * 3600),
            lag: lag,
            spacing: .seconds(15)
        )
    }

    /// The machine's clock as a damaged ledger's name shows it.
    static let now: @Sendable () -> UnixTime = { LedgerExamples.day.at(hour: 12) }

    static func date(_ year: Int, _ month: Int, _ day: Int) -> UsageDay {
        guard let date = UsageDay(year: year, month: month, day: day, zone: .beijing) else {
            preconditionFailure("there is no such date")
        }
        return date
    }
}

extension UsageDay {
    /// That many hours after its midnight; more than 34 are after its settle time.
    func at(hour: Double) -> UnixTime { start + .milliseconds(Int(hour * 3_600_000)) }
}

extension Reading {
    /// A reading of a day, asked at an hour of that day or after it, of the whole day once that is over.
    init(
        _ day: UsageDay,
        hour: Double,
        app: AppKey = LedgerExamples.app,
        _ rooms: [RoomUsage]
    ) {
        let now = day.at(hour: hour)
        let window = now < day.end ? UsageWindow(day: day, through: now) : nil
        self.init(app: app, window: window ?? UsageWindow(day: day), askedAt: now, rooms: rooms)
    }

    /// A reading of rooms that have audio alone.
    init(_ day: UsageDay, hour: Double, _ audio: KeyValuePairs<String, Int> = [:]) {
        self.init(day, hour: hour, audio.map { RoomUsage($0, audio: $1) })
    }
}

extension RoomUsage {
    init(_ room: String, audio: Int) {
        self.init(room: RoomID(room), seconds: TierSeconds([.audio: audio]))
    }
}

/// A ledger in a folder of its own, gone when the test is.
struct TemporaryLedger {
    let path: String

    static func with<T>(_ body: (TemporaryLedger) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(TemporaryLedger(path: folder.appending(path: "ledger.sqlite").path))
    }

    /// Opens it for the time of `body`.
    @discardableResult
    func open<T>(limit: Int = 100, _ body: (UsageLedger) async throws -> T) async throws -> T {
        let ledger = try UsageLedger(path: path, folding: RoomFolding(limit: limit), now: LedgerExamples.now)
        do {
            let result = try await body(ledger)
            try ledger.close()
            return result
        } catch {
            try? ledger.close()
            throw error
        }
    }

    /// Does something to the file behind the ledger's back.
    @discardableResult
    func meddle<T>(_ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }
}

/// A new ledger for the time of `body`.
func withLedger<T>(limit: Int = 100, _ body: (UsageLedger) async throws -> T) async throws -> T {
    try await TemporaryLedger.with { file in try await file.open(limit: limit, body) }
}

extension UsageLedger {
    /// Records readings of the example's source, one after the other.
    @discardableResult
    func record(_ readings: [Reading]) async throws -> RecordedDay? {
        var recorded: RecordedDay?
        for reading in readings { recorded = try await record(one: reading) }
        return recorded
    }

    /// Records a reading of one day.
    func record(one reading: Reading) async throws -> RecordedDay? {
        try await record(reading, from: LedgerExamples.source).first
    }

    func figures() async throws -> AppFigures {
        try await figures(of: LedgerExamples.app, from: LedgerExamples.source)
    }

    /// What is known of an app that has one source.
    func figures(of app: AppKey, from source: UsageSource) async throws -> AppFigures {
        try await figures(of: app, from: [source])
    }

    /// Whether the newest attempt to write succeeded.
    var isWritable: Bool { condition.isWritable }

    func rooms(on day: UsageDay) async throws -> [RoomUsage] {
        try await rooms(of: LedgerExamples.app, from: LedgerExamples.source, on: day)
    }

    func days() async throws -> [RecordedDay] {
        let first = UsageDay(number: 0, zone: LedgerExamples.source.zone)
        return try await recordedDays(of: LedgerExamples.app, from: LedgerExamples.source, since: first)
    }
}

extension Reading {
    /// The day of a reading of one day.
    var day: UsageDay { window.last }

    /// The rooms of such a reading.
    var rooms: [RoomUsage] { days.flatMap(\.rooms) }
}
