import Usage

/// Settled days on which the sources of an app differ. Nothing where they agree.
struct DifferenceTable {
    let differences: Differences
    let links: PageLinks

    var html: String {
        guard !differences.shown.isEmpty else { return "" }
        let columns = [
            HTMLTable.Column(title: "App"), HTMLTable.Column(title: "Day"),
            HTMLTable.Column(title: "First source", isNumber: true),
            HTMLTable.Column(title: "Other source", isNumber: true),
            HTMLTable.Column(title: "Difference", isNumber: true),
        ]
        let table = HTMLTable(
            caption: "Settled days on which sources differ by more than 2 %",
            columns: columns,
            rows: differences.shown.map(cells)
        )
        let more = differences.more > 0 ? "<p class=\"note\">And \(Words.count(differences.more, "more day")).</p>" : ""
        return """
            <section aria-labelledby="differences"><h2 id="differences">Differing sources</h2>
            <p class="note">Look into these before the invoice comes: what the provider bills by is its own console.</p>
            \(table.html)
            \(more)
            </section>
            """
    }

    private func cells(_ difference: Difference) -> [String] {
        [
            links.link(difference.app), Markup.day(difference.day), told(difference.primary), told(difference.other),
            Words.fineChange(from: difference.primary.seconds, to: difference.other.seconds),
        ]
    }

    private func told(_ figure: (source: String, seconds: Int)) -> String {
        "\(Words.hours(figure.seconds)) <small>\(HTMLText(figure.source))</small>"
    }
}
