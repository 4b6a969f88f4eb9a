extension MetricFamily {
    /// What is wrong with this declaration, one sentence each; empty when it keeps the naming conventions.
    ///
    /// Stricter than the formats on purpose: what passes here is also left alone by `promtool check metrics`.
    public func problems() -> [String] {
        (nameProblems() + suffixProblems() + helpProblems() + unitProblems() + labelProblems())
            .map { "\(name): \($0)" }
    }

    private func nameProblems() -> [String] {
        guard isSnakeCase(name) else { return ["the name is not snake_case, in ASCII"] }
        let parts = name.split(separator: "_").map(String.init)
        var problems = parts.filter(unbasedUnits.contains).map { "\"\($0)\" in the name is not a base unit" }
        if parts.contains(kind.rawValue), kind != .info {
            problems.append("the name repeats its own kind, \(kind.rawValue)")
        }
        return problems
    }

    private func suffixProblems() -> [String] {
        var problems: [String] = []
        if let suffix = kind.ownSuffix, !name.hasSuffix(suffix) {
            problems.append("the name of this kind, \(kind.rawValue), ends in \(suffix)")
        }
        // Judged on the stem, so that `x_info_total` and `x_total_info` are caught as well.
        let foreign = generatedSuffixes.filter(stem.hasSuffix)
        return problems + foreign.map { "\($0) is a suffix that other samples are given, not a name's own end" }
    }

    private func helpProblems() -> [String] {
        var problems: [String] = []
        if help.allSatisfy(\.isWhitespace) { problems.append("the help is empty") }
        if help.contains(where: \.isNewline) { problems.append("the help is longer than one line") }
        return problems
    }

    private func unitProblems() -> [String] {
        guard let unit else {
            return baseUnits.filter { stem.hasSuffix("_\($0)") }
                .map { "the name ends in _\($0), but no such unit is declared" }
        }
        if kind == .info { return ["an info has no unit"] }
        guard isSnakeCase(unit) else { return ["the unit \"\(unit)\" is not snake_case"] }
        return stem.hasSuffix("_\(unit)") ? [] : ["the name does not end with its unit, _\(unit)"]
    }

    private func labelProblems() -> [String] {
        var problems = labels.filter { !isSnakeCase($0) }.map { "the label \"\($0)\" is not snake_case" }
        problems += labels.filter(isReservedLabel).map { "the label \"\($0)\" is reserved" }
        if Set(labels).count < labels.count { problems.append("a label is declared twice") }
        return problems
    }
}

/// Suffixes that the formats give to generated samples, or that belong to one kind.
let generatedSuffixes = ["_total", "_created", "_info", "_count", "_sum", "_bucket"]

/// Base units that a name must not claim without declaring them.
private let baseUnits = ["seconds", "bytes", "ratio"]

/// Parts of a name that the common linter objects to: multiples of a base unit, and abbreviations.
private let unbasedUnits: Set<String> = [
    "milliseconds", "microseconds", "nanoseconds", "minutes", "hours", "days", "weeks",
    "kilobytes", "megabytes", "gigabytes", "terabytes", "bits", "percent",
    "s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d",
]

/// Whether a label belongs to the format itself or to Prometheus.
func isReservedLabel(_ name: String) -> Bool {
    name == "le" || name == "quantile" || name.hasPrefix("__")
}

/// Whether a name is lower-case words of ASCII letters and digits, joined by single underscores.
private func isSnakeCase(_ name: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let words = name.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    return name.utf8.first.map(letters.contains) == true
        && words.allSatisfy { word in !word.isEmpty && word.allSatisfy { letters.contains($0) || digits.contains($0) } }
}
