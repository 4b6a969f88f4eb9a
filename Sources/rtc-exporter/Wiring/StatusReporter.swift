import ExporterHTTP
import ExporterMetrics
import Usage
import UsageLedger
import UsagePolling

/// Puts what is known into the words of the status page.
struct StatusReporter {
    let polling: Polling
    /// Why the configuration could not be loaded anew; `nil` when that is not so.
    let reloadProblem: String?
    let ledger: any UsageStore
    let notes: [String]
    let now: UnixTime

    func report() async -> StatusReport {
        var rows: [StatusReport.App] = []
        let statuses = await polling.statuses().flatMap(\.targets)
        for app in await polling.apps {
            for figures in await polling.publisher.figures(of: app.key)?.sources ?? [] {
                let status = statuses.first { $0.app == app.key && $0.source == figures.source.name }
                rows.append(row(app, figures, status, await curve(of: app.key, figures)))
            }
        }
        return StatusReport(
            version: Version.number,
            problems: await problems(),
            notes: notes,
            apps: rows,
            differences: await differences()
        )
    }

    private func problems() async -> [String] {
        [reloadProblem].compactMap(\.self) + ledgerProblems
            + (await polling.listStatuses()).compactMap { list in
                list.failure.map { "The apps of account \(list.account) cannot be listed: those known stay. \($0)" }
            }
    }

    private var ledgerProblems: [String] {
        let store = ledger.condition
        var sentences = [store.writeProblem].compactMap(\.self)
        if let recovery = store.lastRecovery {
            sentences.append(
                "The ledger was damaged (\(recovery.cause)) and set aside as \(recovery.setAside) at "
                    + "\(clockText(recovery.time)): history is being read again."
            )
        }
        return sentences
    }

    /// The newest days are enough to see that sources differ, and how.
    private func differences() async -> [StatusReport.Difference] {
        var rows: [StatusReport.Difference] = []
        for app in await polling.apps {
            for difference in SourceDifference.all(in: await polling.publisher.figures(of: app.key)?.sources ?? [])
                .prefix(3)
            {
                rows.append(
                    StatusReport.Difference(
                        app: app.name.isEmpty ? app.key.app : app.name,
                        day: "\(difference.day)",
                        primary: (difference.primary, difference.primarySeconds),
                        other: (difference.other, difference.otherSeconds),
                        share: Self.percent(difference.share)
                    )
                )
            }
        }
        return rows
    }

    /// `+3.1 %`; in tenths, rounded towards zero.
    private static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "first source has none" }
        let tenths = Int(abs(share) * 1000)
        return "\(share < 0 ? "-" : "+")\(tenths / 10).\(tenths % 10) %"
    }

    /// How the current day grew; nothing while the ledger cannot be read.
    private func curve(of app: AppKey, _ figures: SourceFigures) async -> UsageCurve? {
        guard let today = figures.current?.total.day else { return nil }
        let numbers = today.previous.number...today.number
        let known = (try? await ledger.history(of: app, from: figures.source, days: numbers, most: 2)) ?? []
        return UsageCurve(
            day: await points(of: app, figures.source, on: today, known),
            dayBefore: await points(of: app, figures.source, on: today.previous, known)
        )
    }

    /// By five minutes where the source told them, else by what its readings told one after the other.
    private func points(of app: AppKey, _ source: UsageSource, on day: UsageDay, _ known: [DayHistory]) async
        -> [UsageCurve.Point]
    {
        if let intervals = known.first(where: { $0.day == day })?.intervals, !intervals.isEmpty {
            var sum = 0
            return intervals.map { interval in
                sum += interval.seconds.total
                return Self.point(sum, at: interval.end, of: day)
            }
        }
        let totals = (try? await ledger.readTotals(of: app, from: source, on: day)) ?? []
        return totals.map { Self.point($0.seconds.total, at: $0.through, of: day) }
    }

    private static func point(_ seconds: Int, at time: UnixTime, of day: UsageDay) -> UsageCurve.Point {
        let over = (time - day.start).inSeconds / (day.end - day.start).inSeconds
        return UsageCurve.Point(time: min(max(over, 0), 1), seconds: seconds)
    }

    private func row(
        _ app: PolledApp,
        _ figures: SourceFigures,
        _ status: TargetStatus?,
        _ curve: UsageCurve?
    ) -> StatusReport.App {
        StatusReport.App(
            provider: app.key.provider.rawValue,
            account: app.account,
            app: app.key.app,
            name: app.name,
            source: figures.source.name,
            day: figures.current.map { "\($0.total.day) (\(figures.source.zone))" },
            seconds: figures.current?.total.seconds.total,
            rooms: figures.source.knowsRooms ? figures.current?.rooms.roomCount : nil,
            lastSuccess: status?.lastSuccess.map { "\(clockText($0)), \(Self.span(now - $0)) ago" },
            nextCall: status?.nextCall.map { $0 <= now ? "now" : "in \(Self.span($0 - now))" },
            error: status?.failure.map(\.description),
            curve: curve
        )
    }

    private func clockText(_ time: UnixTime) -> String {
        let text = time.minuteText(in: .utc)
        let sameDay = UsageDay(containing: time, zone: .utc) == UsageDay(containing: now, zone: .utc)
        return (sameDay ? String(text.suffix(5)) : text) + " UTC"
    }

    /// The two largest units say enough.
    private static func span(_ duration: Duration) -> String {
        let seconds = max(0, duration.wholeMilliseconds / 1000)
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
        }
    }
}
