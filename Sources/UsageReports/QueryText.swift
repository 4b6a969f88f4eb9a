/// The query of a URL: names and values, as forms and programs write them.
enum QueryText {
    /// The longest query that is looked at, in bytes.
    static let longest = 8192

    /// The pairs of a query in their order; a plus is a space.
    ///
    /// - Throws: ``ReportProblem`` when it is too long, or what it says is no text.
    static func pairs(_ query: String) throws(ReportProblem) -> [(name: String, value: String)] {
        guard query.utf8.count <= longest else {
            throw ReportProblem("query_too_long", "", "The query is longer than \(longest) bytes.")
        }
        var pairs: [(name: String, value: String)] = []
        for part in query.utf8.split(separator: UInt8(ascii: "&")) {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(sides[0]), let value = sides.count == 2 ? decoded(sides[1]) : "" else {
                let shown = ReportProblem.shown(String(part) ?? "")
                throw ReportProblem("bad_value", "", "\(shown) is not UTF-8 text in URL encoding.")
            }
            pairs.append((name, value))
        }
        return pairs
    }

    private static func decoded(_ text: Substring.UTF8View) -> String? {
        PercentEncoding.decoded(Substring(text), plusIsSpace: true)
    }
}
