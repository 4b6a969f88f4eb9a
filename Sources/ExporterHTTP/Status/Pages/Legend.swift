/// What the colours of a picture mean. Hidden from who hears the page: the picture's own text has no colours.
struct Legend {
    let keys: [(kind: String, text: String)]

    var html: String {
        let items = keys.map { "<li class=\"\($0.kind)\">\($0.text)</li>" }
        return "<ul class=\"legend\" aria-hidden=\"true\">\(items.joined())</ul>"
    }

    static func of(_ days: [DayBar]) -> Legend {
        let states: [(DayBar.State, String)] = [
            (.settled, "settled"), (.provisional, "provisional"), (.running, "goes on"), (.missing, "missing"),
        ]
        let shown = states.filter { state in days.contains { $0.state == state.0 } }.map { ($0.0.rawValue, $0.1) }
        return Legend(keys: shown + (days.contains { $0.before != nil } ? [("before", "month before")] : []))
    }
}
