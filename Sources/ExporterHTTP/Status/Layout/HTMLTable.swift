/// A table that becomes a list of cards on a narrow screen, in which each cell says itself what it is.
struct HTMLTable {
    /// A column.
    struct Column {
        let title: String
        var isNumber = false
        /// The title's markup where it is more than text, such as a link.
        var markup: String?
        /// How the table is sorted by it, as `aria-sort` has it.
        var sorting: String?
    }

    let caption: String
    /// The first one has the headings of the rows.
    let columns: [Column]
    /// Cells as markup, one for each column.
    let rows: [[String]]
    /// How the table as a whole is styled.
    var kind = ""

    var html: String {
        """
        <div class="scroll" role="region" aria-label="\(HTMLText(caption))" tabindex="0">
        <table\(kind.isEmpty ? "" : " class=\"\(kind)\"")>
        <caption>\(HTMLText(caption))</caption>
        <thead><tr>\(columns.map(head).joined())</tr></thead>
        <tbody>
        \(rows.map(row).joined(separator: "\n"))
        </tbody>
        </table>
        </div>
        """
    }

    private func head(_ column: Column) -> String {
        let kind = column.isNumber ? " class=\"number\"" : ""
        let sorting = column.sorting.map { " aria-sort=\"\($0)\"" } ?? ""
        return "<th scope=\"col\"\(kind)\(sorting)>\(column.markup ?? "\(HTMLText(column.title))")</th>"
    }

    private func row(_ cells: [String]) -> String {
        let tagged = zip(columns, cells).enumerated().map { place, pair in
            let (column, cell) = pair
            guard place > 0 else { return "<th scope=\"row\">\(cell)</th>" }
            let kind = column.isNumber ? " class=\"number\"" : ""
            return "<td data-label=\"\(HTMLText(column.title))\"\(kind)><div>\(cell)</div></td>"
        }
        return "<tr>\(tagged.joined())</tr>"
    }
}
