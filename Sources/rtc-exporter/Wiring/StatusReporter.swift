import ExporterHTTP
import ExporterMetrics
import Usage
import UsageLedger
import UsagePolling

/// Puts what is known into the words of the status page.
struct StatusReporter {
    let polling: Polling
    let ledgerIsWritable: Bool
    let notes: [String]
    let now: UnixTime

    func report() async -> StatusReport {
        var rows: [StatusReport.App] = []
        let statuses = await polling.statuses().flatMap(\.targets)
        for app in polling.apps {
            for figures in await polling.publisher.figures(of: app.key) {
                let status = statuses.first { $0.app == app.key && $0.source == figures.source.name }
                rows.append(row(app, figures, status))
            }
        }
        let problems =
            ledgerIsWritable ? [] : ["The ledger cannot be written: readings are lost until it can. Check the disk."]
        return StatusReport(version: Version.number, problems: problems, notes: notes, apps: rows)
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
