/// How the rows of a report are written. The export and the API write the same bytes.
public enum RowFormat: String, CaseIterable, Sendable {
    /// A line with the names of the columns, then one line for each row, as RFC 4180 has it but for its line ends: a single
    /// line feed, which every reader takes and line tools need. Texts are what they are: an id that begins with `=`, `+`, `-`
    /// or `@` is not changed, so that it still is the id.
    case csv
    /// An object with the rows as objects under `usage`, one on each line.
    case json

    /// The value of the `Content-Type` header.
    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8; header=present"
        case .json: "application/json"
        }
    }

    /// What stands before the rows.
    func beginning(_ step: ReportStep) -> String {
        switch self {
        case .csv: UsageRow.fieldNames(step).joined(separator: ",") + "\n"
        case .json: #"{"usage":["#
        }
    }

    /// One row, with what separates it from the row before.
    func text(of row: UsageRow, _ step: ReportStep, isFirst: Bool) -> String {
        switch self {
        case .csv:
            return row.values.map(\.csvText).joined(separator: ",") + "\n"
        case .json:
            let members = zip(UsageRow.fieldNames(step), row.values).map { "\($0.jsonQuoted):\($1.jsonText)" }
            return "\(isFirst ? "" : ",")\n{\(members.joined(separator: ","))}"
        }
    }

    /// What stands behind the rows; `next` is where there is more, `nil` when that was all.
    func ending(next: String?) -> String {
        switch self {
        case .csv: ""
        case .json: "\n],\"next\":\(next?.jsonQuoted ?? "null")}\n"
        }
    }
}

extension UsageRow.Value {
    fileprivate var csvText: String {
        switch self {
        case .text(let text): text.csvQuoted
        case .whole(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        }
    }

    fileprivate var jsonText: String {
        switch self {
        case .text(let text): text.jsonQuoted
        case .whole(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        }
    }
}

extension String {
    /// In quotes where a comma, a quote or a line break would be taken for the end of the text.
    fileprivate var csvQuoted: String {
        guard utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return self }
        return "\"" + replacing("\"", with: "\"\"") + "\""
    }
}
