import ProviderSimulator
import TestSupport
import Testing
import Usage
import UsageLedger

/// What has to hold after days were filled in.
extension SourceBench {
    /// The days from the oldest one that is wished for and that the source still tells, to the current one.
    func wishedDays(of app: AppKey, historyDays: Int) throws -> [UsageDay] {
        let today = variant.source.day(containing: clock.now)
        let first = today.advanced(by: -min(historyDays, variant.source.reach - 1))
        let current = try #require(currentClaim(app)).day
        return (0...current.number - first.number).map(first.advanced(by:))
    }

    /// All days that the ledger knows of an app.
    func recordedDays(of app: AppKey) async throws -> [RecordedDay] {
        let first = UsageDay(number: 0, zone: variant.source.zone)
        return try await ledger.recordedDays(of: app, from: variant.source, since: first)
    }

    /// The ledger knows these days, and each as the provider told of it when it was asked last.
    func expectTruth(of app: AppKey, on days: [UsageDay]) async throws {
        let first = try #require(days.first)
        let recorded = try await ledger.recordedDays(of: app, from: variant.source, since: first)
        #expect(recorded.map(\.day) == days, "\(app.app)")
        let numbers = first.number...first.number + days.count
        let history = try await ledger.history(of: app, from: variant.source, days: numbers, most: days.count)
        for (day, known) in zip(history, recorded) {
            #expect(day.seconds == claimed(app, day.day, at: known.confirmedAt), "\(app.app) \(day.day)")
            #expect(day.isSettled == (variant.source.settleTime(of: day.day) <= known.confirmedAt))
            #expect(day.isSettled || day.day >= days[max(days.count - 4, 0)], "\(app.app) \(day.day)")
        }
    }

    /// Each of these days was read before all that are older.
    func expectNewestFirst(of app: AppKey, among missing: Set<UsageDay>) {
        var rest = missing
        let order = readings.of(app).flatMap { reading in
            reading.days.map(\.day).sorted(by: >).filter { rest.remove($0) != nil }
        }
        #expect(rest.isEmpty, "\(app.app) \(rest.sorted())")
        #expect(order == order.sorted(by: >), "\(app.app)")
    }

    /// Whatever else there was to read, the running day was read at once and at each interval.
    func expectLiveWork(of app: AppKey, since start: UnixTime, interval: Duration) {
        // In its first minute a day has nothing to ask for: who would be asked then is asked a minute later.
        let minute = Duration.seconds(60)
        let live = readings.of(app).filter { $0.window.last >= variant.source.day(containing: $0.askedAt - minute) }
        let moments = live.map(\.askedAt) + [clock.now]
        let longest = zip(moments, moments.dropFirst()).map { $1 - $0 }.max()
        // Apps wait for each other, and for a call about history that was just made.
        let wait = variant.source.spacing * 4
        #expect(longest.map { $0 <= interval + minute + wait } == true, "\(app.app) \(longest as Any)")
        #expect(live.first.map { $0.askedAt <= start + wait } == true, "\(app.app)")
    }

    /// When a settled day was read, in days after it was settled.
    func daysAfterSettling(_ day: UsageDay, of app: AppKey) -> [Double] {
        let settles = variant.source.settleTime(of: day)
        let asked = readings.of(app).filter { reading in reading.days.contains { $0.day == day } }.map(\.askedAt)
        return asked.filter { $0 >= settles }.map { ($0 - settles).inSeconds / 86_400 }
    }

    /// As the provider saw it: every call was good, and none came too early.
    func expectSpacing() {
        let calls = simulation.calls.all
        #expect(calls.allSatisfy { $0.outcome == "ok" }, "\(calls.filter { $0.outcome != "ok" }.prefix(3))")
        let limit = simulation.configuration.limit(of: variant.played.api, provider: variant.played.provider)
        let arrivals = calls.filter { $0.api == variant.played.api }.map(\.monotonicMilliseconds)
        #expect(arrivals.count > 10)
        for (earlier, later) in zip(arrivals, arrivals.dropFirst(limit.calls)) {
            #expect(.milliseconds(later - earlier) >= limit.period)
        }
    }
}
