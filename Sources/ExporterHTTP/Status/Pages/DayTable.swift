import Usage

/// The last days of an app as a picture and as a table.
struct DayTable {
    let days: [AppReport.Day]
    /// The markup that stands below.
    let download: String

    var html: String {
        guard !days.isEmpty else { return "" }
        let tiers = Tier.allCases.filter { tier in days.contains { ($0.tiers?[tier] ?? 0) > 0 } }
        let columns =
            [HTMLTable.Column(title: "Day"), HTMLTable.Column(title: "Usage", isNumber: true)]
            + tiers.map { HTMLTable.Column(title: $0.rawValue, isNumber: true) }
            + [HTMLTable.Column(title: "State"), HTMLTable.Column(title: "Source")]
        let rows = days.map { row($0, tiers) }
        return """
            <section aria-labelledby="days"><h2 id="days">Days</h2>
            <figure class="card wide">\(chart.svg)\(Legend.of(days.map(\.bar)).html)</figure>
            \(HTMLTable(caption: "The last \(days.count) days, newest first", columns: columns, rows: rows).html)
            \(download)
            </section>
            """
    }

    /// Wider than that of a month, so that each day can be seen.
    private var chart: BarChart {
        let bars = days.reversed().map(\.bar)
        let texts = stride(from: bars.count - 1, through: 0, by: -7).map {
            (slot: $0, text: String("\(bars[$0].day)".suffix(5)))
        }
        let frame = ChartFrame(width: 900, height: 180, left: 64, top: 10, bottom: 22)
        return BarChart(
            days: bars,
            slots: bars.count,
            texts: texts,
            label: "The last \(bars.count) days: \(bars.words).",
            frame: frame
        )
    }

    private func row(_ day: AppReport.Day, _ tiers: [Tier]) -> [String] {
        [Markup.day(day.bar.day), Markup.hours(day.bar.seconds)]
            + tiers.map { tier in Markup.hours(day.tiers?[tier]) }
            + [state(day.bar), day.source.map { "\(HTMLText($0))" } ?? Words.unknown]
    }

    private func state(_ bar: DayBar) -> String {
        switch bar.state {
        case .running: "goes on"
        case .missing where bar.seconds != nil: "incomplete"
        default: bar.state.rawValue
        }
    }
}
