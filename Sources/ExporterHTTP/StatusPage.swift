/// The page that a person sees at `/`: plain HTML and CSS, no script, problems first.
struct StatusPage {
    let report: StatusReport
    let options: WebOptions

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>rtc-exporter</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <header>
        <h1>rtc-exporter <small>\(HTMLText(report.version))</small></h1>
        <nav aria-label="Pages">\(links)</nav>
        </header>
        <main>
        \(problems)
        \(notes)
        \(summary)
        \(table)
        \(differences)
        </main>
        </body>
        </html>

        """
    }

    private var links: String {
        let pages = [
            (options.telemetryPath, "Metrics"), (UsageEndpoint.path, "Usage"), ("/-/healthy", "Health"),
            ("/-/ready", "Readiness"),
        ]
        return pages.map { "<a href=\"\(HTMLText(options.externalPath + $0.0))\">\($0.1)</a>" }.joined(separator: "\n")
    }

    private var summary: String {
        let failing = apps.count { $0.contains { $0.error != nil } }
        // A second source tells the same usage once more: the first one that knows it counts.
        let known = apps.compactMap { $0.lazy.compactMap(\.seconds).first }
        let total = known.isEmpty ? Self.unknown : Self.hours(known.reduce(0, +))
        return """
            <dl class="tiles">
            <div><dt>Apps polled</dt><dd>\(apps.count)</dd></div>
            <div><dt>Usage of the current days</dt><dd>\(total)</dd></div>
            <div\(failing > 0 ? " class=\"bad\"" : "")><dt>Apps with an error</dt><dd>\(failing)</dd></div>
            </dl>
            """
    }

    /// The rows of each app, one for each of its sources.
    private var apps: [[StatusReport.App]] {
        Array(Dictionary(grouping: report.apps) { [$0.provider, $0.app] }.values)
    }

    private var notes: String {
        report.notes.map { "<p class=\"note\">\(HTMLText($0))</p>" }.joined(separator: "\n")
    }

    private var problems: String {
        let ofApps = report.apps.compactMap { app in
            app.error.map { "<strong>\(Self.name(app.name.isEmpty ? app.app : app.name))</strong>: \(HTMLText($0))" }
        }
        let all = report.problems.map { "\(HTMLText($0))" } + ofApps
        guard !all.isEmpty else { return "" }
        let items = all.map { "<li>\($0)</li>" }.joined(separator: "\n")
        return "<section class=\"problems\" aria-label=\"Problems\"><h2>Problems</h2><ul>\(items)</ul></section>"
    }

    private var table: String {
        let columns = [
            "App", "State", "Usage day", "Usage so far", "Rooms", "Last success", "Next call", "Account", "Source",
        ]
        let head = columns.map { "<th scope=\"col\"\(Self.numeric.contains($0) ? " class=\"number\"" : "")>\($0)</th>" }
        return """
            <div class="scroll">
            <table>
            <caption>Apps</caption>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(report.apps.map(row).joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    /// Nothing where sources agree.
    private var differences: String {
        guard !report.differences.isEmpty else { return "" }
        let rows = report.differences.map { difference in
            let cells = [
                ("Day", "\(HTMLText(difference.day))"), ("First source", Self.told(difference.primary)),
                ("Other source", Self.told(difference.other)), ("Difference", "\(HTMLText(difference.share))"),
            ]
            return "<tr><th scope=\"row\">\(Self.name(difference.app))</th>\(cells.map(Self.cell).joined())</tr>"
        }
        let head = ["App", "Day", "First source", "Other source", "Difference"]
            .map { "<th scope=\"col\"\(Self.numeric.contains($0) ? " class=\"number\"" : "")>\($0)</th>" }
        return """
            <div class="scroll">
            <table>
            <caption>Settled days on which sources differ by more than 2 %</caption>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    private static func told(_ figure: (source: String, seconds: Int)) -> String {
        "\(hours(figure.seconds)) <small>\(HTMLText(figure.source))</small>"
    }

    private func row(_ app: StatusReport.App) -> String {
        let id = Self.name(app.app)
        let title = app.name.isEmpty ? id : "\(Self.name(app.name)) <small>\(id)</small>"
        let state = app.error == nil ? (app.lastSuccess == nil ? "waiting" : "ok") : "failing"
        let usage = app.seconds.map { "\(Self.hours($0)) <small>\(Self.grouped($0)) s</small>" }
        let cells = [
            ("State", "<span class=\"\(state)\">\(state)</span>"),
            ("Usage day", Self.known(app.day)),
            ("Usage so far", (usage ?? Self.unknown) + (app.curve?.svg ?? "")),
            ("Rooms", app.rooms.map(Self.grouped) ?? Self.unknown),
            ("Last success", Self.known(app.lastSuccess)),
            ("Next call", Self.known(app.nextCall)),
            ("Account", "\(HTMLText(app.provider)) / \(Self.name(app.account))"),
            ("Source", "\(HTMLText(app.source))"),
        ]
        return "<tr><th scope=\"row\">\(title)</th>\(cells.map(Self.cell).joined())</tr>"
    }

    /// On a narrow screen a row is a list, in which each cell says itself what it is.
    private static func cell(_ column: String, _ html: String) -> String {
        "<td data-label=\"\(column)\"\(numeric.contains(column) ? " class=\"number\"" : "")><div>\(html)</div></td>"
    }

    private static let numeric: Set<String> = ["Usage so far", "Rooms", "First source", "Other source", "Difference"]

    /// A name of any script, which does not turn the direction of what stands beside it.
    private static func name(_ text: String) -> String {
        "<bdi>\(HTMLText(text))</bdi>"
    }

    private static let unknown = "&ndash;"

    /// What is not known is a dash and never a zero.
    private static func known(_ text: String?) -> String {
        text.map { "\(HTMLText($0))" } ?? unknown
    }

    /// `1,234 h 05 min`.
    private static func hours(_ seconds: Int) -> String {
        let minutes = seconds / 60 % 60
        return "\(grouped(seconds / 3600)) h \(minutes < 10 ? "0" : "")\(minutes) min"
    }

    private static func grouped(_ number: Int) -> String {
        var groups: [String] = []
        var rest = number
        while rest >= 1000 {
            let digits = String(rest % 1000)
            groups.insert(String(repeating: "0", count: 3 - digits.count) + digits, at: 0)
            rest /= 1000
        }
        return ([String(rest)] + groups).joined(separator: ",")
    }

    private static let style = """
        :root { font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; color-scheme: light dark;
          --line: light-dark(#d8dee6, #384252); --soft: light-dark(#5a6675, #9aa7b8); --card: light-dark(#f5f7fa, #1b222c);
          --bad: light-dark(#b3261e, #ff8a80); --alarm: light-dark(#fdf1f0, #2a1a1c);
          --good: light-dark(#1b7f4d, #6fd6a0); --link: light-dark(#1559b3, #8ab8ff); }
        body { margin: 0 auto; max-width: 84rem; padding: 1rem 1.25rem 3rem; background: light-dark(#fff, #11161d);
          color: light-dark(#17202b, #e6ebf1); }
        header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; justify-content: space-between; }
        h1 { font-size: 1.5rem; margin: .3rem 0; } h2 { font-size: 1.05rem; margin: 0 0 .4rem; }
        small { color: var(--soft); font-weight: 400; font-size: .85em; }
        a { color: var(--link); margin-left: 1rem; } nav a:first-child { margin-left: 0; }
        .tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
        .tiles div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem;
          flex: 1 1 11rem; }
        dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; font-size: 1.35rem; font-weight: 600; }
        .bad dd, .failing { color: var(--bad); font-weight: 600; } .ok { color: var(--good); } .waiting { color: var(--soft); }
        .note { color: var(--soft); margin: .75rem 0; }
        .problems { border: 1px solid var(--bad); border-left-width: .35rem; border-radius: .5rem; background: var(--alarm);
          padding: .75rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
        .problems h2 { color: var(--bad); } .problems ul { margin: 0; padding-left: 1.2rem; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; font-weight: 600; font-size: 1.05rem; padding: .75rem 0 .4rem; }
        th, td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: baseline; }
        th:first-child { padding-left: 0; } td:last-child, th:last-child { padding-right: 0; }
        thead th { color: var(--soft); font-weight: 500; white-space: nowrap; }
        tbody th { min-width: 8rem; overflow-wrap: anywhere; } tbody small { display: block; }
        td.number { white-space: nowrap; font-variant-numeric: tabular-nums; } .number { text-align: right; }
        .curve { display: block; width: 6rem; height: 1.25rem; margin: .15rem 0 0 auto; overflow: visible; }
        .curve polyline { fill: none; stroke: var(--link); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        .curve .before { stroke: var(--line); }
        @media (max-width: 48rem) {
          table, tbody, tr, tbody th, td { display: block; } caption { display: block; } thead { display: none; }
          tr { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; margin: 0 0 .75rem; }
          th, td { border: 0; padding: .15rem 0; } tbody th { padding-bottom: .4rem; }
          td { display: flex; justify-content: space-between; gap: 1rem; text-align: right; overflow-wrap: anywhere; }
          td::before { content: attr(data-label); color: var(--soft); text-align: left; white-space: nowrap; }
        }
        """
}
