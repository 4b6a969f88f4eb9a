import Usage

/// The newest day of an app by tier.
struct TierTable {
    let tiers: TierSeconds?
    let day: UsageDay?

    /// Nothing before a day is known.
    var html: String {
        guard let tiers, let day else { return "" }
        let rows = Tier.allCases.filter { tiers[$0] > 0 }.map { tier in
            [
                tier.rawValue, Words.hours(tiers[tier]), Words.grouped(tiers[tier]),
                Words.share(tiers[tier], of: tiers.total) ?? Words.unknown,
            ]
        }
        let columns =
            [HTMLTable.Column(title: "Tier")]
            + ["Usage", "Seconds", "Share"].map { HTMLTable.Column(title: $0, isNumber: true) }
        let content =
            rows.isEmpty
            ? "<p class=\"none\">No usage on \(Markup.day(day)) so far.</p>"
            : HTMLTable(caption: "Tiers on \(day)", columns: columns, rows: rows, kind: "narrow").html
        return "<section aria-labelledby=\"tiers\"><h2 id=\"tiers\">Tiers</h2>\n\(content)\n</section>"
    }
}
