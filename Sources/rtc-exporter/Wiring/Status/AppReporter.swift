import ExporterHTTP
import ExporterMetrics
import Usage
import UsageLedger
import UsagePolling

/// Gathers what the page of one app tells.
struct AppReporter {
    let facts: AppFacts
    let look: AppLook?
    let ledger: any UsageStore
    let now: UnixTime

    /// How many days are listed.
    private static let listedDays = 31
    /// How many rooms are listed.
    private static let listedRooms = 50

    func report() async -> AppReport {
        let differences = facts.differences
        return AppReport(
            now: now,
            row: AppRow(summary: facts.summary, day: look?.day, month: look?.month),
            tiers: facts.days?.newest.seconds,
            sources: facts.app.sources.map(source),
            days: await days(),
            rooms: rooms,
            differences: Differences(
                shown: Array(differences.prefix(Self.listedDays)),
                more: max(0, differences.count - Self.listedDays)
            )
        )
    }

    private func source(_ source: UsageSource) -> AppReport.Source {
        let current = facts.sources.first { $0.source.name == source.name }?.current
        let status = facts.status(of: source)
        let roles = [
            source == facts.app.sources.first ? "primary: counter and month" : nil,
            source == facts.app.roomSource && source.knowsRooms ? "rooms" : nil,
        ].compactMap(\.self)
        return AppReport.Source(
            name: source.name,
            role: roles.isEmpty ? "for comparison" : roles.joined(separator: "; "),
            day: current?.total.day,
            seconds: current?.total.seconds.total,
            through: current?.through,
            lastSuccess: status?.lastSuccess,
            nextCall: status?.nextCall,
            interval: status?.plannedInterval,
            problem: status?.failure?.sentenceWithAdvice
        )
    }

    private var rooms: AppReport.Rooms? {
        guard let current = facts.rooms?.current else { return nil }
        return AppReport.Rooms(
            day: current.total.day,
            largest: Array(current.rooms.named.prefix(Self.listedRooms)),
            total: current.total.seconds,
            count: current.rooms.roomCount
        )
    }

    // MARK: Days

    /// The last days, the newest first, each by the first source that has it; as far as memory has it where the ledger does
    /// not, or cannot be read.
    private func days() async -> [AppReport.Day] {
        guard let days = facts.days else { return [] }
        let newest = days.newest.day
        var told: [Int: DayHistory] = [:]
        for source in facts.app.sources where source.zone == newest.zone {
            let missing = (newest.number - Self.listedDays + 1...newest.number).filter { told[$0] == nil }
            guard let first = missing.first, let last = missing.last else { break }
            let history = try? await ledger.history(
                of: facts.app.key,
                from: source,
                days: first...last,
                most: Self.listedDays
            )
            for day in history ?? [] where told[day.day.number] == nil { told[day.day.number] = day }
        }
        return (0..<Self.listedDays).map { back in
            let number = newest.number - back
            return told[number].map { Self.day($0, isNewest: back == 0) } ?? Self.day(days.bar(number))
        }
    }

    private static func day(_ told: DayHistory, isNewest: Bool) -> AppReport.Day {
        let isWhole = told.through >= told.day.end
        let state: DayBar.State = told.isSettled ? .settled : isWhole ? .provisional : isNewest ? .running : .missing
        return AppReport.Day(
            bar: DayBar(day: told.day, seconds: told.seconds.total, state: state),
            tiers: told.seconds,
            source: told.source.name
        )
    }

    private static func day(_ bar: DayBar) -> AppReport.Day {
        AppReport.Day(bar: DayBar(day: bar.day, seconds: bar.seconds, state: bar.state), tiers: nil, source: nil)
    }
}
