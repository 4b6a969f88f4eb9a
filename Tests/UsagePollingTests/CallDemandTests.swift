import Testing
import Usage

@testable import UsagePolling

@Suite("What one app asks of a source")
struct CallDemandTests {
    private static func demand(_ source: UsageSource, every interval: Duration, historyDays: Int = 30) -> CallDemand {
        CallDemand(by: planner(source, every: interval, historyDays: historyDays))
    }

    private static func planner(_ source: UsageSource, every interval: Duration, historyDays: Int = 30) -> PollPlanner {
        PollPlanner(source: source, settings: PollPlanner.Settings(interval: interval, historyDays: historyDays))
    }

    /// Calls a day.
    private static func daily(_ rates: CallRates) -> [CallKind: Double] {
        Dictionary(uniqueKeysWithValues: CallKind.allCases.map { ($0, (rates[$0] * 24 * 1000).rounded() / 1000) })
    }

    @Test("An app in use asks for its day every interval, eight times for the day before, and once more after a week")
    func rooms() {
        let demand = Self.demand(.rooms, every: .minutes(5))
        #expect(Self.daily(demand.inUse) == [.current: 288, .closed: 8, .idle: 0, .history: 1])
    }

    @Test("A day that is out of sight after a week is not read once more")
    func shortHistory() {
        #expect(Self.demand(.rooms, every: .minutes(5), historyDays: 2).inUse[.history] == 0)
    }

    @Test(
        "A source of whole days has all that is open in one call, and another for the day that is a week old",
        arguments: [60, 240]
    )
    func wholeDays(minutes: Int) {
        let demand = Self.demand(.wholeDays, every: .minutes(minutes))
        #expect(Self.daily(demand.inUse) == [.current: 1440 / Double(minutes), .closed: 0, .idle: 0, .history: 1])
    }

    @Test("Each day begins with a call, so that an interval which does not divide it counts as a little shorter")
    func oddInterval() {
        let demand = Self.demand(.rooms, every: .hours(7))
        #expect(Self.daily(demand.inUse)[.current] == 4)
    }

    @Test("A fine wish is told by its own calls, and leaves the days as they are", arguments: [1, 10, 59, 299])
    func fine(seconds: Int) {
        let demand = Self.demand(.appUsage, every: .seconds(seconds))
        let difference = demand.inUse[.current] - 3600 / Double(seconds)
        #expect(difference.magnitude < 1e-6)
        #expect(demand.inUse[.closed] == Self.demand(.appUsage, every: .minutes(5)).inUse[.closed])
    }

    @Test("An app that is not in use asks as much, unless another source tells when that changes")
    func idle() {
        let demand = Self.demand(.rooms, every: .minutes(5))
        #expect(Self.daily(demand.idle) == [.current: 0, .closed: 8, .idle: 288, .history: 1])
        #expect(Self.daily(demand.idleWithGuide) == [.current: 0, .closed: 1, .idle: 4, .history: 1])
        #expect(Self.daily(Self.demand(.rooms, every: .hours(8)).idleWithGuide)[.idle] == 3)
    }

    @Test("It is known quickly", arguments: [UsageSource.rooms, .wholeDays, .appUsage], [1, 60, 300, 3600])
    func quick(source: UsageSource, seconds: Int) {
        // Another history for each case, so that none is known before.
        let time = ContinuousClock().measure {
            _ = Self.demand(source, every: .seconds(seconds), historyDays: 11)
        }
        #expect(time < .seconds(5))
    }

    @Test("History takes a call for each day that is missing, or one for many days")
    func filling() {
        let now = UsageDay.sample.at(12)
        let rooms = Self.planner(.rooms, every: .minutes(5))
        #expect(CallDemand.callsToFill([], by: rooms, at: now) == 30)
        let known = (1...12).map { UsageDay.sample.advanced(by: -$0) }.map {
            RecordedDay(day: $0, askedAt: now, confirmedAt: now, seconds: 60)
        }
        #expect(CallDemand.callsToFill(known, by: rooms, at: now) == 18)
        #expect(CallDemand.callsToFill([], by: Self.planner(.wholeDays, every: .minutes(5)), at: now) == 1)
        #expect(
            CallDemand.callsToFill([], by: Self.planner(.appUsage, every: .minutes(5), historyDays: 59), at: now) == 2
        )
    }
}
