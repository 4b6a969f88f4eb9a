import Usage

/// Small pieces of HTML that several parts of the pages are made of.
enum Markup {
    /// A longer name is cut: one app must not fill the page.
    private static let longestName = 80

    /// A name of any script, which does not turn the direction of what stands beside it.
    static func name(_ text: String, longest: Int = longestName) -> String {
        "<bdi>\(HTMLText(cut(text, longest)))</bdi>"
    }

    /// The beginning of a text that is too long.
    static func cut(_ text: String, _ longest: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > longest else { return text }
        var kept = String.UnicodeScalarView(scalars.prefix(longest - 1))
        kept.append("…")
        return String(kept)
    }

    /// How long ago, or in how long, with the exact moment behind it.
    static func moment(_ time: UnixTime, _ text: String) -> String {
        let exact = time.minuteText(in: .utc)
        return "<time datetime=\"\(exact.replacing(" ", with: "T"))Z\" title=\"\(exact) UTC\">\(HTMLText(text))</time>"
    }

    static func ago(_ time: UnixTime?, now: UnixTime) -> String {
        time.map { moment($0, "\(Words.span(whole(now - $0))) ago") } ?? Words.unknown
    }

    static func ahead(_ time: UnixTime?, now: UnixTime) -> String {
        time.map { moment($0, $0 - now < .seconds(1) ? "now" : "in \(Words.span(whole($0 - now)))") } ?? Words.unknown
    }

    /// Nobody reads fractions of a second.
    private static func whole(_ duration: Duration) -> Duration { .seconds(duration.wholeMilliseconds / 1000) }

    static func day(_ day: UsageDay) -> String { "<time datetime=\"\(day)\">\(day)</time>" }

    static func hours(_ seconds: Int?) -> String { seconds.map(Words.hours) ?? Words.unknown }

    /// The state of an app as a word with a colour.
    static func state(_ state: AppSummary.State) -> String {
        let word =
            switch state {
            case .failing: "failing"
            case .waiting: "waiting"
            case .ok: "ok"
            }
        return "<span class=\"\(word)\">\(word)</span>"
    }
}
