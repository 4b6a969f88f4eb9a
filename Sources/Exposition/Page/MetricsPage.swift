import NIOCore

/// A page of metrics, encoded once: what a scrape hands out, with the few figures of that very moment at its end.
///
/// A value that never changes; copies share all bytes, and so do pages that follow each other as far as nothing has changed.
public struct MetricsPage: Sendable {
    private let content: PageContent

    /// The page before there is anything to say.
    public static let empty = MetricsPage([])

    init(content: PageContent) {
        self.content = content
    }

    /// Encodes samples into a page that is made once; ``PageComposer`` is for one that changes.
    ///
    /// - Parameter families: In the order of the page. What belongs to one family is put together, where the family
    ///   comes first; families without samples are left out.
    public init(_ families: [FamilySamples]) {
        var composer = PageComposer<Int>(families.map(\.family))
        composer.set(families.map(EncodedFamily.init), of: 0)
        self = composer.page()
    }

    /// The whole response to one scrape.
    ///
    /// Costs the encoding (and compression) of the tail alone.
    ///
    /// - Parameters:
    ///   - format: Text or OpenMetrics, which gets its `# EOF`.
    ///   - gzip: Whether the client prefers gzip.
    ///   - tail: Families that are true for this moment only, each of them once. None of them may be on the page as well:
    ///     the lines of a family have to stay together.
    /// - Returns: What to send.
    public func body(format: ExpositionFormat, gzip: Bool, tail: [FamilySamples] = []) -> PageBody {
        let plainTail = tail.flatMap { $0.encoded(format) } + format.ending
        guard gzip else {
            let end = plainTail.isEmpty ? [] : [ByteBuffer(bytes: plainTail)]
            return PageBody(isGzip: false, pieces: content.pieces(format) + end)
        }
        let start = content.compressed(format)
        return PageBody(isGzip: true, pieces: start.pieces + [start.end(with: plainTail)])
    }
}
