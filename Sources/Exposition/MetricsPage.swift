/// A page of metrics, encoded once: what a scrape hands out, with the few figures of that very moment at its end.
///
/// A value; copies share what was computed. The samples are encoded when the page is made and exist once for both
/// formats. A format's compressed bytes are made when they are first asked for, or by ``prepare(format:gzip:)``, and
/// kept as long as the page.
public struct MetricsPage: Sendable {
    private let content: PageContent

    /// The page before there is anything to say.
    public static let empty = MetricsPage(encoded: [])

    /// Encodes samples into a page.
    ///
    /// - Parameter families: In the order of the page. What belongs to one family is put together, where the family
    ///   comes first; families without samples are left out.
    public init(_ families: [FamilySamples]) {
        self.init(encoded: families.map(EncodedFamily.init))
    }

    /// Makes a page of samples that are encoded already.
    ///
    /// - Parameter encoded: In the order of the page. What belongs to one family is put together, where the family
    ///   comes first; families without samples are left out.
    public init(encoded: [EncodedFamily]) {
        content = PageContent(encoded)
    }

    /// The same for copies of one page, different for pages that exist at the same time: a server that keeps
    /// ``PageBody/head`` in buffers of its own knows by it when they are out of date.
    public var id: ObjectIdentifier { ObjectIdentifier(content) }

    /// Does ahead of the first scrape what that would otherwise have to do.
    public func prepare(format: ExpositionFormat, gzip: Bool) {
        if gzip { _ = content.compressed(format) } else { _ = content.pieces(format) }
    }

    /// The whole response to one scrape.
    ///
    /// Costs the encoding (and compression) of the tail alone, once the page is prepared. When several scrapes come
    /// before it is, one of them prepares it and the others wait for that.
    ///
    /// - Parameters:
    ///   - format: Text or OpenMetrics, which gets its `# EOF`.
    ///   - gzip: Whether the client prefers gzip.
    ///   - tail: Families that are true for this moment only. None of them may be on the page as well: the lines of a
    ///     family have to stay together.
    /// - Returns: What to send, and whether that is gzip.
    public func body(format: ExpositionFormat, gzip: Bool, tail: [FamilySamples] = []) -> PageBody {
        let plainTail = PageContent.encode(tail, format) + format.ending
        if gzip, let start = content.compressed(format), let end = start.end(with: plainTail) {
            return PageBody(isGzip: true, head: [start.bytes], tail: end)
        }
        return PageBody(isGzip: false, head: content.pieces(format), tail: plainTail)
    }
}
