import Usage

/// The page of one app: its newest day, its month, its tiers, rooms, days and sources.
struct AppPage {
    let report: AppReport
    let options: WebOptions

    private var summary: AppSummary { report.row.summary }
    private var links: PageLinks { PageLinks(options: options) }

    var html: String {
        PageLayout(
            title: "\(Markup.cut(summary.name.shown, 80)) – rtc-exporter",
            heading:
                "\(Markup.name(summary.name.shown, longest: 300)) <small>\(HTMLText(summary.name.provider))</small>",
            options: options,
            content: parts.filter { !$0.isEmpty }.joined(separator: "\n"),
            footer: "<p>As of \(Markup.moment(report.now, "\(report.now.minuteText(in: .utc)) UTC")). "
                + "\(StatusPage.explanation)</p>"
        )
        .html
    }

    private var parts: [String] {
        [
            "<p class=\"path\"><a href=\"\(links.home)\">Status page</a> › \(Markup.name(summary.name.shown))</p>",
            ProblemList(problems: problems, links: links).html, facts, usage,
            TierTable(tiers: report.tiers, day: report.row.day?.day).html,
            RoomTable(rooms: report.rooms).html,
            DayTable(days: report.days, download: download).html,
            SourceTable(sources: report.sources, now: report.now).html,
            DifferenceTable(differences: report.differences, links: links).html,
        ]
    }

    private var problems: [StatusProblem] {
        report.sources.compactMap { source in source.problem.map { StatusProblem("\(source.name): \($0)") } }
    }

    private var facts: String {
        let facts = [
            ("State", Markup.state(summary.state)), ("App id", Markup.name(summary.name.app, longest: 300)),
            ("Account", Markup.name(summary.account)),
            ("Last success", Markup.ago(summary.lastSuccess, now: report.now)),
            ("Next call", Markup.ahead(summary.nextCall, now: report.now)),
        ]
        let items = facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
        return "<dl class=\"facts\">\(items.joined())</dl>"
    }

    private var usage: String {
        """
        <section aria-labelledby="usage"><h2 id="usage">Usage</h2>
        <div class="card pair">
        \(DayFigure(day: report.row.day, now: report.now).html)
        \(MonthFigure(month: report.row.month).html)
        </div>
        </section>
        """
    }

    private var download: String {
        let days = report.days.map(\.bar.day)
        guard let oldest = days.min(), let newest = days.max() else { return "" }
        let texts = [("as JSON", false), ("as CSV", true)].map { text, csv in
            "<a href=\"\(links.usage(summary.name, oldest...newest, csv: csv))\">\(text)</a>"
        }
        return "<p class=\"note\">These days by tier: \(texts.joined(separator: ", ")).</p>"
    }
}
