/// Durations as users write them: `30s`, `1h30m`, `500ms`.
enum DurationText {
    /// The largest first: that is also the order within a text.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// `nil` unless the text is a series of whole numbers with units, the largest unit first and none twice; a bare `0`
    /// needs no unit.
    static func parse(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = Array(text.utf8)[...]
        var units = units[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            guard let number = takeNumber(from: &rest), let unit = takeUnit(from: &rest),
                let index = units.firstIndex(where: { $0.name == unit })
            else { return nil }
            let (part, overflow) = number.multipliedReportingOverflow(by: units[index].milliseconds)
            let (sum, sumOverflow) = total.addingReportingOverflow(part)
            guard !overflow, !sumOverflow else { return nil }
            total = sum
            units = units[(index + 1)...]
        }
        return text.isEmpty ? nil : .milliseconds(total)
    }

    /// The shortest text that ``parse(_:)`` reads back; what is below a millisecond is dropped.
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        var rest = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }

    private static func takeNumber(from bytes: inout ArraySlice<UInt8>) -> Int64? {
        let digits = bytes.prefix { $0.isDigitASCII }
        bytes = bytes.dropFirst(digits.count)
        return Int64(String(decoding: digits, as: UTF8.self))
    }

    private static func takeUnit(from bytes: inout ArraySlice<UInt8>) -> String? {
        let letters = bytes.prefix { !$0.isDigitASCII }
        bytes = bytes.dropFirst(letters.count)
        return String(decoding: letters, as: UTF8.self)
    }
}
