/// What is wrong and what to do about it: equal problems once.
struct ProblemList {
    let problems: [StatusProblem]
    let links: PageLinks

    /// More kinds of problems than that are nothing to read one by one.
    private static let mostShown = 10
    private static let mostNames = 5
    /// A provider's words may be long.
    private static let longestText = 1000

    /// Nothing while all is well.
    var html: String {
        guard !problems.isEmpty else { return "" }
        let more = problems.count - Self.mostShown
        let items =
            problems.prefix(Self.mostShown).map(item)
            + (more > 0
                ? ["<li>\(Words.count(more, "more problem")): the table of apps has failing apps first.</li>"] : [])
        return """
            <section class="problems" aria-labelledby="problems"><h2 id="problems">Problems</h2>
            <ul>
            \(items.joined(separator: "\n"))
            </ul>
            </section>
            """
    }

    private func item(_ problem: StatusProblem) -> String {
        let text = HTMLText(Markup.cut(problem.text, Self.longestText))
        guard let first = problem.apps.first else { return "<li>\(text)</li>" }
        guard problem.apps.count > 1 else { return "<li><strong>\(links.link(first))</strong>: \(text)</li>" }
        return
            "<li><strong>\(Words.count(problem.apps.count, "app"))</strong>: \(text) <small>\(names(problem.apps))</small></li>"
    }

    private func names(_ apps: [AppName]) -> String {
        let more = apps.count - Self.mostNames
        let names = apps.prefix(Self.mostNames).map(links.link).joined(separator: ", ")
        return more > 0 ? "\(names) and \(Words.grouped(more)) more" : names
    }
}
