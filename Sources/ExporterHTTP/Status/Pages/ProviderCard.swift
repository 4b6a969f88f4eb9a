import Usage

/// A provider's newest day and month, each as a picture.
struct ProviderCard {
    let usage: ProviderUsage
    let now: UnixTime

    var html: String {
        """
        <article class="card">
        <h3>\(Markup.name(usage.provider)) <small>\(apps)</small></h3>
        <div class="pair">
        \(DayFigure(day: usage.day, now: now, apps: usage.apps).html)
        \(MonthFigure(month: usage.month).html)
        </div>
        </article>
        """
    }

    /// Says when the figures are not of all apps.
    private var apps: String {
        let all = Words.count(usage.apps, "app")
        guard usage.day != nil, usage.knownApps < usage.apps else { return all }
        return "\(all), \(Words.grouped(usage.knownApps)) of them with figures of this day"
    }
}
