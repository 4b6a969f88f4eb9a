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
    let ledgerIsWritable: Bool
    let notes: [String]
    let now: UnixTime

    func report() async -> StatusReport {
        var rows: [StatusReport.App] = []
        let statuses = await polling.statuses().flatMap(\.targets)
        for app in await polling.apps {
            for figures in await polling.publisher.figures(of: app.key) {
                let status = statuses.first { $0.app == app.key && $0.source == figures.source.name }
                rows.append(row(app, figures, status))
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
        let ledger =
            ledgerIsWritable ? [] : ["The ledger cannot be written: readings are lost until it can. Check the disk."]
        return [reloadProblem].compactMap(\.self) + ledger
            + (await polling.listStatuses()).compactMap { list in
                list.failure.map { "The apps of account \(list.account) cannot be listed: those known stay. \($0)" }
            }
    }

    /// The newest days are enough to see that sources differ, and how.
    private func differences() async -> [StatusReport.Difference] {
        var rows: [StatusReport.Difference] = []
        for app in await polling.apps {
            for difference in SourceDifference.all(in: await polling.publisher.figures(of: app.key)).prefix(3) {
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

    private func row(_ app: PolledApp, _ figures: SourceFigures, _ status: TargetStatus?) -> StatusReport.App {
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
            error: status?.failure.map(\.description)
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
