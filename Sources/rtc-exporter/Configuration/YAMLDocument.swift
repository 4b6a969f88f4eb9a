import Yams

/// A place in a YAML text, counted from 1.
struct YAMLPosition: Hashable {
    let line: Int
    let column: Int

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    init(_ mark: Mark?) {
        self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}

/// A text that is not the YAML we want.
struct YAMLProblem: Error {
    let line: Int
    let column: Int
    let sentence: String

    init(_ position: YAMLPosition, _ sentence: String) {
        line = position.line
        column = position.column
        self.sentence = sentence
    }
}

/// A YAML text as a tree of nodes that know their places.
///
/// Yams gives up at the first repeated key, and names only one of the two lines. So a key that is written again gets
/// its first occurrence renamed in the text, without a change of places, and the text is read anew: the rest of the
/// file is checked too, and ``repeatedKeys`` says what the renamed keys were.
struct YAMLDocument {
    /// `nil` when the text has only comments.
    let root: Node?
    /// The name of each key that had to be renamed, by its place.
    let repeatedKeys: [YAMLPosition: String]

    /// Each one costs another pass over the text.
    private static let repeatedKeyLimit = 20

    init(_ text: String) throws(YAMLProblem) {
        var text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
        try refuseControlCharacters(in: text)
        var repeated: [YAMLPosition: String] = [:]
        while true {
            switch try composeYAML(text) {
            case .root(let root):
                self.root = root
                repeatedKeys = repeated
                return
            case .repeatedKey(let name, let position):
                guard repeated.count < Self.repeatedKeyLimit, repeated[position] == nil,
                    let renamed = rename(name, at: position, in: text, number: repeated.count)
                else { throw YAMLProblem(position, "a key of this mapping is repeated") }
                repeated[position] = name
                text = renamed
            }
        }
    }
}

/// What one pass over the text gives.
private enum Composition {
    case root(Node?)
    case repeatedKey(String, YAMLPosition)
}

private func composeYAML(_ text: String) throws(YAMLProblem) -> Composition {
    do {
        return .root(try composeOne(text))
    } catch let problem as YAMLProblem {
        throw problem
    } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        return .repeatedKey(names.first ?? "", YAMLPosition(context.mark))
    } catch let error as YamlError {
        throw YAMLProblem(error, in: text)
    } catch {
        throw YAMLProblem(YAMLPosition(line: 1, column: 1), "the file cannot be read as YAML")
    }
}

/// The basic resolver leaves every scalar a text, so no number is ever recognised and no id changed.
private func composeOne(_ text: String) throws -> Node? {
    // Yams keeps a pointer into the string, and one of up to 15 bytes has none that lasts.
    let lasting = text.utf8.count < 16 ? text + "\n#              " : text
    let parser = try Parser(yaml: lasting, resolver: .basic, encoding: .utf8)
    let root = try parser.nextRoot()
    if let second = try parser.nextRoot() {
        throw YAMLProblem(
            YAMLPosition(second.mark),
            "a second YAML document begins here; a file holds one configuration: remove the `---` above"
        )
    }
    return root
}

/// The characters that YAML allows; the parser's own message for others does not say where they are.
private func refuseControlCharacters(in text: String) throws(YAMLProblem) {
    var line = 1
    var column = 1
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0a: (line, column) = (line + 1, 0)
        case 0x09, 0x0d, 0x20...0x7e, 0x85, 0xa0...0xd7ff, 0xe000...0xfffd, 0x1_0000...0x10_ffff: break
        default:
            let code = String(scalar.value, radix: 16, uppercase: true)
            throw YAMLProblem(
                YAMLPosition(line: line, column: column),
                "the control character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) (column "
                    + "\(column)) is not allowed in YAML"
            )
        }
        column += 1
    }
}

/// Puts a character for private use in the place of the key's first one; `nil` where the text at that place is not the
/// key itself, as with tags, anchors and escapes.
private func rename(_ name: String, at position: YAMLPosition, in text: String, number: Int) -> String? {
    let privateUse = UInt32(0xF_0000)
    guard let replacement = Unicode.Scalar(privateUse + UInt32(number)), !name.isEmpty,
        number > 0 || !text.unicodeScalars.contains(where: { $0.value >= privateUse }),
        var index = text.unicodeScalars.index(of: position)
    else { return nil }
    var scalars = text.unicodeScalars
    if ["\"", "'"].contains(scalars[index]) { index = scalars.index(after: index) }
    guard scalars[index...].starts(with: name.unicodeScalars) else { return nil }
    scalars.replaceSubrange(index...index, with: CollectionOfOne(replacement))
    return String(scalars)
}

extension String.UnicodeScalarView {
    fileprivate func index(of position: YAMLPosition) -> Index? {
        var index = startIndex
        var line = 1
        while line < position.line {
            guard let lineBreak = self[index...].firstIndex(of: "\n") else { return nil }
            index = self.index(after: lineBreak)
            line += 1
        }
        guard let found = self.index(index, offsetBy: position.column - 1, limitedBy: endIndex), found < endIndex else {
            return nil
        }
        return found
    }
}

extension YAMLProblem {
    /// Yams' own description quotes the line, which may hold a secret: only its fixed words are used.
    fileprivate init(_ error: YamlError, in text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let position = YAMLPosition(mark, in: text)
            let beginning = context.map { "\($0.text) that begins on line \($0.mark.line), " } ?? ""
            let hint = text.hasTabIndent(onLine: position.line) ? "; a tab cannot indent, use spaces" : ""
            self.init(position, "not valid YAML: \(beginning)\(problem) (column \(position.column))\(hint)")
        default:
            self.init(YAMLPosition(line: 1, column: 1), "the file cannot be read as YAML")
        }
    }
}

extension String {
    fileprivate func hasTabIndent(onLine line: Int) -> Bool {
        let lines = unicodeScalars.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
        return lines.dropFirst(line - 1).first?.prefix { $0 == " " || $0 == "\t" }.contains("\t") == true
    }
}

extension YAMLPosition {
    /// The parser puts what it misses at the end of a file on a line that no editor shows.
    fileprivate init(_ mark: Mark, in text: String) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let last = max(1, lines.last?.isEmpty == true ? lines.count - 1 : lines.count)
        let endOfLast = (lines.dropFirst(last - 1).first?.count ?? 0) + 1
        self = mark.line > last ? YAMLPosition(line: last, column: endOfLast) : YAMLPosition(mark)
    }
}
