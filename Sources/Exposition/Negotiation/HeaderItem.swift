/// One element of a header that lists what is accepted: `text/plain;version=0.0.4;q=0.5`.
struct HeaderItem: Hashable {
    /// What stands before the parameters, in lower case.
    let name: String
    /// The parameters except `q`: names in lower case, values as they are and without quotes.
    let parameters: [String: String]
    /// From 0, never, to 1.
    let quality: Double

    /// Reads a header's value. Elements that make no sense are left out, so that one of them does not cost the rest.
    static func list(_ value: String) -> [HeaderItem] {
        value.splitOutsideQuotes(at: ",").compactMap(HeaderItem.init)
    }

    private init?(_ element: String) {
        let parts = element.splitOutsideQuotes(at: ";").map { $0.trimmed() }
        guard let name = parts.first, !name.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmed() }
            parameters[pair[0].lowercased()] = pair.count == 2 ? pair[1].unquoted() : ""
        }
        guard let quality = Self.quality(parameters.removeValue(forKey: "q")) else { return nil }
        self.name = name.lowercased()
        self.parameters = parameters
        self.quality = quality
    }

    private static func quality(_ text: String?) -> Double? {
        guard let text else { return 1 }
        guard let quality = Double(text), (0...1).contains(quality) else { return nil }
        return quality
    }
}

extension StringProtocol {
    fileprivate func splitOutsideQuotes(at separator: Character) -> [String] {
        var pieces = [""]
        var quoted = false
        for character in self {
            if character == "\"" { quoted.toggle() }
            if character == separator, !quoted {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        return pieces
    }

    fileprivate func trimmed() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    fileprivate func unquoted() -> String {
        guard count >= 2, first == "\"", last == "\"" else { return String(self) }
        return String(dropFirst().dropLast())
    }
}
