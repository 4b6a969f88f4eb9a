import Usage

extension UnixTime {
    /// Reads a time with its offset, `2021-07-24T00:00:00+08:00` or `2021-07-23T16:00:00.5Z` (RFC 3339, 5.6).
    ///
    /// What is finer than a millisecond is cut off. A leap second is the one after it.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            "Tt ".utf8.contains(bytes[10]), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = bytes[0..<4].decimal, let month = bytes[5..<7].decimal, let day = bytes[8..<10].decimal,
            let hour = bytes[11..<13].decimal, let minute = bytes[14..<16].decimal,
            let second = bytes[17..<19].decimal,
            hour < 24, minute < 60, second <= 60,
            let date = UsageDay(year: year, month: month, day: day, zone: .utc),
            let (milliseconds, rest) = Self.fraction(bytes[19...]), let offset = Self.offset(rest)
        else { return nil }
        let seconds = date.start.seconds + hour * 3600 + minute * 60 + second - offset
        self.init(milliseconds: seconds * 1000 + milliseconds)
    }

    /// `2021-07-24T00:00:00+08:00`, the wall clock of a zone to the second.
    func rfc3339(in zone: ZoneOffset) -> String {
        "\(UsageDay(containing: self, zone: zone))T\(clockText(in: zone, separator: ":"))\(zone)"
    }

    /// `20210723T160000Z`, in UTC: how signatures write times.
    var basicText: String {
        "\(UsageDay(containing: self, zone: .utc))".filter { $0 != "-" } + "T\(clockText(in: .utc, separator: ""))Z"
    }

    private func clockText(in zone: ZoneOffset, separator: String) -> String {
        let second = seconds - UsageDay(containing: self, zone: zone).start.seconds
        return [second / 3600, second / 60 % 60, second % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: separator)
    }

    /// A fraction of a second and what follows it; `nil` for a point without digits.
    private static func fraction(_ bytes: ArraySlice<UInt8>) -> (milliseconds: Int, rest: ArraySlice<UInt8>)? {
        guard bytes.first == UInt8(ascii: ".") else { return (0, bytes) }
        let digits = bytes.dropFirst().prefix { (0x30...0x39).contains($0) }
        let thousandths = digits.prefix(3) + repeatElement(UInt8(ascii: "0"), count: max(0, 3 - digits.count))
        guard !digits.isEmpty, let milliseconds = thousandths.decimal else { return nil }
        return (milliseconds, bytes[digits.endIndex...])
    }

    /// Seconds east of Greenwich.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.uppercased() == "Z" ? 0 : ZoneOffset(text)?.seconds
    }
}

extension Collection<UInt8> {
    /// The number that these digits make; `nil` where one is none.
    fileprivate var decimal: Int? {
        reduce(0) { number, digit in
            number.flatMap { (0x30...0x39).contains(digit) ? $0 * 10 + Int(digit) - 0x30 : nil }
        }
    }
}
