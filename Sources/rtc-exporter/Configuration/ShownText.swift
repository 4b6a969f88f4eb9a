extension String {
    /// The text in backquotes when it is short and plain, and else words in its place.
    ///
    /// A quotation mark that is never closed makes one value of many lines, and one of them can hold a secret.
    var shown: String {
        isPlainAndShort ? "`\(self)`" : "this text"
    }

    /// As a part of a key path.
    var shownInPath: String {
        isPlainAndShort ? self : "?"
    }

    /// Each control character as `\u{...}`, so that a message stays on its line.
    var withoutControls: String {
        String(unicodeScalars.map { $0.isControl ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined())
    }

    var hasControls: Bool {
        unicodeScalars.contains { $0.isControl }
    }

    private var isPlainAndShort: Bool {
        !isEmpty && unicodeScalars.count <= 32
            && utf8.allSatisfy { $0.isAlphanumericASCII || " _.+:/-!%@".utf8.contains($0) }
    }
}

extension String {
    /// Upper case with underscores, as is the custom; a long word without any may be a key.
    var looksLikeVariable: Bool {
        utf8.allSatisfy { $0.isUpperCaseASCII || $0.isDigitASCII || $0 == UInt8(ascii: "_") }
            && utf8.count <= (contains("_") ? 64 : 12)
    }
}

extension Substring {
    /// Long and with digits, as no folder or file is usually called.
    var looksLikeSecret: Bool {
        guard utf8.contains(where: \.isDigitASCII) else { return false }
        let isMixed = utf8.contains(where: \.isUpperCaseASCII) && utf8.contains(where: \.isLowerCaseASCII)
        return isMixed ? utf8.count >= 8 : utf8.count >= 16 && !contains(".")
    }
}

extension Unicode.Scalar {
    /// Category Cc, and the two separators that end a line.
    fileprivate var isControl: Bool {
        value < 0x20 || (0x7f...0x9f).contains(value) || value == 0x2028 || value == 0x2029
    }
}

extension UInt8 {
    var isDigitASCII: Bool { (0x30...0x39).contains(self) }

    var isUpperCaseASCII: Bool { (0x41...0x5a).contains(self) }

    var isLowerCaseASCII: Bool { (0x61...0x7a).contains(self) }

    var isAlphanumericASCII: Bool { isDigitASCII || isUpperCaseASCII || isLowerCaseASCII }
}
