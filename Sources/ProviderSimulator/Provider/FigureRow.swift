/// One row of an answer that lists days or five minutes: what it is about, and its figures.
struct FigureRow: Equatable {
    /// What the row is about, in the provider's words.
    var labels: [JSONNode.Member]
    /// The figures, in the provider's order.
    var figures: [JSONNode.Member]

    /// Labels and figures as one object.
    var object: JSONNode { .object(labels + figures) }
}

/// How faults distort rows. Rows come oldest first.
struct FigureRowFaults {
    let kind: FaultKind?
    /// Makes a row of the day before a window's first day or, with `true`, after its last one.
    let outside: (_ after: Bool) -> FigureRow
    /// Makes a row inside the window, for faults that need one to show in.
    let inside: () -> FigureRow
    /// The members that the provider need not send, all rows or the newest one.
    let optional: (names: Set<String>, inAllRows: Bool)

    /// The rows as the fault has them; most faults leave them as they are.
    func distorted(_ rows: [FigureRow]) -> [FigureRow] {
        switch kind {
        case .emptyUsage: []
        case .rowsOutsideWindow: [outside(false)] + rows + [outside(true)]
        case .duplicateDays: rows + rows.suffix(1)
        case .missingFields: withoutOptional(rows)
        case .negative: firstFigure(of: rows, .literal("-60"))
        case .letters: firstFigure(of: rows, .string("many"))
        case .notFinite: firstFigure(of: rows, .literal("1e999"))
        case .wrongType: firstFigure(of: rows, .members(["value": .number(60)]))
        case .tooFewFields: changingFirst(of: rows) { $0.figures.removeLast(2) }
        case .invalidUTF8:
            changingFirst(of: rows) { row in
                row.labels.append(JSONNode.Member("Remark", .bytes([0x22, 0xC3, 0x28, 0x22])))
            }
        default: rows
        }
    }

    private func firstFigure(of rows: [FigureRow], _ value: JSONNode) -> [FigureRow] {
        changingFirst(of: rows) { row in
            guard let name = row.figures.first?.name else { return }
            row.figures[0] = JSONNode.Member(name, value)
        }
    }

    private func changingFirst(of rows: [FigureRow], _ change: (inout FigureRow) -> Void) -> [FigureRow] {
        var rows = rows.isEmpty ? [inside()] : rows
        change(&rows[0])
        return rows
    }

    private func withoutOptional(_ rows: [FigureRow]) -> [FigureRow] {
        rows.enumerated().map { index, row in
            guard optional.inAllRows || index == rows.count - 1 else { return row }
            return FigureRow(
                labels: row.labels.filter { !optional.names.contains($0.name) },
                figures: row.figures.filter { !optional.names.contains($0.name) }
            )
        }
    }
}

extension Array {
    /// The elements in an order that looks random and depends on the hash alone.
    func shuffled(by hash: StableHash) -> [Element] {
        enumerated().map { (hash.mixed($0.offset).bits, $0.element) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
