/// Moments as RFC 3339 writes them, with any offset.
enum RFC3339 {
    /// The Unix milliseconds of `YYYY-MM-DDThh:mm:ss`, an optional fraction, and `Z` or an offset; `nil` for other text.
    static func milliseconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self)),
            let time = seconds(bytes[11..<19])
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst().drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard let offset = offset(rest) else { return nil }
        return (date.dayNumber * 86_400 + time - offset) * 1_000
    }

    /// The start of a day at +08:00, with that offset.
    static func startOfDay(_ day: SimulatedDay) -> String { "\(day)T00:00:00+08:00" }

    private static func seconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 2, 2], let hour = CivilDate.digits(parts[0]), hour < 24,
            let minute = CivilDate.digits(parts[1]), minute < 60, let second = CivilDate.digits(parts[2]), second < 60
        else { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if bytes.count == 1 { return first == UInt8(ascii: "Z") || first == UInt8(ascii: "z") ? 0 : nil }
        let parts = bytes.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 2], let hours = CivilDate.digits(parts[0]), hours < 24,
            let minutes = CivilDate.digits(parts[1]), minutes < 60
        else { return nil }
        switch first {
        case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
        default: return nil
        }
    }
}
