/// What to answer, from what the client says it accepts. Pure functions of header values.
public enum ContentNegotiation {
    /// Chooses the content type for an `Accept` header.
    ///
    /// The most specific range decides a type's quality, and the highest quality wins. Among equals a type that is
    /// named goes before one that only a wildcard covers, so that browsers and `curl` get text; then OpenMetrics goes
    /// before text.
    ///
    /// - Parameter accept: The header's value, several lines joined by commas; `nil` without the header.
    /// - Returns: Text when nothing that was asked for can be served: a page that can be read is worth more than a
    ///   refusal.
    public static func contentType(accept: String?) -> ContentType {
        guard let accept else { return .text }
        let ranges = HeaderItem.list(accept)
        let offers = ContentType.allCases.compactMap { Offer($0, among: ranges) }
        return offers.max { ($0.quality, $0.preference) < ($1.quality, $1.preference) }?.contentType ?? .text
    }

    /// Whether the page should be sent compressed by gzip, from an `Accept-Encoding` header.
    ///
    /// - Parameter acceptEncoding: The header's value, several lines joined by commas; `nil` without the header.
    /// - Returns: `false` where gzip is not accepted, or liked less than no compression.
    public static func prefersGzip(acceptEncoding: String?) -> Bool {
        guard let acceptEncoding else { return false }
        let codings = HeaderItem.list(acceptEncoding)
        func quality(of names: String...) -> Double? {
            codings.filter { names.contains($0.name) }.map(\.quality).max()
        }
        let gzip = quality(of: "gzip", "x-gzip") ?? quality(of: "*") ?? 0
        return gzip > 0 && gzip >= quality(of: "identity") ?? 0
    }
}

/// A content type that the client accepts, and how much.
private struct Offer {
    let contentType: ContentType
    let quality: Double
    /// Decides between equal qualities: the higher one wins.
    let preference: Int

    /// The offer of one content type, or `nil` when no range covers it or the one that does refuses it.
    init?(_ contentType: ContentType, among ranges: [HeaderItem]) {
        let matches = ranges.compactMap { range in
            Self.specificity(of: range, for: contentType).map { (specificity: $0, quality: range.quality) }
        }
        guard let best = matches.max(by: { $0 < $1 }), best.quality > 0 else { return nil }
        self.contentType = contentType
        quality = best.quality
        preference = Self.preference(for: contentType, named: best.specificity >= Self.namedFully)
    }

    private static let namedFully = 2

    /// How closely a range describes a content type: 0 for `*/*` up to 3 for type and version; `nil` if not at all.
    private static func specificity(of range: HeaderItem, for contentType: ContentType) -> Int? {
        let mediaType = contentType.mediaType
        if contentType == .openMetricsEscaped, range.parameters["escaping"] == nil { return nil }
        if range.name == "*/*" { return 0 }
        if range.name.hasSuffix("/*") { return mediaType.hasPrefix(range.name.dropLast()) ? 1 : nil }
        guard range.name == mediaType else { return nil }
        guard let version = range.parameters["version"] else { return namedFully }
        return version == contentType.version ? 3 : nil
    }

    private static func preference(for contentType: ContentType, named: Bool) -> Int {
        switch contentType {
        case .text: named ? 3 : 2
        case .openMetricsDraft: named ? 4 : 0
        case .openMetrics: named ? 5 : 1
        case .openMetricsEscaped: 6
        }
    }
}
