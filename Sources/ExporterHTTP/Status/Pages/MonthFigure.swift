import Usage

/// A month so far: figure, comparison, picture.
struct MonthFigure {
    let month: MonthProgress?

    var html: String {
        guard let month else {
            return "<figure><figcaption>Month</figcaption><p class=\"none\">No month is known yet.</p></figure>"
        }
        let first = month.month.firstDay
        let chart = BarChart(
            days: month.days,
            slots: month.length,
            texts: [1, 8, 15, 22, 29].filter { $0 <= month.length }.map { ($0 - 1, "\($0)") },
            label: month.words
        )
        return """
            <figure>
            <figcaption><time datetime="\(String("\(first)".prefix(7)))">\(Words.month(month.month))</time> \
            <small>\(month.isComplete ? "so far" : "so far, some days are missing")</small></figcaption>
            <p class="figure">\(Words.hours(month.seconds))</p>
            <p class="change">\(HTMLText(month.comparison ?? "no figure of the same days of the month before"))</p>
            \(chart.svg)
            \(Legend.of(month.days).html)
            </figure>
            """
    }
}
