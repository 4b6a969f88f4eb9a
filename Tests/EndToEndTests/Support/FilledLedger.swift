import Foundation
import Usage
import UsageLedger
import UsageProviders

/// A ledger with thirty days of three apps, and what is true of them.
struct FilledLedger {
    /// One app's day.
    struct Truth {
        let app: String
        let day: UsageDay
        let seconds: Int
    }

    static let classroom = AppKey(provider: .tencent, app: "1400012001")
    static let clinic = AppKey(provider: .huawei, app: "5fa6000000000000000c1001")
    static let live = AppKey(provider: .volcengine, app: "661e000000000000000c2001")

    /// Keys that are not here: no command that is tried needs them. Huawei's apps are discovered.
    static let configuration = """
        ledger: { path: ledger.sqlite }
        rooms: { limit: 5, hash: { key: { file: missing-hash-key } } }
        accounts:
          - name: classroom
            provider: tencent
            endpoint: http://127.0.0.1:1
            credentials: { secret_id: { env: RTC_MISSING_ID }, secret_key: { file: missing-key } }
            apps: [ { id: 1400012001, name: Classroom } ]
          - name: meetings
            provider: huawei
            endpoint: http://127.0.0.1:1
            project_id: 5111a7ed00000000000000000000c10d
            credentials: { access_key: { env: RTC_MISSING_ID }, secret_key: { env: RTC_MISSING_KEY } }
            apps: { discover: true }
          - name: live
            provider: volcengine
            endpoint: http://127.0.0.1:1
            credentials: { access_key: { env: RTC_MISSING_ID }, secret_key: { env: RTC_MISSING_KEY } }
            apps: [ { id: 661e000000000000000c2001 } ]
        """

    let file: String
    let truth: [Truth]

    /// Fills one, with a configuration beside it.
    static func make(in workplace: Workplace, days count: Int = 30, rooms: Int = 12) async throws -> FilledLedger {
        let file = try workplace.write("rtc-exporter.yml", configuration)
        let now = UnixTime(seconds: Int(Date().timeIntervalSince1970))
        let ledger = try UsageLedger(
            path: workplace.path("ledger.sqlite"),
            folding: RoomFolding(limit: 5),
            now: { now }
        )
        var truth: [Truth] = []
        for back in 3..<3 + count {
            for (app, source) in [
                (classroom, TencentProvider.roomUsage), (clinic, HuaweiProvider.historyUsage),
                (live, VolcengineProvider.listUsages),
            ] {
                let day = source.day(containing: now).advanced(by: -back)
                let usage = Self.usage(of: day, source, back: back, rooms: rooms)
                try await ledger.record(usage, of: app, from: source)
                truth.append(Truth(app: app.app, day: day, seconds: usage.total.total))
            }
            // The primary tells a little more than the rooms do, and the newest days by five minutes.
            let source = TencentProvider.trtcUsage
            let day = source.day(containing: now).advanced(by: -back)
            let part = TierSeconds([.audio: 60, .hd: 120])
            let intervals = back < 6 ? [IntervalUsage(start: day.start + .seconds(300), seconds: part)] : []
            let total = TierSeconds([.audio: 600 + back, .hd: 1200])
            try await ledger.record(DayUsage(day: day, total: total, intervals: intervals), of: classroom, from: source)
        }
        let listed = [ListedApp(id: clinic.app, name: "Clinic video")]
        try await ledger.record(listed, listedBy: .huawei, account: "meetings", at: now)
        try ledger.close()
        return FilledLedger(file: file, truth: truth)
    }

    /// Other rooms on each day, some of which are too small to be named; every seventh day without any usage.
    private static func usage(of day: UsageDay, _ source: UsageSource, back: Int, rooms: Int) -> DayUsage {
        guard !back.isMultiple(of: 7) else { return DayUsage(day: day, rooms: []) }
        guard source.knowsRooms else {
            return DayUsage(day: day, total: TierSeconds([.audio: 7 * back, .hd: 1_000_003]))
        }
        let usages = (0..<rooms).map { place in
            RoomUsage(
                room: RoomID("lesson \(back % 4)-\(place) \"教室\""),
                seconds: TierSeconds([.audio: 31 * place, .fhd: back])
            )
        }
        return DayUsage(day: day, rooms: usages)
    }
}

extension UsageLedger {
    /// Records what a source said of a day that it had settled.
    fileprivate func record(_ usage: DayUsage, of app: AppKey, from source: UsageSource) async throws {
        let askedAt = source.settleTime(of: usage.day) + .seconds(60)
        _ = try await record(
            Reading(app: app, window: UsageWindow(day: usage.day), askedAt: askedAt, days: [usage]),
            from: source
        )
    }
}
