import Yams

/// A node with its path in the file, for messages.
///
/// Aliases are expanded by the parser; what an alias stands for keeps the place where it is written. The content is
/// looked at only on demand, since a few lines of aliases can stand for more nodes than there is memory.
struct YAMLValue {
    /// What stands at a place.
    enum Content {
        case nothing
        case text(String)
        case list(Node.Sequence)
        case mapping(Node.Mapping)
    }

    let node: Node
    /// `accounts[0].apps[2].id`; empty for the whole file.
    let key: String
    let position: YAMLPosition
    /// Set inside credentials, where nothing that the user wrote may be quoted: it could be a secret in a wrong place.
    let isConfidential: Bool

    init(_ node: Node, key: String, position: YAMLPosition? = nil, isConfidential: Bool = false) {
        self.node = node
        self.key = key
        self.position = position ?? YAMLPosition(node.mark)
        self.isConfidential = isConfidential
    }

    var line: Int { position.line }

    var content: Content {
        switch node {
        case .scalar(let scalar): scalar.meansNothing ? .nothing : .text(scalar.string)
        case .sequence(let sequence): .list(sequence)
        case .mapping(let mapping): .mapping(mapping)
        case .alias: .nothing
        }
    }

    /// A tag of the user's own, such as `!secret`; those of YAML's own types change nothing.
    var hasForeignTag: Bool {
        let tag =
            switch node {
            case .scalar(let scalar): scalar.tag
            case .sequence(let sequence): sequence.tag
            case .mapping(let mapping): mapping.tag
            case .alias(let alias): alias.tag
            }
        let known = ["str", "int", "float", "bool", "null", "seq", "map"].map { "tag:yaml.org,2002:\($0)" }
        return !["", "!"].contains(tag.rawValue) && !known.contains(tag.rawValue)
    }

    var confidential: YAMLValue {
        YAMLValue(node, key: key, position: position, isConfidential: true)
    }
}

extension Node.Scalar {
    /// An empty place, `null` or `~`, unless quoted.
    fileprivate var meansNothing: Bool {
        style == .plain && ["", "~", "null", "Null", "NULL"].contains(string)
            && ["", "tag:yaml.org,2002:null"].contains(tag.rawValue)
    }
}

/// The known keys of one mapping and what stands under them.
struct YAMLFields {
    let owner: YAMLValue
    /// In the order of the file.
    fileprivate(set) var names: [String] = []
    private var values: [String: YAMLValue] = [:]

    init(of owner: YAMLValue) {
        self.owner = owner
    }

    /// `nil` when the key is missing or has no usable value, which has been reported by then.
    subscript(name: String) -> YAMLValue? {
        values[name]
    }

    /// Whether the key is written at all.
    func has(_ name: String) -> Bool {
        names.contains(name)
    }

    mutating func add(_ name: String, _ value: YAMLValue?) {
        names.append(name)
        values[name] = value
    }
}
