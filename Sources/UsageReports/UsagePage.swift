/// The rows of one page, as far as they are there.
struct UsagePage {
    /// What stands before the rows, and the rows.
    private(set) var text: String
    private var count = 0
    private let query: ReportQuery

    init(_ query: ReportQuery) {
        self.query = query
        text = query.format.beginning(query.selection.step)
    }

    /// Takes rows until the page is full, or the ledger was asked often enough.
    ///
    /// - Returns: Where the next page begins; `nil` when there are no more rows.
    /// - Throws: When the history cannot be read.
    mutating func fill(from scan: inout ReportScan, atMostReads most: Int) async throws -> ReportPosition? {
        while let rows = try await scan.next() {
            for row in rows {
                guard count < query.limit else { return ReportPosition(of: row) }
                text += query.format.text(of: row, query.selection.step, isFirst: count == 0)
                count += 1
            }
            guard scan.reads < most else { return scan.position }
        }
        return nil
    }
}
