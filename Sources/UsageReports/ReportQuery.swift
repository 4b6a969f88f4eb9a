import Usage

/// What a request to the API asks for.
struct ReportQuery: Hashable {
    /// How many rows a page has when nothing is said.
    static let usualLimit = 1000
    /// The most rows that a page may have.
    static let mostRows = 10_000

    private static let names = [
        "provider", "app", "tier", "room", "from", "to", "step", "format", "limit", "cursor",
    ]

    let selection: ReportSelection
    let format: RowFormat
    let limit: Int
    let cursor: ReportCursor?
    /// The values as they were written, by name.
    private let values: [String: String]

    /// Reads a URL's query.
    ///
    /// - Throws: ``ReportProblem`` about the first parameter that is wrong.
    init(_ query: String) throws(ReportProblem) {
        values = try Self.values(query)
        selection = try Self.selection(values)
        format = try Self.value(values, "format", expected: "json or csv", RowFormat.init) ?? .json
        limit =
            try Self.value(values, "limit", expected: "a number from 1 to \(Self.mostRows)") { text in
                guard text.utf8.count <= 5, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
                return Int(text).flatMap { (1...Self.mostRows).contains($0) ? $0 : nil }
            } ?? Self.usualLimit
        cursor = try Self.value(values, "cursor", expected: "what the page before gave, unchanged", ReportCursor.init)
        if let cursor, cursor.question != question {
            throw ReportProblem(
                "bad_cursor",
                "cursor",
                "The cursor belongs to another question: only limit and format may differ."
            )
        }
    }

    /// A number for what is asked, without how it is to be shown.
    var question: UInt64 { ReportCursor.fingerprint(questionPairs.flatMap { [$0.name, $0.value] }) }

    /// A relative link to the page that begins with a cursor.
    func link(to cursor: ReportCursor) -> String {
        let shown = ["format", "limit"].compactMap { name in values[name].map { (name: name, value: $0) } }
        return "?" + PercentEncoding.query(questionPairs + shown + [(name: "cursor", value: cursor.text)])
    }

    private var questionPairs: [(name: String, value: String)] {
        Self.names.prefix { $0 != "format" }.compactMap { name in values[name].map { (name: name, value: $0) } }
    }

    // MARK: Reading

    private static func values(_ query: String) throws(ReportProblem) -> [String: String] {
        var values: [String: String] = [:]
        for (name, value) in try QueryText.pairs(query) {
            let shown = ReportProblem.shown(name)
            guard names.contains(where: name.hasSameBytes) else {
                throw ReportProblem(
                    "unknown_parameter",
                    String(shown.dropFirst().dropLast()),
                    "There is no parameter \(shown): there are \(names.joined(separator: ", "))."
                )
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw ReportProblem("repeated_parameter", name, "The parameter \(name) comes more than once.")
            }
        }
        return values
    }

    private static func selection(_ values: [String: String]) throws(ReportProblem) -> ReportSelection {
        let moment = "a day such as 2026-11-20 or a time such as 2026-11-20T00:00:00+08:00"
        let tiers = Tier.allCases.map(\.rawValue).joined(separator: ", ")
        return ReportSelection(
            provider: try value(values, "provider", expected: "a provider's name") { Provider(rawValue: $0) },
            app: try value(values, "app", expected: "an app's id") { $0 },
            tier: try value(values, "tier", expected: "one of \(tiers)", Tier.init),
            room: try value(values, "room", expected: "a room's id") { text in
                let room = RoomID(text)
                return room.isReserved ? nil : room
            },
            range: ReportRange(
                from: try value(values, "from", expected: moment, ReportMoment.init),
                to: try value(values, "to", expected: moment, ReportMoment.init)
            ),
            step: try value(values, "step", expected: "5m, day or month", ReportStep.init) ?? .day
        )
    }

    private static func value<Value>(
        _ values: [String: String],
        _ name: String,
        expected: String,
        _ read: (String) -> Value?
    ) throws(ReportProblem) -> Value? {
        guard let text = values[name] else { return nil }
        guard !text.isEmpty, let value = read(text) else { throw .badValue(name, text, expected: expected) }
        return value
    }
}
