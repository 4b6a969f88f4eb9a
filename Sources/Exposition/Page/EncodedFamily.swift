/// A family whose samples are already the bytes of the page: encoded once, for both formats and any number of pages.
///
/// Whoever encodes per app, say, can keep what did not change and put it on the next page again.
public struct EncodedFamily: Sendable {
    /// From how many bytes on lines are a fragment of their own: what is smaller is put together with others, because a
    /// fragment for a few lines costs more than it saves.
    static let large = 1 << 14

    /// The encoded lines; the same in both formats.
    enum Content: Sendable {
        /// Few enough to be put together with others.
        case lines([UInt8])
        /// Many.
        case fragments([Fragment])
    }

    /// The declaration.
    public let family: MetricFamily
    let content: Content

    /// Encodes samples.
    ///
    /// A value that the family's kind cannot have, a histogram in a gauge or a plain number in a histogram, is left
    /// out: an odd value costs its sample, never the page. ``FamilySamples/problems()`` finds such values.
    public init(_ samples: FamilySamples) {
        self.init(samples.family, lines: samples.lines)
    }

    init(_ family: MetricFamily, lines: [UInt8]) {
        self.family = family
        content = lines.count < Self.large ? .lines(lines) : .fragments(Fragment.divided(lines))
    }

    init(_ family: MetricFamily, _ fragments: [Fragment]) {
        self.family = family
        content = .fragments(fragments)
    }

    /// These samples and others of the same family after them.
    func joined(with other: EncodedFamily) -> EncodedFamily {
        switch (content, other.content) {
        case (.lines(let first), .lines(let second)): EncodedFamily(family, lines: first + second)
        default: EncodedFamily(family, fragments + other.fragments)
        }
    }

    private var fragments: [Fragment] {
        switch content {
        case .lines(let lines): lines.isEmpty ? [] : [Fragment(lines)]
        case .fragments(let fragments): fragments
        }
    }

    /// Whether there is no sample, so that the page shows nothing of the family.
    public var isEmpty: Bool {
        switch content {
        case .lines(let lines): lines.isEmpty
        case .fragments(let fragments): fragments.isEmpty
        }
    }
}
