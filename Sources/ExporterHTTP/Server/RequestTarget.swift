import UsageReports

/// The path and the query that a request asks for.
struct RequestTarget: Hashable {
    /// Decoded.
    let path: String
    /// As it was sent, without the question mark; empty when there is none.
    let query: String

    /// Reads a request's target; `nil` when it holds bytes that have to be escaped, or a wrong escape in its path.
    init?(_ target: String) {
        guard target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let local = Self.withoutOrigin(target[...])
        let mark = local.utf8.firstIndex(of: UInt8(ascii: "?")) ?? local.endIndex
        guard let path = PercentEncoding.decoded(local[..<mark]) else { return nil }
        self.path = path
        query = String(local[mark...].dropFirst())
    }

    /// `http://host/path` means the same as `/path`: proxies are asked that way, and so may every server be.
    private static func withoutOrigin(_ target: Substring) -> Substring {
        guard !target.hasPrefix("/") else { return target }
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            let rest = target.dropFirst(scheme.count)
            let local = rest.drop { $0 != "/" && $0 != "?" }
            return local.hasPrefix("/") ? local : "/" + local
        }
        return target
    }
}
