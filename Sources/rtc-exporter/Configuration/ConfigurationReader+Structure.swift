import Yams

/// Mappings and lists: which keys there are and which there may be.
extension ConfigurationReader {
    /// The fields of a mapping. Unknown, repeated and empty keys are noted and left out; no key is unknown where `known` is
    /// `nil`.
    mutating func fields(of value: YAMLValue, known: [String]?) -> YAMLFields {
        var fields = YAMLFields(of: value)
        guard let mapping = mapping(value) else { return fields }
        var lines: [String: Int] = [:]
        for (keyNode, node) in mapping {
            guard let name = name(of: keyNode, in: value) else { continue }
            let field = self.field(name, isKnown: known?.contains(name) ?? true, keyNode, node, in: value)
            if let first = lines[name] {
                fail(field.place, "this key is repeated: it is already on line \(first)")
                continue
            }
            lines[name] = field.place.line
            if let known, !known.contains(name) {
                noteUnknown(name, field.place, known)
                continue
            }
            fields.add(name, usable(field.value, at: field.place))
        }
        return fields
    }

    /// A key that has to be there; a missing one is noted at its mapping.
    mutating func required(_ name: String, in fields: YAMLFields) -> YAMLValue? {
        guard fields.has(name) else {
            if case .mapping = fields.owner.content { fail(fields.owner, "the key `\(name)` is missing") }
            return nil
        }
        return fields[name]
    }

    /// The elements of a list that are not empty.
    mutating func elements(of value: YAMLValue, such example: String) -> [YAMLValue] {
        guard case .list(let list) = value.content else {
            fail(value, "expected a list, such as \(example)")
            return []
        }
        return list.enumerated().compactMap { index, node in
            let element = YAMLValue(node, key: "\(value.key)[\(index)]", isConfidential: value.isConfidential)
            return usable(element, at: element)
        }
    }

    private mutating func mapping(_ value: YAMLValue) -> Node.Mapping? {
        if case .mapping(let mapping) = value.content { return mapping }
        fail(value, "expected keys with values (`key: value`)")
        return nil
    }

    /// The name of a key as the user wrote it, also where it had to be renamed.
    private mutating func name(of key: Node, in owner: YAMLValue) -> String? {
        guard case .scalar(let scalar) = key else {
            fail(YAMLValue(key, key: owner.key), "a key has to be a plain word")
            return nil
        }
        return repeatedKeys[YAMLPosition(key.mark)] ?? scalar.string
    }

    /// The value under a key, and the key as a value of its own: that is where messages about the key point.
    private func field(
        _ name: String,
        isKnown: Bool,
        _ key: Node,
        _ node: Node,
        in owner: YAMLValue
    ) -> (value: YAMLValue, place: YAMLValue) {
        let separator = owner.key.isEmpty ? "" : "."
        let path = isKnown || !owner.isConfidential ? owner.key + separator + name.shownInPath : owner.key
        return (
            YAMLValue(node, key: path, isConfidential: owner.isConfidential),
            YAMLValue(node, key: path, position: YAMLPosition(key.mark), isConfidential: owner.isConfidential)
        )
    }

    private mutating func noteUnknown(_ name: String, _ place: YAMLValue, _ known: [String]) {
        guard name != "<<" else {
            fail(place, "merge keys are not supported: write the keys out, or use an alias for a whole value")
            return
        }
        fail(place, "unknown key; \(Spelling.hint(for: name, among: known))")
    }

    /// The value, unless nothing stands there or it has a tag that we do not know.
    mutating func usable(_ value: YAMLValue, at place: YAMLValue) -> YAMLValue? {
        if case .nothing = value.content {
            fail(place, "the value is missing; to keep the default, remove the key")
            return nil
        }
        guard !value.hasForeignTag else {
            fail(place, "the tag (`!...`) is not known; write the plain value")
            return nil
        }
        return value
    }
}
