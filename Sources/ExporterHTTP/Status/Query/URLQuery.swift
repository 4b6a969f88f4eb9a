import UsageReports

/// The query of a URL as a person may have typed it: what cannot be read is left out, and of several values the first counts.
struct URLQuery {
    private let values: [String: String]

    /// Reads a query without its question mark.
    init(_ text: String) {
        var values: [String: String] = [:]
        for part in text.utf8.prefix(Self.longest).split(separator: UInt8(ascii: "&")) {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let name = Self.decoded(sides[0]), let value = Self.decoded(sides[1]),
                values[name] == nil
            else { continue }
            values[name] = value
        }
        self.values = values
    }

    /// The value of a name; `nil` when there is none.
    subscript(name: String) -> String? { values[name] }

    /// No link of ours is longer.
    private static let longest = 8192

    private static func decoded(_ text: Substring.UTF8View) -> String? {
        PercentEncoding.decoded(Substring(text), plusIsSpace: true)
    }

    /// A query of pairs with its question mark; empty without pairs.
    static func text(_ pairs: [(name: String, value: String)]) -> String {
        pairs.isEmpty ? "" : "?" + PercentEncoding.query(pairs)
    }
}
