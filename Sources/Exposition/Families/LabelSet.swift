/// One label: a name and its value.
public struct Label: Sendable, Hashable {
    /// The label's name, as its family declares it.
    public let name: String
    /// Any text; empty means the same as no label at all.
    public let value: String

    /// Makes a label.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The labels of one sample, in the order in which they are written.
public struct LabelSet: Sendable, Hashable {
    /// The labels in their order; no name twice.
    public let pairs: [Label]

    /// The set without labels.
    public static let empty = LabelSet([])

    /// Makes a set from labels in the order given; no name may come twice.
    public init(_ pairs: [Label]) {
        self.pairs = pairs
    }

    /// The value of a label, or `nil` when the set has no label of this name.
    public subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// This set with one more label at its end.
    public func adding(_ name: String, _ value: String) -> LabelSet {
        LabelSet(pairs + [Label(name, value)])
    }
}

extension LabelSet: ExpressibleByDictionaryLiteral {
    /// Makes a set from a literal, which keeps the order as written.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Label($0.0, $0.1) })
    }
}
