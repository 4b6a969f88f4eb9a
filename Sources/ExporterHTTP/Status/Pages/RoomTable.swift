import Usage

/// The largest rooms of an app's newest day, each with its share and tiers.
struct RoomTable {
    let rooms: AppReport.Rooms?

    /// Nothing where no source knows rooms.
    var html: String {
        guard let rooms else { return "" }
        let tiers = Tier.allCases.filter { rooms.total[$0] > 0 }
        let columns =
            [HTMLTable.Column(title: "Room")]
            + (["Usage", "Share"] + tiers.map(\.rawValue)).map { HTMLTable.Column(title: $0, isNumber: true) }
        let rows = rooms.largest.map { row(Markup.name($0.room.text, longest: 120), $0.seconds, tiers, rooms.total) }
        let rest = rooms.total.combined(with: rooms.largest.total, -)
        let more = rooms.count - rooms.largest.count
        let other =
            more > 0 || !rest.isZero
            ? [row(more > 0 ? "<em>\(Words.grouped(more)) more</em>" : "<em>others</em>", rest, tiers, rooms.total)]
            : []
        let content =
            rooms.count == 0
            ? "<p class=\"none\">No room had usage on \(Markup.day(rooms.day)) so far.</p>"
            : HTMLTable(caption: caption(rooms), columns: columns, rows: rows + other).html
        return "<section aria-labelledby=\"rooms\"><h2 id=\"rooms\">Rooms</h2>\n\(content)\n</section>"
    }

    private func caption(_ rooms: AppReport.Rooms) -> String {
        rooms.largest.count < rooms.count
            ? "The \(rooms.largest.count) largest of \(Words.count(rooms.count, "room")) on \(rooms.day)"
            : "\(Words.count(rooms.count, "room")) on \(rooms.day)"
    }

    private func row(_ name: String, _ seconds: TierSeconds, _ tiers: [Tier], _ total: TierSeconds) -> [String] {
        let share = Words.share(seconds.total, of: total.total) ?? Words.unknown
        return [name, Words.hours(seconds.total), share] + tiers.map { Words.hours(seconds[$0]) }
    }
}
