/// Single values: texts, numbers and durations.
extension ConfigurationReader {
    /// The text as written, quoted or not; never empty.
    mutating func text(_ value: YAMLValue?) -> String? {
        guard let value else { return nil }
        guard case .text(let text) = value.content else {
            fail(value, "expected a single value, found a list or keys")
            return nil
        }
        guard !text.isEmpty else {
            fail(value, "the text is empty")
            return nil
        }
        return text
    }

    /// A text that people read in labels and logs.
    mutating func name(_ value: YAMLValue?) -> String? {
        guard let value, let text = text(value) else { return nil }
        guard !text.hasControls, text.utf8.count <= 200, text.first != " ", text.last != " " else {
            fail(value, "a name has at most 200 bytes, no line breaks or control characters, and no space at its ends")
            return nil
        }
        return text
    }

    /// Yes or no, in any of YAML's words.
    mutating func flag(_ value: YAMLValue?, default fallback: Bool) -> Bool {
        guard let value, let text = text(value) else { return fallback }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            fail(value, "\(text.shown) is neither `true` nor `false`")
            return fallback
        }
    }

    /// One of several words.
    mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ value: YAMLValue?,
        of kind: Choice.Type,
        called what: String
    ) -> Choice? {
        guard let value, let text = text(value) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let hint = Spelling.hint(for: text, among: Choice.allCases.map(\.rawValue))
        fail(value, "\(text.shown) is not \(what); \(hint)")
        return nil
    }

    mutating func wholeNumber(_ value: YAMLValue?, default fallback: Int, in range: ClosedRange<Int>) -> Int {
        guard let value, let text = text(value) else { return fallback }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let limits = "from \(range.lowerBound) to \(range.upperBound)"
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigitASCII) else {
            fail(value, "\(text.shown) is not a whole number; expected one \(limits)")
            return fallback
        }
        guard let number = Int(text), range.contains(number) else {
            fail(value, "\(text.shown) is out of range; expected a number \(limits)")
            return fallback
        }
        return number
    }

    mutating func duration(
        _ value: YAMLValue?,
        default fallback: Duration,
        in range: ClosedRange<Duration>
    ) -> Duration {
        guard let value, let text = text(value) else { return fallback }
        let limits = "from \(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))"
        guard let duration = DurationText.parse(text) else {
            let example = "written like `30s`, `5m`, `8h` or `30d`"
            fail(value, "\(text.shown) is not a duration; expected one \(limits), \(example)")
            return fallback
        }
        guard range.contains(duration) else {
            fail(value, "\(text.shown) is out of range; expected a duration \(limits)")
            return fallback
        }
        return duration
    }

    /// A path, complete.
    mutating func path(_ value: YAMLValue?) -> String? {
        guard let value, let text = text(value) else { return nil }
        guard !text.hasControls, !text.hasSuffix("/") else {
            fail(value, "expected the path of a file: no control characters, no `/` at the end")
            return nil
        }
        return FilePath.resolve(text, besides: file)
    }
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
    static func hours(_ count: Int) -> Duration { .minutes(60 * count) }
    static func days(_ count: Int) -> Duration { .hours(24 * count) }
}
