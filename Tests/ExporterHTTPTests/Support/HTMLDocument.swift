/// A strict reader of the little HTML that the status page needs: every element closed, every attribute quoted, every
/// reference known. It shares no code with the page.
struct HTMLDocument {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// The text of the element and all within it, as a person sees it.
        var text = ""
        /// The names of the elements around it, the outermost first.
        let path: [String]
    }

    struct Malformed: Error {
        let reason: String
    }

    /// In the order of the document.
    private(set) var elements: [Element] = []
    private var open: [Int] = []
    private var rest: ArraySlice<Unicode.Scalar>

    private static let voids: Set<String> = ["meta", "br", "wbr", "link", "input"]
    private static let references: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "ndash": "\u{2013}", "nbsp": "\u{A0}",
    ]

    /// Reads a whole document; throws at the first thing that a browser would have to guess about.
    init(_ html: String) throws {
        rest = Array(html.unicodeScalars)[...]
        guard skip("<!DOCTYPE html>\n") else { throw Malformed(reason: "no doctype") }
        while let scalar = rest.first {
            if skip("</") {
                try closeTag()
            } else if skip("<") {
                try openTag()
            } else if scalar == "&" {
                add(try reference())
            } else {
                rest.removeFirst()
                add(scalar)
            }
        }
        guard open.isEmpty else { throw Malformed(reason: "\(elements[open[0]].name) is not closed") }
    }

    /// The elements of one name.
    func all(_ name: String) -> [Element] {
        elements.filter { $0.name == name }
    }

    private mutating func openTag() throws {
        let name = take { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        guard !name.isEmpty else { throw Malformed(reason: "a < that begins nothing") }
        var attributes: [String: String] = [:]
        while skip(" ") {
            let attribute = take { $0 != "=" && $0 != ">" && $0 != " " && $0 != "/" }
            guard skip("=\"") else { throw Malformed(reason: "\(name) \(attribute): no quoted value") }
            guard attributes.updateValue(try attributeValue(), forKey: attribute) == nil else {
                throw Malformed(reason: "\(name) \(attribute): twice")
            }
        }
        let path = open.map { elements[$0].name }
        // Only elements of pictures may end where they begin.
        let isEmpty = path.contains("svg") && skip("/")
        guard skip(">") else { throw Malformed(reason: "\(name): no end of the tag") }
        elements.append(Element(name: name, attributes: attributes, path: path))
        if isEmpty || Self.voids.contains(name) { return }
        open.append(elements.count - 1)
        if name == "style" { for scalar in Array(take { $0 != "<" }.unicodeScalars) { add(scalar) } }
    }

    private mutating func closeTag() throws {
        let name = take { $0 != ">" }
        guard skip(">"), let last = open.popLast(), elements[last].name == name else {
            throw Malformed(reason: "</\(name)> closes nothing")
        }
    }

    private mutating func attributeValue() throws -> String {
        var value = String.UnicodeScalarView()
        while let scalar = rest.first, scalar != "\"" {
            guard scalar != "<" else { throw Malformed(reason: "a < in an attribute") }
            if scalar == "&" {
                value.append(try reference())
            } else {
                value.append(scalar)
                rest.removeFirst()
            }
        }
        guard skip("\"") else { throw Malformed(reason: "an attribute without end") }
        return String(value)
    }

    private mutating func reference() throws -> Unicode.Scalar {
        rest.removeFirst()
        let name = take { $0 != ";" && $0 != "&" && $0 != "<" && $0 != " " }
        guard let scalar = Self.references[name], skip(";") else { throw Malformed(reason: "&\(name) is no reference") }
        return scalar
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        for index in open { elements[index].text.unicodeScalars.append(scalar) }
    }

    private mutating func take(while wanted: (Unicode.Scalar) -> Bool) -> String {
        let taken = rest.prefix(while: wanted)
        rest = rest.dropFirst(taken.count)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: taken)
        return String(view)
    }

    private mutating func skip(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest = rest.dropFirst(text.unicodeScalars.count)
        return true
    }
}
