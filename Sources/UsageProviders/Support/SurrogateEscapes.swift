/// Escapes of halves of characters, such as `\ud83d`, in the text of JSON.
///
/// Two of them make a character. One alone is allowed by JSON's grammar and names nothing, which is why decoders refuse the
/// whole text for it.
enum SurrogateEscapes {
    /// The same JSON with `\ufffd` in place of each half without its other one. Nothing is copied when there is none.
    static func repaired(_ json: [UInt8]) -> [UInt8] {
        var result = json
        var position = json.startIndex
        while let escape = json[position...].firstIndex(of: UInt8(ascii: "\\")) {
            guard let half = half(at: escape, in: json) else {
                // An escape has two bytes at least: a backslash after a backslash begins none.
                position = min(escape + 2, json.endIndex)
                continue
            }
            if half == .first, self.half(at: escape + length, in: json) == .second {
                position = escape + 2 * length
            } else {
                result.replaceSubrange(escape..<(escape + length), with: replacement)
                position = escape + length
            }
        }
        return result
    }

    private enum Half {
        case first
        case second
    }

    private static let replacement = Array(#"\ufffd"#.utf8)
    private static let length = replacement.count

    private static func half(at escape: Int, in json: [UInt8]) -> Half? {
        guard escape + length <= json.endIndex, json[escape] == UInt8(ascii: "\\"),
            json[escape + 1] == UInt8(ascii: "u"),
            json[escape + 2] | 0x20 == UInt8(ascii: "d"), isHexadecimal(json[escape + 4]),
            isHexadecimal(json[escape + 5])
        else { return nil }
        switch json[escape + 3] {
        case UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "A"), UInt8(ascii: "a"), UInt8(ascii: "B"),
            UInt8(ascii: "b"):
            return .first
        case let digit: return isHexadecimal(digit) && digit > UInt8(ascii: "9") ? .second : nil
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
