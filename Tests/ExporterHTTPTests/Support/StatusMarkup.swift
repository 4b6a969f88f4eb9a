import ExporterHTTP

/// What tests look for in a page.
extension HTMLDocument {
    /// The cells of all tables' bodies, the row's heading first, by row.
    var rows: [[String]] {
        var rows: [[String]] = []
        for element in elements where element.path.contains("tbody") {
            if element.name == "tr" { rows.append([]) }
            if element.name == "th" || element.name == "td" { rows[rows.count - 1].append(element.text) }
        }
        return rows
    }

    /// The texts of elements of a class.
    func texts(ofClass name: String) -> [String] {
        elements.filter { $0.attributes["class"]?.split(separator: " ").contains(Substring(name)) == true }.map(\.text)
    }

    /// What the headings of the first table's columns link to, by their titles without arrows.
    var sortLinks: [String: String] {
        let links = all("a").filter { $0.path.contains("thead") }
        return Dictionary(
            links.map { (String($0.text.prefix { $0 != "▲" && $0 != "▼" }), $0.attributes["href"] ?? "") }
        ) { first, _ in first }
    }
}

extension StatusReport {
    /// The page that tells this.
    static func html(_ report: StatusReport) async throws -> String {
        var edge = Edge()
        edge.report = report
        return try await edge.answer("/").text
    }

    /// The same, read strictly.
    static func document(_ report: StatusReport) async throws -> HTMLDocument {
        try HTMLDocument(await html(report))
    }
}
