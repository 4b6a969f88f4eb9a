import Usage

/// The sources of an app: what each tells of its newest day, and how its polling goes.
struct SourceTable {
    let sources: [AppReport.Source]
    let now: UnixTime

    var html: String {
        guard !sources.isEmpty else { return "" }
        let columns = [
            HTMLTable.Column(title: "Source"), HTMLTable.Column(title: "Newest day"),
            HTMLTable.Column(title: "Usage so far", isNumber: true), HTMLTable.Column(title: "Known until"),
            HTMLTable.Column(title: "Last success"), HTMLTable.Column(title: "Next call"),
            HTMLTable.Column(title: "Read every"),
        ]
        let table = HTMLTable(caption: "What each source tells", columns: columns, rows: sources.map(cells))
        return "<section aria-labelledby=\"sources\"><h2 id=\"sources\">Sources</h2>\n\(table.html)\n</section>"
    }

    private func cells(_ source: AppReport.Source) -> [String] {
        let through = source.through.flatMap { time in
            source.day.map { Markup.moment(time, Words.clock(time, of: $0)) }
        }
        return [
            "\(HTMLText(source.name)) <small>\(HTMLText(source.role))</small>",
            source.day.map { "\(Markup.day($0)) <small>\($0.zone)</small>" } ?? Words.unknown,
            Markup.hours(source.seconds), through ?? Words.unknown,
            Markup.ago(source.lastSuccess, now: now), Markup.ahead(source.nextCall, now: now),
            source.interval.map { Words.span(.seconds(Int(($0 / .seconds(1)).rounded()))) } ?? Words.unknown,
        ]
    }
}
