/// What copies of a page share: the encoded families, and what was made of them so far.
final class PageContent: Sendable {
    private let families: [EncodedFamily]
    private let text = Lazily<[[UInt8]]>()
    private let openMetrics = Lazily<[[UInt8]]>()
    private let compressedText = Lazily<GzipStart?>()
    private let compressedOpenMetrics = Lazily<GzipStart?>()

    init(_ encoded: [EncodedFamily]) {
        families = Self.joined(encoded)
    }

    /// The page in a format, without its ending, in few pieces.
    func pieces(_ format: ExpositionFormat) -> [[UInt8]] {
        let cache =
            switch format {
            case .text: text
            case .openMetrics: openMetrics
            }
        return cache.value { Self.pieces(families, format) }
    }

    /// The same compressed, with room for more after it; `nil` without memory to compress in.
    func compressed(_ format: ExpositionFormat) -> GzipStart? {
        let cache =
            switch format {
            case .text: compressedText
            case .openMetrics: compressedOpenMetrics
            }
        return cache.value { GzipStart(pieces(format)) }
    }

    /// Families in a format, in one piece.
    static func encode(_ families: [FamilySamples], _ format: ExpositionFormat) -> [UInt8] {
        Array(pieces(joined(families.map(EncodedFamily.init)), format).joined())
    }

    /// Puts what belongs to one family together where it comes first, and leaves out what is empty.
    private static func joined(_ encoded: [EncodedFamily]) -> [EncodedFamily] {
        var order: [MetricFamily] = []
        var lines: [String: [[UInt8]]] = [:]
        for family in encoded where !family.isEmpty {
            if lines[family.family.name] == nil { order.append(family.family) }
            lines[family.family.name, default: []].append(family.lines)
        }
        return order.map { EncodedFamily($0, joining: lines[$0.name] ?? []) }
    }

    /// Metadata and lines one after the other. Large blocks stay as they are, shared by both formats; what is small is
    /// copied together, because many small writes cost a server more than the copy.
    private static func pieces(_ families: [EncodedFamily], _ format: ExpositionFormat) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var small: [UInt8] = []
        for family in families {
            small += family.family.metadata(format)
            if family.lines.count < largePiece {
                small += family.lines
            } else {
                pieces += [small, family.lines]
                small = []
            }
        }
        return small.isEmpty ? pieces : pieces + [small]
    }

    /// From here on a block of lines, in bytes, is not copied.
    private static let largePiece = 1 << 16
}
