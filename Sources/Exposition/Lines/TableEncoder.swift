/// Writes the samples of a table: the samples of one family that share all labels but the last two, of which one tells the
/// column and the last one the row.
///
/// A page may have a million such lines, so they are written without any object in between, and deflated without any search:
/// a line is nearly the same as that of the same column in the row before, and where it is not, as the line before.
public struct TableEncoder: ~Copyable {
    private let family: MetricFamily
    /// What each line begins with, column after column: all up to the row's name.
    private var starts = ByteWriter(capacity: 1024)
    /// Where each column's begins and ends there.
    private var places: [Range<Int>] = []
    /// The newest line of each column in the fragment under way.
    private var above: [Line?]
    /// Up to where the beginnings of all columns are the same.
    private let headLength: Int
    /// From the end of the column's name to the row's.
    private let middleLength: Int

    private var row = ByteWriter(capacity: 256)
    private var rowBefore = ByteWriter(capacity: 256)
    private var rowNumber = 0
    /// How many bytes the row's name and the one before have in common.
    private var shared = 0

    private var text = ByteWriter(capacity: Fragment.largest)
    private var steps = DeflateSteps()
    private var newest: Line?
    private var finished: [Fragment] = []

    /// A line of the fragment under way.
    private struct Line {
        /// Where it begins.
        let start: Int
        /// Where its row's name ends.
        let rowEnd: Int
        let row: Int
    }

    /// A table without rows.
    ///
    /// - Parameters:
    ///   - family: The declaration: a gauge or a counter with the labels of `shared`, then the column's and the row's.
    ///   - shared: The labels that are the same in all samples.
    ///   - columns: The values of the last label but one.
    public init(_ family: MetricFamily, shared: LabelSet, columns: [String]) {
        self.family = family
        let names = family.labels.suffix(2)
        var head = ByteWriter(capacity: 256)
        head.append(family.name)
        head.append("{")
        head.append(shared.pairs)
        if !shared.pairs.isEmpty { head.append(",") }
        head.append("\(names.first ?? "")=\"")
        let middle = "\",\(names.last ?? "")=\""
        headLength = head.count
        middleLength = middle.utf8.count
        above = columns.map { _ in nil }
        for name in columns {
            let start = starts.count
            starts.append(head)
            starts.append(name, escapingQuotes: true)
            starts.append(middle)
            places.append(start..<starts.count)
        }
    }

    /// Writes a row.
    ///
    /// - Parameters:
    ///   - name: The last label's value.
    ///   - values: A whole number for each column; no sample where it is `nil`.
    public mutating func append(row name: String, _ values: [Int?]) {
        swap(&row, &rowBefore)
        row.removeAll()
        row.append(name, escapingQuotes: true)
        shared = row.prefix(from: 0, sharedWith: rowBefore)
        rowNumber += 1
        for (column, value) in zip(places.indices, values) {
            if let value { append(column, value) }
        }
    }

    /// All that was written.
    public consuming func finish() -> EncodedFamily {
        // What is small is better deflated together with others.
        guard finished.isEmpty, text.count < EncodedFamily.large else {
            endFragment()
            return EncodedFamily(family, finished)
        }
        return EncodedFamily(family, lines: text.bytes())
    }

    private mutating func append(_ column: Int, _ value: Int) {
        let start = places[column]
        if text.count + start.count + row.count + longestRest > Fragment.largest { endFragment() }
        let line = Line(start: text.count, rowEnd: text.count + start.count + row.count, row: rowNumber)
        text.append(starts, start)
        text.append(row)
        text.append(quoteAndBrace)
        sayStart(of: line, column)
        text.append(value)
        text.append(UInt8(ascii: "\n"))
        above[column] = line
        newest = line
    }

    /// How the line is deflated up to its value. The value's digits stand for themselves, and so does what is not like anything
    /// before.
    private mutating func sayStart(of line: Line, _ column: Int) {
        guard let before = newest else { return }
        let nameStart = line.rowEnd - row.count
        if let above = above[column], line.start - above.start <= DeflateStep.farthest {
            let same =
                above.row == line.row - 1
                ? shared : text.prefix(from: nameStart - line.start + above.start, sharedWith: row)
            // Each line but a fragment's first one has the end of another one before it.
            let newline = above.start > 0 ? 1 : 0
            steps.copy(
                from: line.start - newline,
                nameStart + same - line.start + newline,
                back: line.start - above.start
            )
            guard before.row == line.row else { return }
            steps.copy(
                from: nameStart + same,
                row.count - same + quoteAndBrace.count,
                back: line.rowEnd - before.rowEnd
            )
        } else {
            sayNewColumn(of: line, before)
        }
    }

    /// Like the line before, which is of another column, but for the column's name.
    private mutating func sayNewColumn(of line: Line, _ before: Line) {
        let newline = before.start > 0 ? 1 : 0
        steps.copy(from: line.start - newline, headLength + newline, back: line.start - before.start)
        guard before.row == line.row else { return }
        let rest = middleLength + row.count
        steps.copy(from: line.rowEnd - rest, rest + quoteAndBrace.count, back: line.rowEnd - before.rowEnd)
    }

    private mutating func endFragment() {
        guard text.count > 0 else { return }
        steps.finish(text.count)
        finished.append(Fragment(text, deflated: DeflateBlock.deflate(text, steps)))
        text.removeAll()
        steps.removeAll()
        newest = nil
        for column in above.indices { above[column] = nil }
    }
}

private let quoteAndBrace: [UInt8] = Array("\"} ".utf8)
/// What may follow a row's name: the signs behind it, a number and the end of the line.
private let longestRest = 3 + 20 + 1
