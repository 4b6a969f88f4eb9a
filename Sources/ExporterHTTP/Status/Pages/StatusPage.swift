import Usage

/// The page that a person sees at `/`: plain HTML and CSS, no script, problems first.
struct StatusPage {
    let report: StatusReport
    let options: WebOptions

    var html: String {
        PageLayout(
            title: title,
            heading: "rtc-exporter <small>\(HTMLText(report.version))</small>",
            options: options,
            content: parts.filter { !$0.isEmpty }.joined(separator: "\n"),
            footer:
                "<p>As of \(Markup.moment(report.now, "\(report.now.minuteText(in: .utc)) UTC")). \(Self.explanation)</p>"
        )
        .html
    }

    private var links: PageLinks { PageLinks(options: options) }

    private var parts: [String] {
        [
            ProblemList(problems: report.problems, links: links).html,
            report.notes.map { "<p class=\"note\">\(HTMLText($0))</p>" }.joined(separator: "\n"),
            tiles, providers,
            AppTable(report: report, links: links).html,
            BudgetTable(budgets: report.budgets).html,
            DifferenceTable(differences: report.differences, links: links).html,
        ]
    }

    /// Tells in a list of open pages that something is wrong.
    private var title: String {
        report.problems.isEmpty ? "rtc-exporter" : "\(Words.count(report.problems.count, "problem")) – rtc-exporter"
    }

    static let explanation = "Usage is participant time: three people in a ten minute call are 30 min."

    private var tiles: String {
        let listing = report.listing
        let days = report.providers.compactMap { $0.day?.seconds }
        let months = report.providers.compactMap(\.month)
        // For some hours one provider's zone is a month ahead of another's.
        let month = Set(months.map { Words.month($0.month) }).count > 1 ? "of the current months" : "of the month"
        return """
            <dl class="tiles">
            <div><dt>Apps polled</dt><dd>\(Words.grouped(listing.total))</dd></div>
            <div\(listing.failing > 0 ? " class=\"bad\"" : "")><dt>Apps with an error</dt><dd>\(Words.grouped(listing.failing))</dd></div>
            <div><dt>Usage of the current days</dt><dd>\(days.isEmpty ? Words.unknown : Words.hours(days.reduce(0, +)))</dd></div>
            <div><dt>Usage \(month)</dt><dd>\(months.isEmpty ? Words.unknown : Words.hours(months.reduce(0) { $0 + $1.seconds }))</dd></div>
            </dl>
            """
    }

    private var providers: String {
        guard !report.providers.isEmpty else { return "" }
        let cards = report.providers.map { ProviderCard(usage: $0, now: report.now).html }
        return """
            <section aria-labelledby="providers"><h2 id="providers">Providers</h2>
            \(cards.joined(separator: "\n"))
            </section>
            """
    }
}
