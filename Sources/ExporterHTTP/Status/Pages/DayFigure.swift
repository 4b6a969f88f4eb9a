import Usage

/// A day so far: figure, comparison, picture.
struct DayFigure {
    let day: DayProgress?
    let now: UnixTime
    /// How many apps the figures are of, all in all.
    var apps = 1

    var html: String {
        guard let day else {
            return "<figure><figcaption>Day</figcaption><p class=\"none\">No day is known yet.</p></figure>"
        }
        let label = day.words(now: now, apps: apps)
        return """
            <figure>
            <figcaption>Day \(Markup.day(day.day)) <small>\(reach(of: day))</small></figcaption>
            <p class="figure">\(Words.hours(day.seconds))</p>
            <p class="change">\(HTMLText(day.comparison(now: now, apps: apps) ?? "no figure of the same hours of the day before"))</p>
            \(DayChart(day: day, label: label).svg)
            \(legend(day))
            </figure>
            """
    }

    private func reach(of day: DayProgress) -> String {
        let reach =
            day.isOver
            ? "the whole day, \(day.day.zone)"
            : "until \(Markup.moment(day.through, Words.clock(day.through, of: day.day))) \(day.day.zone)"
        return reach + (day.laggards.map { ", \($0)" } ?? "")
    }

    /// What can be seen, and nothing else; the picture's text says it all to who cannot.
    private func legend(_ day: DayProgress) -> String {
        let before = day.curveBefore.points.count > 1 || day.secondsBefore != nil
        let keys = [
            ("now", "this day", true), ("before", "the day before", before),
            ("band", "expected by its end", day.expected != nil),
        ]
        return Legend(keys: keys.filter(\.2).map { ($0.0, $0.1) }).html
    }
}
