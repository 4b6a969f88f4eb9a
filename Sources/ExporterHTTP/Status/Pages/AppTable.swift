import Usage

/// The apps, a page at a time, sorted by any column.
struct AppTable {
    let report: StatusReport
    let links: PageLinks

    private var listing: AppListing { report.listing }
    private var query: StatusQuery { listing.query }

    var html: String {
        """
        <section aria-labelledby="apps"><h2 id="apps">Apps</h2>
        \(search)
        \(listing.matching > 0 ? table.html : "<p class=\"none\">\(nothing)</p>")
        \(pager)
        </section>
        """
    }

    private var nothing: String {
        listing.total == 0
            ? "No app is known yet." : "No app has \(Markup.name(query.search)) in its name, id, account or provider."
    }

    /// A form of GET: what is looked for is part of the URL, as the order is.
    private var search: String {
        let order =
            query.sort == .state && query.order == query.sort.usualOrder
            ? ""
            : "<input type=\"hidden\" name=\"sort\" value=\"\(query.sort.rawValue)\">"
                + "<input type=\"hidden\" name=\"order\" value=\"\(query.order.rawValue)\">"
        let all = query.search.isEmpty ? "" : "<a href=\"\(links.home(query.everything))\">Show all apps</a>"
        return """
            <form class="search" role="search" action="\(links.home)" method="get">\(order)\
            <label for="q">Name, id or account</label> \
            <input id="q" type="search" name="q" value="\(HTMLText(query.search))" autocomplete="off" spellcheck="false"> \
            <button type="submit">Find</button> \(all)</form>
            """
    }

    private var table: HTMLTable {
        HTMLTable(caption: caption, columns: columns, rows: report.rows.map(cells), kind: "apps")
    }

    private var caption: String {
        let places = listing.places
        let all = Words.count(listing.matching, "app") + (query.search.isEmpty ? "" : " found")
        guard listing.pages > 1 else { return all }
        return "Apps \(Words.grouped(places.lowerBound)) to \(Words.grouped(places.upperBound - 1)) of \(all)"
    }

    private var columns: [HTMLTable.Column] {
        [
            head("App", .name), head("State", .state), head("Usage so far", .usage, isNumber: true),
            HTMLTable.Column(title: "Same hours", isNumber: true),
            head("Month so far", .month, isNumber: true), head("Rooms", .rooms, isNumber: true),
            head("Last success", .success), head("Next call", .next), head("Account", .account),
            HTMLTable.Column(title: "Sources"),
        ]
    }

    private func head(_ title: String, _ sort: StatusQuery.Sort, isNumber: Bool = false) -> HTMLTable.Column {
        let isSorted = query.sort == sort
        let arrow = isSorted ? " <span aria-hidden=\"true\">\(query.order == .ascending ? "▲" : "▼")</span>" : ""
        return HTMLTable.Column(
            title: title,
            isNumber: isNumber,
            markup: "<a href=\"\(links.home(query.sorted(by: sort)))\">\(title)\(arrow)</a>",
            sorting: isSorted ? (query.order == .ascending ? "ascending" : "descending") : nil
        )
    }

    private func cells(_ row: AppRow) -> [String] {
        let summary = row.summary
        let id = summary.name.name.isEmpty ? "" : " <small>\(Markup.name(summary.name.app))</small>"
        return [
            links.link(summary.name) + id, Markup.state(summary.state),
            Markup.hours(summary.seconds) + (row.day.map(reach) ?? "") + (row.day.map(curve) ?? ""), change(row.day),
            Markup.hours(summary.month) + (row.month.map(former) ?? "") + (row.month.map(bars) ?? ""),
            summary.rooms.map(Words.grouped) ?? Words.unknown,
            Markup.ago(summary.lastSuccess, now: report.now), Markup.ahead(summary.nextCall, now: report.now),
            "\(Markup.name(summary.account)) <small>\(HTMLText(summary.name.provider))</small>",
            summary.sources.map { "<span>\(HTMLText($0))</span>" }.joined(separator: " "),
        ]
    }

    /// Until when the figure reaches: with the day where that is not the one that goes on.
    private func reach(_ day: DayProgress) -> String {
        let clock = Words.clock(day.through, of: day.day)
        let isToday = day.day.start <= report.now && report.now < day.day.end
        return " <small>\(isToday ? "until \(clock)" : "until \("\(day.day)".suffix(5)) \(clock)")</small>"
    }

    /// Which month it is, where that is not the one that goes on.
    private func former(_ month: MonthProgress) -> String {
        let current = UsageDay(containing: report.now, zone: month.month.zone).month
        return month.month == current ? "" : " <small>\(Words.month(month.month))</small>"
    }

    private func curve(_ day: DayProgress) -> String {
        RowChart(day: day, label: "The day so far, beside the day before").svg
    }

    private func bars(_ month: MonthProgress) -> String {
        BarChart(days: month.days, slots: 31, label: "The month by day: \(month.days.words)", frame: .line).svg
    }

    private func change(_ day: DayProgress?) -> String {
        guard let same = day?.sameHours else { return Words.unknown }
        return "\(Words.signedChange(from: same.before, to: same.now)) "
            + "<small title=\"the day before until the same time\">\(Words.hours(same.before))</small>"
    }

    /// Links to the pages around this one, which keep the order; nothing when there is one page.
    private var pager: String {
        guard listing.pages > 1 else { return "" }
        let page = query.page
        let before = page > 1 ? link(to: page - 1, "prev", "Previous") : "<span>Previous</span>"
        let after = page < listing.pages ? link(to: page + 1, "next", "Next") : "<span>Next</span>"
        return """
            <nav class="pager" aria-label="Pages of the table of apps">\(before) \
            <span aria-current="page">Page \(Words.grouped(page)) of \(Words.grouped(listing.pages))</span> \(after)</nav>
            """
    }

    private func link(to page: Int, _ relation: String, _ text: String) -> String {
        "<a rel=\"\(relation)\" href=\"\(links.home(query.at(page: page)))\" "
            + "aria-label=\"\(text) page of apps, page \(page)\">\(text)</a>"
    }
}
