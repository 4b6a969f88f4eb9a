/// Where the exporter listens: `host:port`, `[v6]:port`, or `:port` for all addresses of the machine.
public struct ListenAddress: Hashable, Sendable {
    /// The host as written, without brackets; empty for all addresses.
    public let host: String
    /// The port; 0 lets the system choose one.
    public let port: Int

    /// An address by its parts.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads an address; `nil` when the text is none.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(digits), port <= 65_535 else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        self.host = String(host)
        self.port = port
    }
}

extension ListenAddress: CustomStringConvertible {
    /// As it is written in the flag.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
