import ExporterMetrics
import Foundation
import Testing
import Usage
import UsageLedger
import UsageProviders

@testable import rtc_exporter

/// A ledger in a folder of its own, in which a test records what sources told.
final class StatusBench: Sendable {
    /// 21 November 2026 in Beijing, a Saturday.
    static let today = UsageDay(number: 20_778, zone: .beijing)
    /// 06:00 of that day: the day before is not settled yet.
    static let now = today.start + .seconds(6 * 3600)

    let folder: URL
    let ledger: UsageLedger
    let source = TencentProvider.trtcUsage

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rtc-status-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledger = try UsageLedger(
            path: folder.appending(path: "l.sqlite").path,
            folding: RoomFolding(limit: 10),
            now: { StatusBench.now }
        )
    }

    deinit {
        try? ledger.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func app(_ id: String) -> PolledApp {
        PolledApp(key: AppKey(provider: .tencent, app: id), account: "a", name: "", sources: [source])
    }

    func record(_ seconds: Int, on day: UsageDay, of app: PolledApp, at time: UnixTime, intervals: [Int] = [])
        async throws
    {
        let parts = intervals.enumerated().map { place, seconds in
            IntervalUsage(start: day.start + .seconds(place * 300), seconds: TierSeconds([.audio: seconds]))
        }
        let usage = DayUsage(
            day: day,
            total: TierSeconds([.audio: seconds]),
            intervals: parts.filter { !$0.seconds.isZero }
        )
        let window = UsageWindow(day: day)
        _ = try await ledger.record(
            Reading(app: app.key, window: window, askedAt: time, days: [usage]),
            from: source
        )
    }

    /// Settled days from a first to a last, each with the same usage.
    func settle(_ seconds: Int, from first: Int, to last: Int, of app: PolledApp) async throws {
        for back in stride(from: first, through: last, by: -1) {
            let day = Self.today.advanced(by: -back)
            try await record(seconds, on: day, of: app, at: source.settleTime(of: day) + .seconds(60))
        }
    }

    func facts(_ app: PolledApp) async throws -> AppFacts {
        AppFacts(app: app, figures: try await ledger.figures(of: app.key, from: app.sources), statuses: [])
    }

    func look(_ app: PolledApp) async throws -> AppLook {
        let days = try #require(try await facts(app).days)
        return await LedgerGlance(ledger: ledger, app: app, days: days).look()
    }
}
