import Foundation
import Usage
import UsageLedger
import UsageProviders

/// What the ledger tells of an app.
typealias Figures = AppFigures

/// The ledger as the benchmark uses it: the one place that knows its functions.
struct MeasuredLedger {
    static let app = AppKey(provider: .tencent, app: "1400017192")
    /// The one that knows rooms.
    static let source = TencentProvider.roomUsage
    /// All that the app is polled from.
    static let sources = [TencentProvider.trtcUsage, TencentProvider.roomUsage]

    private let ledger: UsageLedger

    /// Opens or makes a ledger in a folder.
    init(in folder: URL) throws {
        ledger = try UsageLedger(
            path: folder.appending(path: "l.sqlite").path,
            folding: RoomFolding(limit: 100),
            now: { UnixTime(seconds: Int(Date().timeIntervalSince1970)) }
        )
    }

    /// What a provider says of a closed day so long after its end.
    static func reading(of day: UsageDay, _ rooms: [RoomUsage], after: Duration) -> Reading {
        Reading(app: app, window: UsageWindow(day: day), askedAt: day.end + after, rooms: rooms)
    }

    func record(_ reading: Reading) async throws {
        _ = try await ledger.record(reading, from: Self.source)
    }

    /// Records what the source without rooms says of days: the sums of their rooms.
    func record(totals: [DayUsage]) async throws {
        guard let first = totals.first?.day, let last = totals.last?.day,
            let window = UsageWindow(first: first, last: last)
        else { return }
        let reading = Reading(app: Self.app, window: window, askedAt: last.end + .seconds(7200), days: totals)
        _ = try await ledger.record(reading, from: TencentProvider.trtcUsage)
    }

    func rooms(on day: UsageDay) async throws -> [RoomUsage] {
        try await ledger.rooms(of: Self.app, from: Self.source, on: day)
    }

    /// What the exporter asks for before its first page.
    func figures() async throws -> Figures {
        try await ledger.figures(of: Self.app, from: Self.sources)
    }

    func close() throws { try ledger.close() }
}
