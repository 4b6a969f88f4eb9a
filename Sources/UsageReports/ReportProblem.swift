import Usage

/// Why what is asked for cannot be had.
public struct ReportProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// A word that programs go by; stable across releases.
    public let code: String
    /// Which parameter is at fault, as far as it can be shown; empty when none is.
    public let parameter: String
    /// One sentence.
    public let message: String

    /// The sentence.
    public var description: String { message }

    init(_ code: String, _ parameter: String, _ message: String) {
        (self.code, self.parameter, self.message) = (code, parameter, message)
    }

    static func badValue(_ parameter: String, _ value: String, expected: String) -> ReportProblem {
        ReportProblem("bad_value", parameter, "\(shown(value)) is no value of \(parameter): expected \(expected).")
    }

    static func unknownProvider(_ name: String) -> ReportProblem {
        ReportProblem("unknown_provider", "provider", "No provider \(shown(name)) is configured.")
    }

    static func unknownApp(_ app: String) -> ReportProblem {
        ReportProblem("unknown_app", "app", "No app \(shown(app)) is configured or listed.")
    }

    static let roomWithoutApp = ReportProblem("missing_parameter", "app", "A room is asked for together with its app.")
    static let roomByFiveMinutes = ReportProblem(
        "not_told",
        "room",
        "No source tells the usage of a room by five minutes."
    )
    static let reversedRange = ReportProblem("bad_range", "from", "The range ends before it begins.")

    /// What somebody sent, short and plain: the first letters, digits and signs of it.
    static func shown(_ text: String) -> String {
        let most = 32
        let start = text.unicodeScalars.prefix(most).map { scalar -> Character in
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789_.:+@- ".unicodeScalars.contains(scalar))
            return isPlain ? Character(scalar) : "?"
        }
        return "`\(String(start))\(text.unicodeScalars.count > most ? "..." : "")`"
    }
}
