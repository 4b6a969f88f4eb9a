import Usage

/// Where links lead, as values of quoted attributes.
struct PageLinks {
    let options: WebOptions

    var home: String { path("/") }

    func home(_ query: StatusQuery) -> String { path("/", query.link) }

    func app(_ name: AppName) -> String { path(StatusSite.appPath, URLQuery.text(Self.pairs(name))) }

    /// The recorded usage of a range of days.
    func usage(_ name: AppName, _ days: ClosedRange<UsageDay>, csv: Bool) -> String {
        let range = [("from", "\(days.lowerBound)"), ("to", "\(days.upperBound)")]
        return path(UsageEndpoint.path, URLQuery.text(Self.pairs(name) + range + (csv ? [("format", "csv")] : [])))
    }

    /// The app's name as a link to its page.
    func link(_ name: AppName) -> String { "<a href=\"\(app(name))\">\(Markup.name(name.shown))</a>" }

    /// A path as a browser has to ask for it.
    func path(_ path: String, _ query: String = "") -> String { "\(HTMLText(options.externalPath + path + query))" }

    private static func pairs(_ name: AppName) -> [(name: String, value: String)] {
        [("provider", name.provider), ("app", name.app)]
    }
}
