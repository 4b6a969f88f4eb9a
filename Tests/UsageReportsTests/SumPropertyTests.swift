import ExporterMetrics
import Testing
import Usage
import UsageLedger

@testable import UsageReports

@Suite("Sums")
struct SumPropertyTests {
    private struct Month: Hashable {
        let app: AppKey
        let tier: Tier
        let month: UsageMonth
    }

    @Test("The rows of a month's days add up to the month's row", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func months(seed: UInt64) async throws {
        let made = MadeUpHistory(seed: seed)
        func sums(_ step: ReportStep) async throws -> [Month: Int] {
            let rows = try await ReportScan.rows(ReportSelection(step: step), of: made.apps, in: made.history)
            return Dictionary(
                rows.map { row in
                    let month = UsageDay(containing: row.from, zone: row.zone).month
                    return (Month(app: row.app, tier: row.tier, month: month), row.seconds)
                },
                uniquingKeysWith: +
            )
        }
        let byDay = try await sums(.day)
        #expect(byDay.count > 25)
        #expect(try await sums(.month) == byDay)
    }

    @Test(
        "The samples of an app's rooms at the end of a day add up to what the room source told",
        arguments: [6, 7, 8]
    )
    func rooms(seed: UInt64) async throws {
        let made = MadeUpHistory(seed: seed, days: 40)
        let samples = try await openMetrics(made.apps, made.history).lines.compactMap(TimedLine.init)
        let byTime = Dictionary(grouping: samples.filter { $0.family == "rtc_usage_seconds" }, by: \.time)
        for app in made.apps {
            let main = try #require(app.roomSource)
            let order = [main] + app.sources.filter { $0 != main && $0.zone == main.zone }
            for number in UsageDay.november(-22).number...UsageDay.november(20).number {
                let told = order.compactMap { source in
                    made.days.first { $0.app == app && $0.day.source == source && $0.day.day.number == number }?.day
                }
                let end = UsageDay(number: number, zone: main.zone).end
                let sum = (byTime[end.seconds - 1] ?? []).filter { $0.labels["app"] == app.key.app }
                let isOver = end + .seconds(3 * 3600) <= .noon
                #expect(sum.isEmpty == (told.isEmpty || !isOver))
                if let first = told.first, isOver { #expect(sum.reduce(0) { $0 + $1.value } == first.seconds.total) }
            }
        }
    }
}
